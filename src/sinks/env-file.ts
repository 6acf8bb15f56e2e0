/** The sink `env-file:PATH[#PREFIX]`: a key pair as two variables in a dotenv file, their names behind the prefix. */
import { KeyturnError } from '../errors.ts';
import { Secret } from '../secret.ts';
import { editDotenv, parseDotenv } from './dotenv-document.ts';
import { updateFile } from './file-update.ts';
import { placeholderKey, requireFree, requirePlain, type KeyPair } from './key-pair.ts';
import { readText } from './text-file.ts';

export interface EnvFilePlace {
  readonly file: string;
  /** Stands before the names: `STAGING_` gives STAGING_AWS_ACCESS_KEY_ID and STAGING_AWS_SECRET_ACCESS_KEY. */
  readonly prefix?: string | undefined;
}

export interface EnvFileOptions {
  /** Replace a key that is already there. */
  readonly force?: boolean | undefined;
}

/**
 * Sets the two variables of a key pair in a file and takes the session token beside them out; every other byte stays.
 *
 * @throws KeyturnError ERR_REFUSED where another key is set there (unless `force`); ERR_FILE
 * @example
 * await writeEnvFile({ file: '.env', prefix: 'STAGING_', AccessKeyId, SecretAccessKey });
 */
export async function writeEnvFile(write: EnvFilePlace & EnvFileOptions & KeyPair): Promise<void> {
  requirePlain(write);
  await updateFile(write.file, (text) => editEnvFile(text, write, write));
}

/**
 * Finds out beforehand whether {@link writeEnvFile} would succeed: everything is done but the last step.
 *
 * @throws KeyturnError as writeEnvFile does
 */
export async function checkEnvFile(place: EnvFilePlace & EnvFileOptions): Promise<void> {
  await updateFile(place.file, (text) => editEnvFile(text, place, placeholderKey), { rehearse: true });
}

/**
 * The key pair that a file sets, or undefined where there is no whole one.
 *
 * @throws KeyturnError ERR_FILE
 */
export async function readEnvFile(place: EnvFilePlace): Promise<KeyPair | undefined> {
  const { AccessKeyId, SecretAccessKey } = readHeld((await readText(place.file)) ?? '', place);
  return AccessKeyId && SecretAccessKey ? { AccessKeyId, SecretAccessKey: new Secret(SecretAccessKey) } : undefined;
}

function editEnvFile(text: string, place: EnvFilePlace & EnvFileOptions, key: KeyPair): string {
  const names = nameVariables(place);
  requireFree(readHeld(text, place), key, `${names.id} in ${place.file}`, place.force);
  const secret = key.SecretAccessKey.reveal();
  if (secret.includes("'")) {
    throw new KeyturnError('ERR_FILE', "a secret with ' in it cannot be held by a file of variables", {
      hint: 'AWS makes no such secret; use profile:NAME for this one',
    });
  }
  return editDotenv(text, { set: { [names.id]: key.AccessKeyId, [names.secret]: secret }, remove: [names.token] });
}

function readHeld(
  text: string,
  place: EnvFilePlace,
): { AccessKeyId: string | undefined; SecretAccessKey: string | undefined } {
  const names = nameVariables(place);
  const values = new Map(parseDotenv(text).map(({ name, value }) => [name, value]));
  return { AccessKeyId: values.get(names.id), SecretAccessKey: values.get(names.secret) };
}

function nameVariables({ prefix = '' }: EnvFilePlace): { id: string; secret: string; token: string } {
  return {
    id: `${prefix}AWS_ACCESS_KEY_ID`,
    secret: `${prefix}AWS_SECRET_ACCESS_KEY`,
    token: `${prefix}AWS_SESSION_TOKEN`,
  };
}
