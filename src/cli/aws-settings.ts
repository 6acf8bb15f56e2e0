/** The way to AWS of one command: who signs, for which region, to which endpoint, through which proxy. */
import type { ConnectConfig } from '../iam/connection.ts';
import type { Environment } from '../sinks/shared-config.ts';
import { composeCredentials } from './settings/credentials.ts';
import { chooseEndpoints, chooseSinkEndpoints, type Endpoints, type SinkEndpoints } from './settings/endpoints.ts';
import type { SettingsFlags } from './settings/flags.ts';
import {
  composeRequestHandler,
  locateCaBundle,
  readCaBundle,
  readProxy,
  type CaBundle,
  type Proxy,
} from './settings/network.ts';
import { chooseRegion } from './settings/region.ts';
import { loadSharedProfiles, type SharedProfiles } from './settings/shared-profiles.ts';
import { chooseSigner, type Signer } from './settings/signer.ts';

export interface AwsSettings {
  readonly region: string;
  readonly endpoints: Endpoints;
  readonly sinkEndpoints: SinkEndpoints;
  readonly signer: Signer;
  /** The profile that was named, by option or variable: the SDK takes what is not settled here from it. */
  readonly profile: string | undefined;
  /** The MFA device of a profile that signs with a key of its own: AWS tools ask for it where a role is assumed. */
  readonly mfaSerial: string | undefined;
  readonly proxy: Proxy | undefined;
  readonly caBundle: CaBundle | undefined;
  /** What to tell the person on stderr before the first call. */
  readonly notices: readonly string[];
}

export interface SettingsInput {
  readonly flags: SettingsFlags;
  readonly env: Environment;
  readonly home: string;
}

/**
 * Settles everything from the options, the environment and the shared files, by the rules of docs/contract.md.
 *
 * @throws KeyturnError ERR_USAGE for a setting that is wrong, half given, or contradicts another
 */
export function resolveSettings({ flags, env, home, shared }: SettingsInput & { shared: SharedProfiles }): AwsSettings {
  const { signer, profile, notice } = chooseSigner(flags, env, shared);
  const options = shared.profiles.get(profile ?? 'default') ?? new Map<string, string>();
  return {
    region: chooseRegion(flags, env, options),
    endpoints: chooseEndpoints(flags, env, options, shared),
    sinkEndpoints: chooseSinkEndpoints(env, options, shared),
    signer,
    profile,
    mfaSerial: signer.kind === 'key' ? options.get('mfa_serial') : undefined,
    proxy: readProxy(env),
    caBundle: locateCaBundle(env, options, home),
    notices: notice === undefined ? [] : [notice],
  };
}

/**
 * Reads the shared files and resolves the settings.
 *
 * @throws KeyturnError as {@link resolveSettings}, and ERR_FILE for a shared file that is needed and cannot be read
 * @example
 * const settings = await loadSettings({ flags: { profile: 'ops' }, env: process.env, home: homedir() });
 * for (const notice of settings.notices) printer.tell(notice);
 * const aws = connect(await composeConnectConfig(settings, { now: () => new Date() }));
 */
export async function loadSettings(input: SettingsInput): Promise<AwsSettings> {
  return resolveSettings({ ...input, shared: await loadSharedProfiles(input.env, input.home) });
}

export interface ConnectContext {
  readonly now: () => Date;
  /** Asks the person for the code that an MFA device shows; absent where there is nobody to ask. */
  readonly askMfaCode?: ((serial: string) => Promise<string>) | undefined;
}

/**
 * The settings as the configuration of the clients. No call is made, and no provider of credentials is loaded, before
 * the first use.
 *
 * @throws KeyturnError ERR_FILE for a bundle of certificates that cannot be read
 */
export async function composeConnectConfig(settings: AwsSettings, context: ConnectContext): Promise<ConnectConfig> {
  const { region, profile, proxy, caBundle, endpoints, signer } = settings;
  const ca = caBundle === undefined ? undefined : await readCaBundle(caBundle);
  const shared = {
    region,
    requestHandler: composeRequestHandler(proxy, ca),
    ...(profile !== undefined && { profile }),
    // Without an override the SDK must not look for one: it would ask another profile than ours.
    ...(endpoints.iam === undefined && { ignoreConfiguredEndpointUrls: true }),
  };
  const sts = { ...shared, ...(endpoints.sts !== undefined && { endpoint: endpoints.sts }) };
  return { ...shared, endpoints, credentials: composeCredentials(signer, { ...context, sts }) };
}
