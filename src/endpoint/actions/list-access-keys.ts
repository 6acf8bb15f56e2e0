import { findKeyOwner, nameAccessKeyOwner } from './key-owner.ts';
import { takePage } from './page.ts';
import type { IamAction } from './service-action.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAccessKeys.html */
export const listAccessKeys: IamAction<'ListAccessKeys'> = {
  resource: nameAccessKeyOwner,

  perform(call) {
    const { ownerId, UserName } = findKeyOwner(call);
    const all = call.directory.accessKeys.list(ownerId);
    const { items, ...more } = takePage(all, (key) => key.AccessKeyId, ['ListAccessKeys', ownerId], call.input);
    return {
      AccessKeyMetadata: items.map(({ AccessKeyId, Status, CreateDate }) => ({
        UserName,
        AccessKeyId,
        Status,
        CreateDate,
      })),
      ...more,
    };
  },
};
