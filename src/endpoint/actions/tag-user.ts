import { findNamedUser, nameUser } from './named-user.ts';
import { tagsPerUserQuota } from './quotas.ts';
import { refuse } from './refusals.ts';
import type { IamAction } from './service-action.ts';
import { foldTagKey, requireSome, requireTags } from './tags.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagUser.html */
export const tagUser: IamAction<'TagUser'> = {
  resource: nameUser,

  perform(call) {
    const { Tags } = call.input;
    const { tags } = call.directory;
    requireSome(Tags);
    requireTags(Tags);
    const { UserId } = findNamedUser(call);
    const keys = new Set([...tags.list(UserId), ...Tags].map(({ Key }) => foldTagKey(Key)));
    if (keys.size > tagsPerUserQuota) {
      throw refuse('LimitExceeded', 'The number of tags has reached the maximum limit.');
    }
    tags.put(call.caller.accountId, UserId, Tags);
  },
};
