/** Where a new key pair can go: `profile:NAME[@FILE]`, `env-file:PATH[#PREFIX]` or `terminal`. */
import { basename, resolve } from 'node:path';

import { KeyturnError } from '../errors.ts';
import { checkProfile, writeProfile, type ProfileOptions, type ProfilePlace } from './credentials-file.ts';
import { checkEnvFile, writeEnvFile, type EnvFileOptions, type EnvFilePlace } from './env-file.ts';
import type { KeyPair } from './key-pair.ts';
import { expandHome, locateSharedFiles, type Environment } from './shared-config.ts';

export type Sink =
  | { readonly kind: 'profile'; readonly profile: string; readonly file: string | undefined }
  | { readonly kind: 'env-file'; readonly file: string; readonly prefix: string }
  | { readonly kind: 'terminal' };

/** What a sink needs to know of the world it is in. */
export interface SinkContext {
  readonly env: Environment;
  readonly home: string;
  /** Replace a key that is already there. */
  readonly force?: boolean | undefined;
  /** Shows a text to the person at the terminal; absent where there is none. */
  readonly show?: ((text: string) => void) | undefined;
}

/**
 * Reads a sink as it is written on the command line. NAME ends at the first `@`; PREFIX begins behind the last `#`.
 *
 * @throws KeyturnError ERR_USAGE
 * @example
 * parseSink('profile:deploy');            // { kind: 'profile', profile: 'deploy', file: undefined }
 * parseSink('env-file:.env#STAGING_');    // { kind: 'env-file', file: '.env', prefix: 'STAGING_' }
 */
export function parseSink(text: string): Sink {
  const [, kind, , rest = ''] = /^([^:]*)(:(.*))?$/s.exec(text) ?? [];
  if (text === 'terminal') return { kind: 'terminal' };
  if (kind === 'profile') {
    const [, profile = '', , file] = /^([^@]*)(@(.*))?$/s.exec(rest) ?? [];
    if (profile !== '' && file !== '') return { kind, profile, file };
  }
  if (kind === 'env-file') {
    const [, file = '', , prefix = ''] = /^(.*?)(#([^#]*))?$/s.exec(rest) ?? [];
    if (file !== '' && /^([A-Za-z_]\w*)?$/.test(prefix)) return { kind, file, prefix };
  }
  throw new KeyturnError('ERR_USAGE', `${JSON.stringify(text)} is not a place for a key`, {
    hint: 'use profile:NAME, profile:NAME@FILE, env-file:PATH, env-file:PATH#PREFIX or terminal',
  });
}

/**
 * Names a sink to a person.
 *
 * @example
 * describeSink(parseSink('profile:deploy'), context); // 'profile deploy in /home/me/.aws/credentials'
 */
export function describeSink(sink: Sink, context: SinkContext): string {
  switch (sink.kind) {
    case 'profile':
      return `profile ${sink.profile} in ${locateProfile(sink, context).file}`;
    case 'env-file':
      return `${sink.prefix}AWS_ACCESS_KEY_ID and ${sink.prefix}AWS_SECRET_ACCESS_KEY in ${locateEnvFile(sink, context).file}`;
    case 'terminal':
      return 'this terminal';
  }
}

/**
 * Finds out, before there is a key, whether a sink would take one: writable, unoccupied, room on the disk.
 *
 * @throws KeyturnError ERR_REFUSED, ERR_FILE or ERR_USAGE, as {@link deliverKey} would
 */
export async function checkSink(sink: Sink, context: SinkContext): Promise<void> {
  switch (sink.kind) {
    case 'profile':
      return checkProfile(locateProfile(sink, context));
    case 'env-file':
      return checkEnvFile(locateEnvFile(sink, context));
    case 'terminal':
      requireTerminal(context);
  }
}

/**
 * Puts a key pair where the sink says.
 *
 * @throws KeyturnError ERR_REFUSED where another key is there (unless `force`), ERR_FILE where it cannot be written,
 * ERR_USAGE where there is no terminal
 */
export async function deliverKey(sink: Sink, key: KeyPair, context: SinkContext): Promise<void> {
  const { AccessKeyId, SecretAccessKey } = key;
  switch (sink.kind) {
    case 'profile':
      return writeProfile({ ...locateProfile(sink, context), AccessKeyId, SecretAccessKey });
    case 'env-file':
      return writeEnvFile({ ...locateEnvFile(sink, context), AccessKeyId, SecretAccessKey });
    case 'terminal':
      requireTerminal(context)(`AccessKeyId      ${AccessKeyId}\nSecretAccessKey  ${SecretAccessKey.reveal()}\n`);
  }
}

type ProfileSink = Extract<Sink, { kind: 'profile' }>;
type EnvFileSink = Extract<Sink, { kind: 'env-file' }>;

function locateProfile(
  { profile, file }: ProfileSink,
  { env, home, force }: SinkContext,
): ProfilePlace & ProfileOptions {
  const shared = locateSharedFiles(env, home);
  if (file === undefined) {
    return { profile, file: shared.credentials, configFile: shared.config, makeFolder: true, force };
  }
  const path = resolve(expandHome(file, home));
  if (path === resolve(shared.credentials)) return { profile, file: path, configFile: shared.config, force };
  // A file called config is one wherever it lies: sections of another name than `[profile NAME]` count for nothing in it.
  const isConfig = path === resolve(shared.config) || basename(path) === 'config';
  return { profile, file: path, configFile: isConfig ? path : undefined, force };
}

function locateEnvFile({ file, prefix }: EnvFileSink, { home, force }: SinkContext): EnvFilePlace & EnvFileOptions {
  return { file: resolve(expandHome(file, home)), prefix, force };
}

function requireTerminal({ show }: SinkContext): (text: string) => void {
  if (show !== undefined) return show;
  throw new KeyturnError('ERR_USAGE', 'there is no terminal to show the key on', {
    hint: 'use --to profile:NAME or --to env-file:PATH, or --show-secret to have it on standard output',
  });
}
