import { nameUser } from './named-user.ts';
import type { IamAction } from './service-action.ts';
import { requireSettable } from './settable-status.ts';
import { findOwnedPublicKey } from './ssh-public-key.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateSSHPublicKey.html */
export const updateSshPublicKey: IamAction<'UpdateSSHPublicKey'> = {
  resource: nameUser,

  perform(call) {
    const status = requireSettable(call.input.Status);
    call.directory.sshPublicKeys.setStatus(findOwnedPublicKey(call).key.SSHPublicKeyId, status);
  },
};
