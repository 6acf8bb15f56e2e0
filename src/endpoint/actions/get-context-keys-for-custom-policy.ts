import { listContextKeysOf } from '../simulation/context-keys.ts';
import type { IamAction } from './service-action.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetContextKeysForCustomPolicy.html */
export const getContextKeysForCustomPolicy: IamAction<'GetContextKeysForCustomPolicy'> = {
  resource() {
    return '*';
  },

  perform({ input }) {
    return { ContextKeyNames: listContextKeysOf(input.PolicyInputList) };
  },
};
