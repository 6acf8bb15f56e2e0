import { listContextKeysOf } from '../simulation/context-keys.ts';
import { findPrincipal } from '../simulation/sources.ts';
import type { IamAction } from './service-action.ts';

/**
 * What the policies of a user, a group or a role ask for, its boundary's included, others added to them or not.
 *
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetContextKeysForPrincipalPolicy.html
 */
export const getContextKeysForPrincipalPolicy: IamAction<'GetContextKeysForPrincipalPolicy'> = {
  resource({ input }) {
    return input.PolicySourceArn;
  },

  perform({ input, caller, directory }) {
    const { identity, boundary } = findPrincipal(directory, caller.accountId, input.PolicySourceArn);
    const sources = [...identity, ...(boundary === undefined ? [] : [boundary])];
    // a managed policy counts once, however often it is attached
    const distinct = new Map(sources.map((source) => [source.arn ?? source.id, source.document]));
    return { ContextKeyNames: listContextKeysOf([...(input.PolicyInputList ?? []), ...distinct.values()]) };
  },
};
