import { KeyturnError } from '../../errors.ts';
import { filled, type Environment, type Section } from '../../sinks/shared-config.ts';
import type { SettingsFlags } from './flags.ts';
import type { SharedProfiles } from './shared-profiles.ts';

/** Where the calls to each service go; undefined is AWS's own endpoint. */
export interface Endpoints {
  readonly iam: string | undefined;
  readonly sts: string | undefined;
  readonly cloudtrail: string | undefined;
  readonly organizations: string | undefined;
}

/** Where the services are that keep secrets: never where IAM is rehearsed. Undefined is AWS's own endpoint. */
export interface SinkEndpoints {
  readonly secretsmanager: string | undefined;
  readonly ssm: string | undefined;
}

interface Override {
  /** Where it was found, for messages. */
  readonly source: string;
  readonly url: string;
}

const sameForAll = (url: string | undefined): Endpoints => ({
  iam: url,
  sts: url,
  cloudtrail: url,
  organizations: url,
});

/**
 * The endpoints: `--endpoint-url`, else AWS_ENDPOINT_URL_IAM and the like, AWS_ENDPOINT_URL, the profile's services
 * section, its endpoint_url. AWS_IGNORE_CONFIGURED_ENDPOINT_URLS leaves the flag alone standing. CloudTrail and
 * Organizations are asked where IAM is, unless they have an endpoint of their own.
 *
 * Source: https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 *
 * @throws KeyturnError ERR_USAGE for a URL that is none, and where one service would go elsewhere and the other to AWS:
 * a rehearsal half of which is real
 */
export function chooseEndpoints(
  flags: SettingsFlags,
  env: Environment,
  profile: Section,
  shared: SharedProfiles,
): Endpoints {
  if (flags.endpointUrl !== undefined) {
    const url = requireUrl({ source: '--endpoint-url', url: flags.endpointUrl });
    return sameForAll(url);
  }
  if (areIgnored(env, profile)) return sameForAll(undefined);
  const services = findServices(profile, shared);
  const find = (service: keyof Endpoints) => findOverride(service, env, profile, services);
  const [iam, sts] = [find('iam'), find('sts')];
  if (iam !== undefined && sts === undefined) throw describeMissing('IAM', iam, 'STS');
  if (sts !== undefined && iam === undefined) throw describeMissing('STS', sts, 'IAM');
  const locate = (override: Override | undefined) => override && requireUrl(override);
  return {
    iam: locate(iam),
    sts: locate(sts),
    cloudtrail: locate(find('cloudtrail') ?? iam),
    organizations: locate(find('organizations') ?? iam),
  };
}

/**
 * The endpoints of the sinks' services: only what was said of the very service counts, AWS_ENDPOINT_URL_SECRETS_MANAGER
 * and AWS_ENDPOINT_URL_SSM, or the profile's services section. What is said of all services means IAM's rehearsal.
 *
 * @throws KeyturnError ERR_USAGE for a URL that is none
 */
export function chooseSinkEndpoints(env: Environment, profile: Section, shared: SharedProfiles): SinkEndpoints {
  if (areIgnored(env, profile)) return { secretsmanager: undefined, ssm: undefined };
  const services = findServices(profile, shared);
  const find = (service: string): string | undefined => {
    const override = chooseFilled([ofVariable(service, env), ofServices(service, services)]);
    return override && requireUrl(override);
  };
  return { secretsmanager: find('secrets_manager'), ssm: find('ssm') };
}

function areIgnored(env: Environment, profile: Section): boolean {
  const ignored = filled(env.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS) ?? profile.get('ignore_configured_endpoint_urls');
  return ignored?.toLowerCase() === 'true';
}

type Candidate = readonly [source: string, url: string | undefined];

function ofVariable(service: string, env: Environment): Candidate {
  const variable = `AWS_ENDPOINT_URL_${service.toUpperCase()}`;
  return [variable, env[variable]];
}

function ofServices(service: string, services: Section): Candidate {
  return [`endpoint_url of ${service} in the services of the profile`, services.get(`${service}.endpoint_url`)];
}

function findOverride(
  service: keyof Endpoints,
  env: Environment,
  profile: Section,
  services: Section,
): Override | undefined {
  return chooseFilled([
    ofVariable(service, env),
    ['AWS_ENDPOINT_URL', env.AWS_ENDPOINT_URL],
    ofServices(service, services),
    ['endpoint_url of the profile', profile.get('endpoint_url')],
  ]);
}

function chooseFilled(candidates: readonly Candidate[]): Override | undefined {
  for (const [source, url] of candidates) {
    if (url !== undefined && url !== '') return { source, url };
  }
  return undefined;
}

function findServices(profile: Section, { services, files }: SharedProfiles): Section {
  const name = profile.get('services');
  const section = name === undefined ? new Map<string, string>() : services.get(name);
  if (section !== undefined) return section;
  throw new KeyturnError('ERR_USAGE', `the profile names services ${name}, and there is no [services ${name}]`, {
    hint: `add the section to ${files.config}, or take services out of the profile`,
  });
}

function describeMissing(one: string, { source, url }: Override, other: string): KeyturnError {
  return new KeyturnError(
    'ERR_USAGE',
    `${source} sends ${one} to an endpoint of its own, and ${other} would still be AWS's`,
    {
      hint: `export AWS_ENDPOINT_URL_${other}=${url}`,
    },
  );
}

/** The URL is not shown where it may hold a password. */
function requireUrl({ source, url }: Override): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  const isPlain = parsed !== undefined && /^https?:$/.test(parsed.protocol) && parsed.search + parsed.hash === '';
  if (isPlain && parsed.username + parsed.password === '') return url;
  const shown = url.includes('@') ? '' : ` ${JSON.stringify(url)}`;
  throw new KeyturnError('ERR_USAGE', `${source}${shown} is not the URL of an endpoint`, {
    hint: 'write it as in http://127.0.0.1:7411',
  });
}
