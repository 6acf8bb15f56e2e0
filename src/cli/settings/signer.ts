import { KeyturnError } from '../../errors.ts';
import { Secret } from '../../secret.ts';
import { filled, type Environment, type Section } from '../../sinks/shared-config.ts';
import type { SettingsFlags } from './flags.ts';
import { findNearest } from './nearest.ts';
import type { SharedProfiles } from './shared-profiles.ts';

/** Credentials that are known without asking anybody. */
export interface StaticCredentials {
  readonly AccessKeyId: string;
  readonly SecretAccessKey: Secret;
  readonly SessionToken?: Secret | undefined;
}

/** Who signs the calls. */
export type Signer =
  | { readonly kind: 'environment'; readonly credentials: StaticCredentials }
  /** A profile with a key of its own. */
  | { readonly kind: 'key'; readonly profile: string; readonly credentials: StaticCredentials }
  /** A profile that gets its credentials elsewhere: a role, a sign-in, a program. */
  | { readonly kind: 'profile'; readonly profile: string }
  /** Nothing is said: whatever the SDK finds on this machine. */
  | { readonly kind: 'chain' };

export interface SignerChoice {
  readonly signer: Signer;
  /** The profile whose other settings count, where one was named. */
  readonly profile: string | undefined;
  /** What the person should know about the choice. */
  readonly notice: string | undefined;
}

/**
 * Chooses who signs: `--profile`, else the keys in the environment, else AWS_PROFILE, else the default profile, else the
 * SDK's chain. The SDK alone would let AWS_PROFILE win over the keys.
 *
 * @throws KeyturnError ERR_USAGE for a profile or sign-in that does not exist, and for half a key; ERR_FILE where a profile is
 * looked for and a shared file cannot be read
 */
export function chooseSigner(flags: SettingsFlags, env: Environment, shared: SharedProfiles): SignerChoice {
  if (flags.profile !== undefined) return choose(flags.profile, readProfileSigner(flags.profile, '--profile', shared));
  const named = filled(env.AWS_PROFILE);
  const credentials = readEnvironmentKey(env);
  if (credentials !== undefined) {
    const notice = `signing with the key in the environment, ${credentials.AccessKeyId}, not with AWS_PROFILE=${named}`;
    return choose(named, { kind: 'environment', credentials }, named === undefined ? undefined : notice);
  }
  if (named !== undefined) return choose(named, readProfileSigner(named, 'AWS_PROFILE', shared));
  if (shared.failure !== undefined) throw shared.failure;
  const key = readProfileKey('default', shared);
  return choose(
    undefined,
    key === undefined ? { kind: 'chain' } : { kind: 'key', profile: 'default', credentials: key },
  );
}

function choose(profile: string | undefined, signer: Signer, notice?: string): SignerChoice {
  return { signer, profile, notice };
}

function readEnvironmentKey(env: Environment): StaticCredentials | undefined {
  const variables = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'] as const;
  const [AccessKeyId, secret] = variables.map((name) => filled(env[name]));
  if (AccessKeyId === undefined && secret === undefined) return undefined;
  if (AccessKeyId === undefined || secret === undefined) {
    const [given, missing] = AccessKeyId === undefined ? variables.toReversed() : variables;
    throw new KeyturnError('ERR_USAGE', `${given} is set and ${missing} is not`, {
      hint: `set both or none of them: export ${missing}=…, or unset ${given}`,
    });
  }
  for (const name of [...variables, 'AWS_SESSION_TOKEN']) {
    if (!/\s/.test(env[name] ?? '')) continue;
    throw new KeyturnError('ERR_USAGE', `there is white space in ${name}`, {
      hint: 'set it again, without the space or line break',
    });
  }
  const token = filled(env.AWS_SESSION_TOKEN);
  return {
    AccessKeyId,
    SecretAccessKey: new Secret(secret),
    SessionToken: token === undefined ? undefined : new Secret(token),
  };
}

function readProfileSigner(profile: string, source: string, shared: SharedProfiles): Signer {
  if (!shared.profiles.has(profile)) {
    if (shared.failure !== undefined) throw shared.failure;
    throw describeUnknownProfile(profile, source, shared);
  }
  const credentials = readProfileKey(profile, shared);
  if (credentials === undefined) requireSsoSession(profile, shared);
  return credentials === undefined ? { kind: 'profile', profile } : { kind: 'key', profile, credentials };
}

/** Ways to credentials that the SDK takes for a profile before, or for want of, a key of its own. */
const otherWays = ['credential_process', 'sso_session', 'sso_start_url', 'web_identity_token_file', 'login_session'];

function readProfileKey(profile: string, { profiles, files }: SharedProfiles): StaticCredentials | undefined {
  const options: Section = profiles.get(profile) ?? new Map<string, string>();
  const assumesRole = options.has('role_arn') && (options.has('source_profile') || options.has('credential_source'));
  const [AccessKeyId, secret, token] = ['aws_access_key_id', 'aws_secret_access_key', 'aws_session_token'].map((name) =>
    options.get(name),
  );
  if (assumesRole || (AccessKeyId === undefined && secret === undefined)) return undefined;
  if (AccessKeyId !== undefined && secret !== undefined) {
    return {
      AccessKeyId,
      SecretAccessKey: new Secret(secret),
      SessionToken: token === undefined ? undefined : new Secret(token),
    };
  }
  if (otherWays.some((name) => options.has(name))) return undefined;
  const missing = AccessKeyId === undefined ? 'aws_access_key_id' : 'aws_secret_access_key';
  throw new KeyturnError('ERR_USAGE', `profile ${profile} has half a key: there is no ${missing}`, {
    hint: `add it to the profile in ${files.credentials}`,
  });
}

/** The SDK would fail on a session that is not there with a TypeError of its own. */
function requireSsoSession(profile: string, { profiles, ssoSessions, files }: SharedProfiles): void {
  const session = profiles.get(profile)?.get('sso_session');
  if (session === undefined || ssoSessions.has(session)) return;
  throw new KeyturnError(
    'ERR_USAGE',
    `profile ${profile} names sso_session ${session}, and there is none of that name`,
    {
      hint: `add [sso-session ${session}] to ${files.config}, as aws configure sso does`,
    },
  );
}

function describeUnknownProfile(profile: string, source: string, { profiles, files }: SharedProfiles): KeyturnError {
  const names = [...profiles.keys()].sort();
  const nearest = findNearest(profile, names);
  const guess = nearest === undefined ? '' : `did you mean ${nearest}? `;
  const list = names.length > 20 ? `${names.slice(0, 20).join(', ')} and ${names.length - 20} more` : names.join(', ');
  return new KeyturnError('ERR_USAGE', `${source} names ${JSON.stringify(profile)}, and there is no such profile`, {
    hint:
      names.length === 0
        ? `there are none in ${files.config} and ${files.credentials}: aws configure makes one`
        : `${guess}there are ${list}`,
  });
}
