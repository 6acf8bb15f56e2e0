import type { Call } from '../action.ts';
import { findExpiration, requireLongTermKey } from './get-session-token.ts';
import type { StsAction } from './service-action.ts';
import { describeSize } from './session-size.ts';
import { measurePacked, readSessionPolicies, readSessionTags } from './session-policies.ts';

/**
 * A session of a federated user, who may do what both the caller's policies and those of the session allow.
 *
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_GetFederationToken.html
 */
export const getFederationToken: StsAction<'GetFederationToken'> = {
  resource(call) {
    requireLongTermKey(call, 'GetFederationToken');
    return composeArn(call);
  },

  alsoNeeds({ input: { Tags = [] } }) {
    return Tags.length > 0 ? ['sts:TagSession'] : [];
  },

  perform(call) {
    const { input, caller, directory, now } = call;
    const { Name, Tags = [] } = input;
    const { accountId } = caller;
    const policies = readSessionPolicies(call);
    const tags = readSessionTags(Tags, [], []);
    const PackedPolicySize = measurePacked(policies, tags);
    const Credentials = directory.sessions.create({
      accountId,
      holder: { kind: 'federated', UserId: caller.kind === 'user' ? caller.userId : undefined, Name },
      Expiration: findExpiration(call),
      tokenSize: input.MinimumSessionTokenSize,
      terms: { issuedAt: now, mfa: false, policies, tags, SourceIdentity: undefined },
    });
    const FederatedUser = { FederatedUserId: `${accountId}:${Name}`, Arn: composeArn(call) };
    return { Credentials, FederatedUser, PackedPolicySize, ...describeSize(input, Credentials) };
  },
};

function composeArn({ input, caller }: Call<{ readonly Name: string }>): string {
  return `arn:aws:sts::${caller.accountId}:federated-user/${input.Name}`;
}
