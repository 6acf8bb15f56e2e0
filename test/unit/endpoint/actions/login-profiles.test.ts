import { describe, expect, it } from 'vitest';
import { changePassword } from '../../../../src/endpoint/actions/change-password.ts';
import { createLoginProfile } from '../../../../src/endpoint/actions/create-login-profile.ts';
import { deleteLoginProfile } from '../../../../src/endpoint/actions/delete-login-profile.ts';
import { getLoginProfile } from '../../../../src/endpoint/actions/get-login-profile.ts';
import { updateAccountPasswordPolicy } from '../../../../src/endpoint/actions/update-account-password-policy.ts';
import { updateLoginProfile } from '../../../../src/endpoint/actions/update-login-profile.ts';
import { Secret } from '../../../../src/secret.ts';
import { now, openAccount, refusal, role, root, unknownUser, unnamed } from './rehearsal.ts';

const Password = new Secret('TestPassword123!');
const other = new Secret('NewPassword456!');
const violation = (message: string) => refusal('PasswordPolicyViolation', 400, message);

function openWithProfile() {
  const account = openAccount();
  const bob = account.addUser('Bob');
  account.perform(createLoginProfile, { UserName: 'bob', Password });
  return { ...account, bob };
}

describe('CreateLoginProfile', () => {
  it('gives a user a password', () => {
    const { perform, addUser, directory } = openAccount();
    const { UserId } = addUser('Bob');
    const made = perform(createLoginProfile, { UserName: 'bob', Password, PasswordResetRequired: true });
    expect(made).toEqual({ LoginProfile: { UserName: 'Bob', CreateDate: now, PasswordResetRequired: true } });
    expect(directory.loginProfiles.isAmongLatest(UserId, Password, 1)).toBe(true);
    expect(directory.loginProfiles.isAmongLatest(UserId, other, 1)).toBe(false);
  });

  it('means the caller where it names nobody, unless the caller is nobody', () => {
    const { perform, attempt } = openAccount();
    expect(perform(createLoginProfile, { Password }).LoginProfile.UserName).toBe('admin');
    for (const caller of [role, root]) expect(attempt(createLoginProfile, { Password }, caller)).toThrow(unnamed);
  });

  it('refuses an unknown user, a second password and none', () => {
    const { attempt, addUser } = openWithProfile();
    expect(attempt(createLoginProfile, { UserName: 'eve', Password })).toThrow(unknownUser('eve'));
    const taken = refusal('EntityAlreadyExists', 409, 'Login Profile for user Bob already exists.');
    expect(attempt(createLoginProfile, { UserName: 'bob', Password })).toThrow(taken);
    addUser('ada');
    const absent = "1 validation error detected: Value at 'password' failed to satisfy constraint: ";
    const refused = refusal('ValidationError', 400, `${absent}Member must not be null`);
    expect(attempt(createLoginProfile, { UserName: 'ada' })).toThrow(refused);
  });
});

describe('a password', () => {
  const attemptWith = (text: string, policy?: Parameters<typeof updateAccountPasswordPolicy.perform>[0]['input']) => {
    const { perform, attempt, addUser } = openAccount();
    if (policy !== undefined) perform(updateAccountPasswordPolicy, policy);
    addUser('ada');
    return attempt(createLoginProfile, { UserName: 'ada', Password: new Secret(text) });
  };

  it('has eight characters of three kinds where the account says nothing', () => {
    expect(attemptWith('abCD12!')).toThrow(violation('Password should have a minimum length of 8'));
    const wanted = 'of the following requirements: Password should have at least one uppercase letter, ';
    const words = `Password should meet 1 more ${wanted}Password should have at least one symbol`;
    expect(attemptWith('password1234')).toThrow(violation(words));
    expect(attemptWith('password123!')).not.toThrow();
    expect(attemptWith('12345678')).toThrow(/^Password should meet 2 more of the following requirements: /);
  });

  it('is what the policy of the account says', () => {
    expect(attemptWith('abcdef', {})).not.toThrow();
    expect(attemptWith('abcde', {})).toThrow(violation('Password should have a minimum length of 6'));
    const strict = { RequireSymbols: true, RequireNumbers: true, MinimumPasswordLength: 10 };
    const words = [
      'Password should have a minimum length of 10',
      'Password should have at least one number',
      'Password should have at least one symbol',
    ];
    expect(attemptWith('abcdef', strict)).toThrow(violation(words.join(', ')));
  });
});

describe('GetLoginProfile and DeleteLoginProfile', () => {
  it('show it and take it away', () => {
    const { perform, attempt, directory, bob } = openWithProfile();
    expect(perform(getLoginProfile, { UserName: 'bob' })).toEqual({
      LoginProfile: { UserName: 'Bob', CreateDate: now, PasswordResetRequired: false },
    });
    perform(deleteLoginProfile, { UserName: 'bob' });
    const gone = refusal('NoSuchEntity', 404, 'Login Profile for User Bob cannot be found.');
    expect(attempt(getLoginProfile, { UserName: 'bob' })).toThrow(gone);
    expect(attempt(deleteLoginProfile, { UserName: 'bob' })).toThrow(gone);
    expect(attempt(deleteLoginProfile, { UserName: 'eve' })).toThrow(unknownUser('eve'));
    expect(directory.loginProfiles.isAmongLatest(bob.UserId, Password, 1)).toBe(false);
  });

  it('follow a user through a change of its name', () => {
    const { perform, directory, bob } = openWithProfile();
    directory.users.update(bob.UserId, { UserName: 'Robert' });
    expect(perform(getLoginProfile, { UserName: 'robert' }).LoginProfile.UserName).toBe('Robert');
  });
});

describe('UpdateLoginProfile', () => {
  it('leaves alone what is left out', () => {
    const { perform, directory, bob } = openWithProfile();
    perform(updateLoginProfile, { UserName: 'bob', PasswordResetRequired: true });
    perform(updateLoginProfile, { UserName: 'bob', Password: other });
    expect(perform(getLoginProfile, { UserName: 'bob' }).LoginProfile.PasswordResetRequired).toBe(true);
    expect(directory.loginProfiles.isAmongLatest(bob.UserId, other, 1)).toBe(true);
    perform(updateLoginProfile, { UserName: 'bob' });
    expect(directory.loginProfiles.isAmongLatest(bob.UserId, other, 1)).toBe(true);
  });

  it('refuses a password the user had, as far back as the policy looks', () => {
    const { perform, attempt } = openWithProfile();
    perform(updateAccountPasswordPolicy, { PasswordReusePrevention: 2 });
    perform(updateLoginProfile, { UserName: 'bob', Password: other });
    const reused = violation('Password does not conform to the account password policy.');
    expect(attempt(updateLoginProfile, { UserName: 'bob', Password })).toThrow(reused);
    perform(updateLoginProfile, { UserName: 'bob', Password: new Secret('a third one') });
    perform(updateLoginProfile, { UserName: 'bob', Password });
  });

  it('refuses who has none', () => {
    const { attempt } = openAccount();
    const gone = refusal('NoSuchEntity', 404, 'Login Profile for User admin cannot be found.');
    expect(attempt(updateLoginProfile, { UserName: 'admin', Password })).toThrow(gone);
  });
});

describe('ChangePassword', () => {
  it('is for users who know the old one', () => {
    const { perform, attempt, directory, admin } = openAccount();
    const change = { OldPassword: Password, NewPassword: other };
    const gone = refusal('NoSuchEntity', 404, 'Login Profile for User admin cannot be found.');
    expect(attempt(changePassword, change)).toThrow(gone);
    perform(createLoginProfile, { Password, PasswordResetRequired: true });
    const wrong = refusal('AccessDenied', 403, 'The old password was incorrect.');
    expect(attempt(changePassword, { OldPassword: other, NewPassword: other })).toThrow(wrong);
    const same = refusal('AccessDenied', 403, 'The new password must be different from the old password.');
    expect(attempt(changePassword, { OldPassword: Password, NewPassword: Password })).toThrow(same);
    expect(attempt(changePassword, { ...change, NewPassword: new Secret('weak') })).toThrow(/minimum length of 8/);
    perform(changePassword, change);
    expect(directory.loginProfiles.isAmongLatest(admin.userId, other, 1)).toBe(true);
    expect(perform(getLoginProfile, {}).LoginProfile.PasswordResetRequired).toBe(false);
  });

  it('is not for those who are no users', () => {
    const { attempt } = openAccount();
    const refused = refusal('InvalidUserType', 400, 'Only IAM Users can change their own password');
    for (const caller of [role, root]) {
      expect(attempt(changePassword, { OldPassword: Password, NewPassword: other }, caller)).toThrow(refused);
    }
  });
});
