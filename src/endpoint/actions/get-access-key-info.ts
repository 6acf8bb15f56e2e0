import { accountIdOf } from '../../access-key-id.ts';
import { requireLongTermKey } from './get-session-token.ts';
import { refuseInvalid } from './refusals.ts';
import type { StsAction } from './service-action.ts';

/**
 * The account of any key, ours or not, whatever its status: most ids carry it. An id that carries none and is not in the
 * directory cannot be told; AWS then says only that it might answer with an error, so the words are ours.
 *
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_GetAccessKeyInfo.html
 */
export const getAccessKeyInfo: StsAction<'GetAccessKeyInfo'> = {
  resource(call) {
    // Of STS a session from GetSessionToken reaches AssumeRole and GetCallerIdentity alone.
    if (call.caller.kind === 'user' || call.caller.kind === 'root') requireLongTermKey(call, 'GetAccessKeyInfo');
    return undefined;
  },

  perform({ input: { AccessKeyId }, directory }) {
    const Account = directory.accessKeys.find(AccessKeyId)?.accountId ?? accountIdOf(AccessKeyId);
    if (Account === undefined) throw refuseInvalid(`The access key ID ${AccessKeyId} does not exist.`);
    return { Account };
  },
};
