import { excludePolicies } from '../simulation/exclude.ts';
import { prepareSimulation } from '../simulation/simulate.ts';
import { findPrincipal } from '../simulation/sources.ts';
import type { IamAction } from './service-action.ts';
import { takeActions } from './simulated-actions.ts';

/**
 * What the policies of a user, a group or a role would allow, others added to them or not.
 *
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html
 */
export const simulatePrincipalPolicy: IamAction<'SimulatePrincipalPolicy'> = {
  resource({ input }) {
    return input.PolicySourceArn;
  },

  perform({ input, caller, directory }) {
    const { accountId } = caller;
    const found = findPrincipal(directory, accountId, input.PolicySourceArn);
    const principal = excludePolicies(found, input.PolicyExclusionList ?? []);
    const simulate = prepareSimulation(input, accountId, principal);
    return takeActions(['SimulatePrincipalPolicy', accountId], input, simulate);
  },
};
