/** The sink `profile:NAME[@FILE]`: a key pair in an AWS shared credentials file, or in a config file. */
import { basename, resolve } from 'node:path';

import { KeyturnError } from '../errors.ts';
import type { Sink } from '../rotation/sink.ts';
import { composeFileSink } from './file-sink.ts';
import { composeProfileText, groupOptions, keptSuffix } from './profile-text.ts';
import {
  expandHome,
  locateSharedFiles,
  profileOfConfigSection,
  type Environment,
  type Section,
} from './shared-config.ts';
import { readText } from './text-file.ts';

export interface ProfileSpec {
  readonly spec: string;
  readonly profile: string;
  /** The shared credentials file if absent. */
  readonly file: string | undefined;
}

export interface FileWorld {
  readonly env: Environment;
  readonly home: string;
  /** Replace any key that is there. */
  readonly force?: boolean | undefined;
}

/** Options with which a profile gets its credentials in another way than from a key of its own. */
const otherSources = [
  'role_arn',
  'sso_session',
  'sso_start_url',
  'web_identity_token_file',
  'credential_process',
  'login_session',
];

/**
 * The two shared files are one place: of a profile that stands in both, AWS tools read them together, and a key that is to
 * be replaced moves in both.
 *
 * @throws KeyturnError ERR_USAGE for a name that cannot be a profile's
 */
export function openProfileSink({ spec, profile, file }: ProfileSpec, { env, home, force }: FileWorld): Sink {
  const shared = locateSharedFiles(env, home);
  const [credentials, config] = [resolve(shared.credentials), resolve(shared.config)];
  const path = file === undefined ? credentials : resolve(expandHome(file, home));
  // A file called config is one wherever it lies: sections of another name than `[profile NAME]` count for nothing in it.
  const isConfig = (each: string): boolean => each === config || (each !== credentials && basename(each) === 'config');
  requireProfileName(profile, isConfig(path));
  const pair = [credentials, config].includes(path) ? [credentials, config].filter((each) => each !== path) : [];
  const describe = (each: string) => ({ path: each, form: composeProfileText(each, isConfig(each)) });
  return composeFileSink({
    spec,
    nameIn: (each) => `profile ${profile} in ${each}`,
    slot: profile,
    files: [describe(path), ...pair.map(describe)],
    force,
    makeFolder: file === undefined,
    requireUse: () => requireUse(profile, path === credentials && pair.length > 0 ? [path, ...pair] : [path], isConfig),
  });
}

/** Refuses a profile that would not use a key beside what it says. */
async function requireUse(
  profile: string,
  paths: readonly string[],
  isConfig: (path: string) => boolean,
): Promise<void> {
  for (const path of paths) {
    const profileOf = isConfig(path) ? profileOfConfigSection : (section: string) => section;
    const options = groupOptions((await readText(path)) ?? '', profileOf).get(profile) ?? new Map<string, string>();
    for (const name of otherSources) {
      // A profile that assumes a role with its own key as the source needs that key.
      const isOwnSource = name === 'role_arn' && options.get('source_profile') === profile;
      if (!isOwnSource) refuseOption(options, name, profile, path);
    }
    if (path !== paths[0]) refuseOption(options, 'aws_session_token', profile, path);
  }
}

function refuseOption(options: Section, name: string, profile: string, path: string): void {
  if (!options.has(name)) return;
  throw new KeyturnError(
    'ERR_REFUSED',
    `profile ${profile} has ${name} in ${path}: a key beside it would not be used as meant`,
    {
      hint: `name another profile, or take ${name} out of this one`,
    },
  );
}

/** DEFAULT lends its options to every section in Python; `__proto__` makes the JavaScript SDK drop the whole file. */
function requireProfileName(profile: string, inConfig: boolean): void {
  const form = inConfig ? /^[\w\-@+.%:/]+$/ : /^[^\s\p{Cc}[\]]+$/u;
  const isTaken = ['DEFAULT', '__proto__'].includes(profile) || profile.endsWith(keptSuffix);
  if (form.test(profile) && !isTaken) return;
  throw new KeyturnError('ERR_USAGE', `${JSON.stringify(profile)} cannot be the name of a profile`, {
    hint: `use letters, digits and - _ . without spaces, and not the ending ${keptSuffix}`,
  });
}
