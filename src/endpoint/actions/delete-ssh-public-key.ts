import { nameUser } from './named-user.ts';
import type { IamAction } from './service-action.ts';
import { findOwnedPublicKey } from './ssh-public-key.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteSSHPublicKey.html */
export const deleteSshPublicKey: IamAction<'DeleteSSHPublicKey'> = {
  resource: nameUser,

  perform(call) {
    call.directory.sshPublicKeys.delete(findOwnedPublicKey(call).key.SSHPublicKeyId);
  },
};
