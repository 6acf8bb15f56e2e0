/**
 * The sink `profile:NAME[@FILE]`: a key pair in an AWS shared credentials (or config) file.
 *
 * What is written reads back the same for the aws CLI and boto3 (Python's configparser) and for the SDKs (line by
 * line); where they could not agree, the file is left alone.
 */
import { resolve } from 'node:path';

import { KeyturnError } from '../errors.ts';
import { Secret } from '../secret.ts';
import { updateFile, type UpdateOptions } from './file-update.ts';
import { parseIni } from './ini-document.ts';
import { editSection } from './ini-edit.ts';
import { placeholderKey, requireFree, requirePlain, type KeyPair } from './key-pair.ts';
import { profileOfConfigSection, readSections, type Section } from './shared-config.ts';
import { joinLines } from './text-lines.ts';
import { readText } from './text-file.ts';

export interface ProfilePlace {
  readonly file: string;
  readonly profile: string;
  /** The shared config file that belongs to it; what the profile is there decides whether a key may go to `file`. */
  readonly configFile?: string | undefined;
}

export interface ProfileOptions {
  /** Replace a key that is already there. */
  readonly force?: boolean | undefined;
  /** Make the file's folder where it is missing. */
  readonly makeFolder?: boolean | undefined;
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
 * Writes a key pair into a profile and takes a session token out of it; every other byte of the file stays.
 *
 * @throws KeyturnError ERR_REFUSED where the profile holds another key (unless `force`) or gets its credentials in
 * another way; ERR_FILE where the file cannot be written, or not so that all AWS tools read it alike; ERR_USAGE for a
 * name that cannot be a profile's
 * @example
 * await writeProfile({ file: '/home/me/.aws/credentials', profile: 'deploy', AccessKeyId, SecretAccessKey });
 */
export async function writeProfile(write: ProfilePlace & ProfileOptions & KeyPair): Promise<void> {
  requirePlain(write);
  await update(write, write, { makeFolder: write.makeFolder });
}

/**
 * Finds out beforehand whether {@link writeProfile} would succeed: everything is done but the last step.
 *
 * @throws KeyturnError as writeProfile does
 */
export async function checkProfile(place: ProfilePlace & ProfileOptions): Promise<void> {
  await update(place, placeholderKey, { makeFolder: place.makeFolder, rehearse: true });
}

/**
 * The key pair of a profile as the SDKs read it, or undefined where there is no whole one.
 *
 * @throws KeyturnError ERR_FILE
 */
export async function readProfile(place: ProfilePlace): Promise<KeyPair | undefined> {
  const options = readOptions((await readText(place.file)) ?? '', place, isConfigFile(place));
  const AccessKeyId = options.get('aws_access_key_id');
  const secret = options.get('aws_secret_access_key');
  return AccessKeyId && secret ? { AccessKeyId, SecretAccessKey: new Secret(secret) } : undefined;
}

async function update(place: ProfilePlace & ProfileOptions, key: KeyPair, options: UpdateOptions): Promise<void> {
  requireProfileName(place);
  if (place.configFile !== undefined && !isConfigFile(place)) {
    const config = readOptions((await readText(place.configFile)) ?? '', place, true);
    requireFit(config, place, key, place.configFile);
    refuseOption(config, 'aws_session_token', place, place.configFile);
  }
  await updateFile(place.file, (text) => editProfile(text, place, key), options);
}

function editProfile(text: string, place: ProfilePlace & ProfileOptions, key: KeyPair): string {
  const inConfig = isConfigFile(place);
  requireFit(readOptions(text, place, inConfig), place, key, place.file);
  const header = inConfig && place.profile !== 'default' ? `profile ${place.profile}` : place.profile;
  const secret = key.SecretAccessKey.reveal();
  const edited = joinLines(
    editSection(parseIni(text), (section) => profileOf(section, inConfig) === place.profile, header, {
      set: { aws_access_key_id: key.AccessKeyId, aws_secret_access_key: secret },
      remove: ['aws_session_token', 'aws_security_token'],
    }),
  );
  const written = readOptions(edited, place, inConfig);
  const isReadable =
    written.get('aws_access_key_id') === key.AccessKeyId && written.get('aws_secret_access_key') === secret;
  if (isReadable && !written.has('aws_session_token')) return edited;
  throw new KeyturnError(
    'ERR_FILE',
    `cannot write profile ${place.profile} to ${place.file} so that all AWS tools read it`,
    {
      hint: `tidy up the section [${header}] (indentation, text behind the brackets), or name another profile`,
    },
  );
}

/** Refuses a profile that already holds a key, or would not use one. */
function requireFit(options: Section, place: ProfilePlace & ProfileOptions, key: KeyPair, file: string): void {
  for (const name of otherSources) {
    // A profile that assumes a role with its own key as the source needs that key.
    const isOwnSource = name === 'role_arn' && options.get('source_profile') === place.profile;
    if (!isOwnSource) refuseOption(options, name, place, file);
  }
  const held = {
    AccessKeyId: options.get('aws_access_key_id'),
    SecretAccessKey: options.get('aws_secret_access_key'),
  };
  requireFree(held, key, `profile ${place.profile} in ${file}`, place.force);
}

function refuseOption(options: Section, name: string, { profile }: ProfilePlace, file: string): void {
  if (!options.has(name)) return;
  throw new KeyturnError(
    'ERR_REFUSED',
    `profile ${profile} has ${name} in ${file}: a key beside it would not be used as meant`,
    {
      hint: `name another profile, or take ${name} out of this one`,
    },
  );
}

function isConfigFile({ file, configFile }: ProfilePlace): boolean {
  return configFile !== undefined && resolve(file) === resolve(configFile);
}

function readOptions(text: string, { profile }: ProfilePlace, inConfig: boolean): Section {
  const sections = [...readSections(text)].filter(([section]) => profileOf(section, inConfig) === profile);
  return new Map(sections.flatMap(([, options]) => [...options]));
}

function profileOf(section: string, inConfig: boolean): string | undefined {
  return inConfig ? profileOfConfigSection(section) : section;
}

/** DEFAULT lends its options to every section in Python; `__proto__` makes the JavaScript SDK drop the whole file. */
function requireProfileName(place: ProfilePlace): void {
  const form = isConfigFile(place) ? /^[\w\-@+.%:/]+$/ : /^[^\s\p{Cc}[\]]+$/u;
  if (form.test(place.profile) && !['DEFAULT', '__proto__'].includes(place.profile)) return;
  throw new KeyturnError('ERR_USAGE', `${JSON.stringify(place.profile)} cannot be the name of a profile`, {
    hint: 'use letters, digits and - _ . without spaces',
  });
}
