import { findKeyOwner, nameAccessKeyOwner } from './key-owner.ts';
import { quotas } from './quotas.ts';
import { refuse } from './refusals.ts';
import type { IamAction } from './service-action.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateAccessKey.html */
export const createAccessKey: IamAction<'CreateAccessKey'> = {
  resource: nameAccessKeyOwner,

  perform(call) {
    const { caller, directory, now } = call;
    const { ownerId, UserName } = findKeyOwner(call);
    const quota = quotas.AccessKeysPerUserQuota;
    const key = directory.accessKeys.create({ accountId: caller.accountId, ownerId, CreateDate: now, quota });
    if (key === undefined) throw refuse('LimitExceeded', `Cannot exceed quota for AccessKeysPerUser: ${quota}`);
    const { AccessKeyId, Status, SecretAccessKey, CreateDate } = key;
    return { AccessKey: { UserName, AccessKeyId, Status, SecretAccessKey, CreateDate } };
  },
};
