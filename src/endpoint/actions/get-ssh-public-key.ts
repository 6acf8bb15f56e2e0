import { nameUser } from './named-user.ts';
import type { IamAction } from './service-action.ts';
import { encodePublicKey } from './ssh-key-text.ts';
import { describePublicKey, findOwnedPublicKey } from './ssh-public-key.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetSSHPublicKey.html */
export const getSshPublicKey: IamAction<'GetSSHPublicKey'> = {
  resource: nameUser,

  perform(call) {
    const owned = findOwnedPublicKey(call);
    const body = encodePublicKey(owned.key.SSHPublicKeyBody, call.input.Encoding);
    return { SSHPublicKey: describePublicKey(owned, body) };
  },
};
