import { AwsFault } from '../../protocol/fault.ts';
import type { Call } from '../action.ts';
import { provesMfa } from './mfa-proof.ts';
import type { StsAction } from './service-action.ts';
import { describeSize } from './session-size.ts';

/**
 * A session of the user or root user that calls. It needs no permission.
 *
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html
 */
export const getSessionToken: StsAction<'GetSessionToken'> = {
  resource(call) {
    requireLongTermKey(call, 'GetSessionToken');
    return undefined;
  },

  perform(call) {
    const { input, caller, directory, now } = call;
    const mfa = provesMfa(call);
    const Credentials = directory.sessions.create({
      accountId: caller.accountId,
      holder: caller.kind === 'user' ? { kind: 'user', UserId: caller.userId } : { kind: 'root' },
      Expiration: findExpiration(call),
      tokenSize: input.MinimumSessionTokenSize,
      terms: { issuedAt: now, mfa, policies: undefined, tags: [], SourceIdentity: undefined },
    });
    return { Credentials, ...describeSize(input, Credentials) };
  },
};

/** Only a key that lasts makes sessions. @throws AwsFault AccessDenied */
export function requireLongTermKey({ caller }: Call<unknown>, action: string): void {
  if (caller.temporary) throw new AwsFault('AccessDenied', `Cannot call ${action} with session credentials`, 403);
}

/** 12 hours unless the request says otherwise; for root an hour at most. */
export function findExpiration({ input, caller, now }: Call<{ readonly DurationSeconds?: number | undefined }>): Date {
  const { DurationSeconds = 43_200 } = input;
  const seconds = caller.kind === 'root' ? Math.min(DurationSeconds, 3_600) : DurationSeconds;
  return new Date(now.getTime() + seconds * 1_000);
}
