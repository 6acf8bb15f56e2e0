import type { Directory } from '../directory/directory.ts';
import { findNamedUser, nameUser } from './named-user.ts';
import { refuse } from './refusals.ts';
import type { IamAction } from './service-action.ts';

/** What has to go before the user, as AWS words it. AWS names one thing at a time. */
const conflicts: readonly (readonly [must: string, has: (directory: Directory, user: Owner) => boolean])[] = [
  ['delete policies first', ({ inlinePolicies }, { UserId }) => inlinePolicies.list(UserId).length > 0],
  ['detach all policies first', ({ attachedPolicies }, { UserId }) => attachedPolicies.list(UserId).length > 0],
  ['remove referenced objects first', ({ serviceCredentials }, user) => serviceCredentials.list(user, one).length > 0],
  ['remove referenced objects first', ({ sshPublicKeys }, { UserId }) => sshPublicKeys.list(UserId).length > 0],
  ['remove users from group first', ({ groups }, { UserId }) => groups.countOf(UserId) > 0],
  ['remove tokens from principal first', ({ mfaDevices }, { UserId }) => mfaDevices.listOfUser(UserId).length > 0],
  ['delete login profile first', ({ loginProfiles }, { UserId }) => loginProfiles.find(UserId) !== undefined],
  ['delete certificates first', ({ signingCertificates }, { UserId }) => signingCertificates.list(UserId).length > 0],
  ['delete access keys first', ({ accessKeys }, { UserId }) => accessKeys.list(UserId).length > 0],
];

interface Owner {
  readonly accountId: string;
  readonly UserId: string;
}

const one = { limit: 1 };

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteUser.html */
export const deleteUser: IamAction<'DeleteUser'> = {
  resource: nameUser,

  perform(call) {
    const { directory } = call;
    const { accountId, UserId } = findNamedUser(call);
    const conflict = conflicts.find(([, has]) => has(directory, { accountId, UserId }));
    if (conflict !== undefined) throw refuse('DeleteConflict', `Cannot delete entity, must ${conflict[0]}.`);
    directory.users.delete(UserId);
  },
};
