import { prepareSimulation } from '../simulation/simulate.ts';
import type { IamAction } from './service-action.ts';
import { takeActions } from './simulated-actions.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulateCustomPolicy.html */
export const simulateCustomPolicy: IamAction<'SimulateCustomPolicy'> = {
  resource() {
    return '*';
  },

  perform({ input, caller }) {
    const simulate = prepareSimulation(input, caller.accountId, undefined);
    return takeActions(['SimulateCustomPolicy', caller.accountId], input, simulate);
  },
};
