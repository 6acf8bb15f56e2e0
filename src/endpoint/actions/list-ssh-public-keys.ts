import { findKeyOwner, nameKeyOwner } from './key-owner.ts';
import { takePage } from './page.ts';
import type { IamAction } from './service-action.ts';
import { describeListedPublicKey } from './ssh-public-key.ts';

/**
 * The root user has none of these, and gets an empty list.
 *
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListSSHPublicKeys.html
 */
export const listSshPublicKeys: IamAction<'ListSSHPublicKeys'> = {
  resource: nameKeyOwner,

  perform(call) {
    const { ownerId, UserName = '' } = findKeyOwner(call);
    const all = call.directory.sshPublicKeys.list(ownerId);
    const { items, ...more } = takePage(all, (key) => key.SSHPublicKeyId, ['ListSSHPublicKeys', ownerId], call.input);
    return { SSHPublicKeys: items.map((key) => describeListedPublicKey({ key, UserName })), ...more };
  },
};
