import { AwsFault } from '../../protocol/fault.ts';
import type { Call } from '../action.ts';
import type { Directory } from '../directory/directory.ts';
import type { Role } from '../directory/records.ts';
import { provesMfa } from './mfa-proof.ts';
import { refuseInvalid } from './refusals.ts';
import type { StsAction } from './service-action.ts';
import { describeSize } from './session-size.ts';
import { measurePacked, readSessionPolicies, readSessionTags } from './session-policies.ts';

/** Seconds. A session of a role that assumes another role gets no more than the first. */
const usualDuration = 3_600;

/**
 * A session of a role, in the caller's account or another. The role's trust policy must let the caller in.
 *
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 */
export const assumeRole: StsAction<'AssumeRole'> = {
  resource(call) {
    const { RoleArn } = call.input;
    if (call.caller.kind === 'root') {
      throw new AwsFault('AccessDenied', 'Roles may not be assumed by root accounts.', 403);
    }
    if (!/^arn:[^:]+:[^:]+:[^:]*:[^:]*:.+/.test(RoleArn)) throw refuseInvalid(`${RoleArn} is invalid`);
    const { Arn, accountId, trustPolicy } = findRole(call);
    return { arn: Arn, accountId, trustPolicy };
  },

  alsoNeeds(call) {
    const { Tags = [] } = call.input;
    const setsIdentity = findSourceIdentity(call) !== undefined;
    return [...(Tags.length > 0 ? ['sts:TagSession'] : []), ...(setsIdentity ? ['sts:SetSourceIdentity'] : [])];
  },

  perform(call) {
    const { input, caller, directory, now } = call;
    const { RoleSessionName, Tags = [], TransitiveTagKeys = [], DurationSeconds = usualDuration } = input;
    const role = findRole(call);
    requireSameIdentity(call);
    requireDuration(call, role, DurationSeconds);
    const policies = readSessionPolicies(call, role.accountId);
    const tags = readSessionTags(Tags, TransitiveTagKeys, caller.session?.tags ?? []);
    const packed = policies === undefined && tags.length === 0 ? undefined : measurePacked(policies, tags);
    const SourceIdentity = findSourceIdentity(call);
    const { RoleId, RoleName, accountId } = role;
    const Credentials = directory.sessions.create({
      accountId,
      holder: { kind: 'role', RoleId, RoleSessionName },
      Expiration: new Date(now.getTime() + DurationSeconds * 1_000),
      tokenSize: input.MinimumSessionTokenSize,
      terms: { issuedAt: now, mfa: provesMfa(call), policies, tags, SourceIdentity },
    });
    return {
      Credentials,
      AssumedRoleUser: {
        AssumedRoleId: `${RoleId}:${RoleSessionName}`,
        Arn: `arn:aws:sts::${accountId}:assumed-role/${RoleName}/${RoleSessionName}`,
      },
      PackedPolicySize: packed,
      SourceIdentity,
      ...describeSize(input, Credentials),
    };
  },
};

type RoleCall = Call<{ readonly RoleArn: string }>;

/** A role that is not there is not told from one that lets nobody in. @throws AwsFault AccessDenied */
function findRole({ input, caller, directory }: RoleCall): Role {
  const role = findByArn(directory, input.RoleArn);
  if (role !== undefined) return role;
  const wanted = `sts:AssumeRole on resource: ${input.RoleArn}`;
  throw new AwsFault('AccessDenied', `User: ${caller.arn} is not authorized to perform: ${wanted}`, 403);
}

function findByArn({ roles }: Directory, arn: string): Role | undefined {
  const { accountId, name } =
    /^arn:aws:iam::(?<accountId>\d{12}):role\/(?:.*\/)?(?<name>[^/]+)$/.exec(arn)?.groups ?? {};
  const role = accountId === undefined || name === undefined ? undefined : roles.find(accountId, name);
  return role?.Arn === arn ? role : undefined;
}

type IdentityCall = Call<{ readonly SourceIdentity?: string | undefined }>;

/** The one that the calling session has goes with all the sessions that it makes. */
function findSourceIdentity({ input, caller }: IdentityCall): string | undefined {
  return input.SourceIdentity ?? caller.session?.SourceIdentity;
}

function requireSameIdentity({ input, caller }: IdentityCall): void {
  const known = caller.session?.SourceIdentity;
  if (known === undefined || input.SourceIdentity === undefined || input.SourceIdentity === known) return;
  throw refuseInvalid('The source identity is already set for this assume role session');
}

function requireDuration({ caller }: Call<unknown>, { MaxSessionDuration }: Role, duration: number): void {
  if (duration > MaxSessionDuration) {
    throw refuseInvalid('The requested DurationSeconds exceeds the MaxSessionDuration set for this role.');
  }
  if (caller.kind === 'role' && duration > usualDuration) {
    const limit = 'the 1 hour session limit for roles assumed by role chaining.';
    throw refuseInvalid(`The requested DurationSeconds exceeds ${limit}`);
  }
}
