import type { Call } from '../action.ts';
import type { SshPublicKey } from '../directory/ssh-public-keys.ts';
import { findNamedUser } from './named-user.ts';
import { refuse } from './refusals.ts';

export interface OwnedPublicKey {
  readonly key: SshPublicKey;
  readonly UserName: string;
}

/** A key of the user that a request names. @throws AwsFault NoSuchEntity for a user or a key that is not there */
export function findOwnedPublicKey(
  call: Call<{ readonly UserName: string; readonly SSHPublicKeyId: string }>,
): OwnedPublicKey {
  const { UserId, UserName } = findNamedUser(call);
  const { SSHPublicKeyId: id } = call.input;
  const key = call.directory.sshPublicKeys.find(UserId, id);
  if (key === undefined) {
    const elsewhere = call.directory.sshPublicKeys.isThere(call.caller.accountId, id);
    throw refuse(
      'NoSuchEntity',
      elsewhere ? `User has no Public Key with id ${id}.` : `The Public Key with id ${id} cannot be found.`,
    );
  }
  return { key, UserName };
}

/** A key as lists show it. */
export function describeListedPublicKey({ key, UserName }: OwnedPublicKey) {
  const { SSHPublicKeyId, Status, UploadDate } = key;
  return { UserName, SSHPublicKeyId, Status, UploadDate };
}

/** A key as it is shown by itself. @param SSHPublicKeyBody in the encoding that is asked for */
export function describePublicKey(owned: OwnedPublicKey, SSHPublicKeyBody: string) {
  const { Fingerprint } = owned.key;
  return { ...describeListedPublicKey(owned), Fingerprint, SSHPublicKeyBody };
}
