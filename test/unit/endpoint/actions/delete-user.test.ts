import { describe, expect, it } from 'vitest';
import { createLoginProfile } from '../../../../src/endpoint/actions/create-login-profile.ts';
import { createServiceSpecificCredential } from '../../../../src/endpoint/actions/create-service-specific-credential.ts';
import { deleteUser } from '../../../../src/endpoint/actions/delete-user.ts';
import { Secret } from '../../../../src/secret.ts';
import { accountId, now, openAccount, refusal, unknownUser } from './rehearsal.ts';

describe('DeleteUser', () => {
  it('deletes a user, once', () => {
    const { directory, perform, attempt, addUser } = openAccount();
    const { UserId } = addUser('Bob');
    directory.tags.put(accountId, UserId, [{ Key: 'k', Value: 'v' }]);
    perform(deleteUser, { UserName: 'bob' });
    expect(directory.users.find(accountId, 'Bob')).toBeUndefined();
    expect(attempt(deleteUser, { UserName: 'bob' })).toThrow(unknownUser('bob'));
  });

  it('refuses while the user has keys, Inactive ones too', () => {
    const { directory, perform, attempt, addUser, addKey } = openAccount();
    const { UserId } = addUser('bob');
    const AccessKeyId = addKey(UserId);
    directory.accessKeys.setStatus(AccessKeyId, 'Inactive');
    const conflict = refusal('DeleteConflict', 409, 'Cannot delete entity, must delete access keys first.');
    expect(attempt(deleteUser, { UserName: 'bob' })).toThrow(conflict);
    directory.accessKeys.delete(AccessKeyId);
    perform(deleteUser, { UserName: 'bob' });
    expect(directory.users.findById(UserId)).toBeUndefined();
  });

  it('refuses for one thing after the other', () => {
    const { directory, perform, attempt, addUser, addKey } = openAccount();
    const { UserId } = addUser('bob');
    const SerialNumber = `arn:aws:iam::${accountId}:mfa/phone`;
    const group = directory.groups.create({ accountId, GroupName: 'ops', Path: '/', CreateDate: now });
    const AccessKeyId = addKey(UserId);
    directory.inlinePolicies.put(accountId, UserId, { PolicyName: 'p', document: '{}' });
    directory.attachedPolicies.attach(accountId, UserId, 'arn:aws:iam::aws:policy/ReadOnlyAccess');
    const { ServiceSpecificCredential: credential } = perform(createServiceSpecificCredential, {
      UserName: 'bob',
      ServiceName: 'logs.amazonaws.com',
    });
    const { ServiceSpecificCredentialId = '' } = credential ?? {};
    directory.groups.addMember(group, UserId);
    directory.mfaDevices.create(accountId, SerialNumber);
    directory.mfaDevices.assign(SerialNumber, { UserId, EnableDate: now, skew: 0, lastStep: 0 });
    perform(createLoginProfile, { UserName: 'bob', Password: new Secret('TestPassword123!') });
    const removals: readonly (readonly [string, () => void])[] = [
      [
        'delete policies',
        () => {
          directory.inlinePolicies.delete(UserId, 'p');
        },
      ],
      [
        'detach all policies',
        () => directory.attachedPolicies.detach(UserId, 'arn:aws:iam::aws:policy/ReadOnlyAccess'),
      ],
      [
        'remove referenced objects',
        () => {
          directory.serviceCredentials.delete(ServiceSpecificCredentialId);
        },
      ],
      [
        'remove users from group',
        () => {
          directory.groups.removeMember(group, UserId);
        },
      ],
      [
        'remove tokens from principal',
        () => {
          directory.mfaDevices.unassign(SerialNumber);
        },
      ],
      [
        'delete login profile',
        () => {
          directory.loginProfiles.delete(UserId);
        },
      ],
      [
        'delete access keys',
        () => {
          directory.accessKeys.delete(AccessKeyId);
        },
      ],
    ];
    for (const [must, remove] of removals) {
      const conflict = refusal('DeleteConflict', 409, `Cannot delete entity, must ${must} first.`);
      expect(attempt(deleteUser, { UserName: 'bob' })).toThrow(conflict);
      remove();
    }
    perform(deleteUser, { UserName: 'bob' });
    expect(directory.users.findById(UserId)).toBeUndefined();
  });

  it('needs permission for the user', () => {
    expect(openAccount().resource(deleteUser, { UserName: 'ADMIN' })).toBe('user admin');
  });
});
