import { describe, expect, it } from 'vitest';
import { createAccountAlias } from '../../../../src/endpoint/actions/create-account-alias.ts';
import { deleteAccountAlias } from '../../../../src/endpoint/actions/delete-account-alias.ts';
import { deleteAccountPasswordPolicy } from '../../../../src/endpoint/actions/delete-account-password-policy.ts';
import { getAccountPasswordPolicy } from '../../../../src/endpoint/actions/get-account-password-policy.ts';
import { listAccountAliases } from '../../../../src/endpoint/actions/list-account-aliases.ts';
import { updateAccountPasswordPolicy } from '../../../../src/endpoint/actions/update-account-password-policy.ts';
import { iam } from '../../../../src/endpoint/model/overlay.ts';
import { requireValid } from '../../../../src/protocol/constraints.ts';
import { accountId, openAccount, refusal } from './rehearsal.ts';

describe('the alias of an account', () => {
  it('is one, and a new one takes its place', () => {
    const { perform, attempt } = openAccount();
    const list = () => perform(listAccountAliases, {});
    expect(list()).toEqual({ AccountAliases: [], IsTruncated: false });
    perform(createAccountAlias, { AccountAlias: 'first' });
    const taken = refusal('EntityAlreadyExists', 409, 'The account alias first already exists.');
    expect(attempt(createAccountAlias, { AccountAlias: 'first' })).toThrow(taken);
    perform(createAccountAlias, { AccountAlias: 'second' });
    expect(list()).toEqual({ AccountAliases: ['second'], IsTruncated: false });
    expect(attempt(deleteAccountAlias, { AccountAlias: 'first' })).toThrow(/^The account alias first cannot be found/);
    perform(deleteAccountAlias, { AccountAlias: 'second' });
    expect(list().AccountAliases).toEqual([]);
  });
});

describe('the password policy of an account', () => {
  const plain = {
    AllowUsersToChangePassword: false,
    ExpirePasswords: false,
    MinimumPasswordLength: 6,
    RequireLowercaseCharacters: false,
    RequireNumbers: false,
    RequireSymbols: false,
    RequireUppercaseCharacters: false,
  };

  it('says what it was told, and the default of what it was not', () => {
    const { perform } = openAccount();
    perform(updateAccountPasswordPolicy, { RequireNumbers: true, MaxPasswordAge: 60, HardExpiry: false });
    expect(perform(getAccountPasswordPolicy, {}).PasswordPolicy).toEqual({
      ...plain,
      RequireNumbers: true,
      ExpirePasswords: true,
      MaxPasswordAge: 60,
      HardExpiry: false,
    });
    perform(updateAccountPasswordPolicy, {});
    expect(perform(getAccountPasswordPolicy, {}).PasswordPolicy).toEqual(plain);
  });

  it('is refused while there is none, each way in its own words', () => {
    const { perform, attempt } = openAccount();
    const absent = `The Password Policy with domain name ${accountId} cannot be found.`;
    expect(attempt(getAccountPasswordPolicy, {})).toThrow(refusal('NoSuchEntity', 404, absent));
    const unnamed = 'The account policy with name PasswordPolicy cannot be found.';
    expect(attempt(deleteAccountPasswordPolicy, {})).toThrow(refusal('NoSuchEntity', 404, unnamed));
    perform(updateAccountPasswordPolicy, {});
    perform(deleteAccountPasswordPolicy, {});
    expect(attempt(getAccountPasswordPolicy, {})).toThrow(refusal('NoSuchEntity', 404, absent));
  });

  it('has its violations reported in the order that AWS has', () => {
    const input = { MaxPasswordAge: 1096, MinimumPasswordLength: 129, PasswordReusePrevention: 25 };
    const words = [
      "3 validation errors detected: Value at 'minimumPasswordLength' failed to satisfy constraint: Member must have value less than or equal to 128",
      "Value at 'passwordReusePrevention' failed to satisfy constraint: Member must have value less than or equal to 24",
      "Value at 'maxPasswordAge' failed to satisfy constraint: Member must have value less than or equal to 1095",
    ];
    expect(() => {
      requireValid(iam, 'UpdateAccountPasswordPolicy', input);
    }).toThrow(refusal('ValidationError', 400, words.join('; ')));
  });
});
