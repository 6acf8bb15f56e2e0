import type { StsAction } from './service-action.ts';

/**
 * Needs no permission, so no refusal names a resource.
 *
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
 */
export const getCallerIdentity: StsAction<'GetCallerIdentity'> = {
  resource() {
    return undefined;
  },

  perform({ caller }) {
    return { UserId: caller.userId, Account: caller.accountId, Arn: caller.arn };
  },
};
