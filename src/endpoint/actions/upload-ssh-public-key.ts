import { findNamedUser, nameUser } from './named-user.ts';
import { sshPublicKeysQuota } from './quotas.ts';
import { refuse } from './refusals.ts';
import type { IamAction } from './service-action.ts';
import { composeFingerprint, readPublicKey } from './ssh-key-text.ts';
import { describePublicKey } from './ssh-public-key.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UploadSSHPublicKey.html */
export const uploadSshPublicKey: IamAction<'UploadSSHPublicKey'> = {
  resource: nameUser,

  perform(call) {
    const { input, caller, directory, now } = call;
    const { SSHPublicKeyBody } = input;
    const { UserId, UserName } = findNamedUser(call);
    const Fingerprint = composeFingerprint(readPublicKey(SSHPublicKeyBody));
    const keys = directory.sshPublicKeys.list(UserId);
    if (keys.some((key) => key.Fingerprint === Fingerprint)) {
      throw refuse('DuplicateSSHPublicKey', 'Duplicate SSH public key uploaded.');
    }
    if (keys.length >= sshPublicKeysQuota) {
      throw refuse('LimitExceeded', `Cannot exceed quota for SSHPublicKeysPerUser: ${sshPublicKeysQuota}`);
    }
    const { accountId } = caller;
    const key = directory.sshPublicKeys.create({ accountId, UserId, Fingerprint, SSHPublicKeyBody, UploadDate: now });
    return { SSHPublicKey: describePublicKey({ key, UserName }, SSHPublicKeyBody) };
  },
};
