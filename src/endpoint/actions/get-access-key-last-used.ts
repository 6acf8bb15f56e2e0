import { AwsFault } from '../../protocol/fault.ts';
import type { Call } from '../action.ts';
import type { AccessKey } from '../directory/records.ts';
import { toUserResource } from './named-user.ts';
import type { IamAction } from './service-action.ts';

/**
 * Names no user: permission is needed for whoever owns the key. A key that is not there has no owner, and so AWS denies
 * access to it even to those who may do everything (docs/endpoint.md, "Refusals").
 *
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccessKeyLastUsed.html
 */
export const getAccessKeyLastUsed: IamAction<'GetAccessKeyLastUsed'> = {
  resource(call) {
    const user = call.directory.users.findById(findKey(call).ownerId);
    return user === undefined ? `arn:aws:iam::${call.caller.accountId}:root` : toUserResource(user);
  },

  perform(call) {
    const key = findKey(call);
    const use = call.directory.lastUses.find(key.AccessKeyId);
    return {
      UserName: findUserName(call, key),
      AccessKeyLastUsed: use ?? { ServiceName: 'N/A', Region: 'N/A' },
    };
  },
};

function findKey({ input, caller, directory }: Call<{ readonly AccessKeyId: string }>): AccessKey {
  const key = directory.accessKeys.find(input.AccessKeyId);
  if (key?.accountId === caller.accountId) return key;
  const denied = `User: ${caller.arn} is not authorized to perform iam:GetAccessKeyLastUsed`;
  throw new AwsFault('AccessDenied', `${denied} on resource: access key ${input.AccessKeyId}`, 403);
}

/** Undefined for a key of the root user. */
function findUserName({ directory }: Call<unknown>, key: AccessKey): string | undefined {
  return directory.users.findById(key.ownerId)?.UserName;
}
