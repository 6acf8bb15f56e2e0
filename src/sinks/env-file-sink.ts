/** The sink `env-file:PATH[#PREFIX]`: a key pair as variables in a dotenv file, their names behind the prefix. */
import { resolve } from 'node:path';

import type { Sink } from '../rotation/sink.ts';
import { composeDotenvText } from './dotenv-text.ts';
import { composeFileSink } from './file-sink.ts';
import type { FileWorld } from './profile-sink.ts';
import { expandHome } from './shared-config.ts';

export interface EnvFileSpec {
  readonly spec: string;
  readonly file: string;
  /** Stands before the names: `STAGING_` gives STAGING_AWS_ACCESS_KEY_ID and STAGING_AWS_SECRET_ACCESS_KEY. */
  readonly prefix: string;
}

export function openEnvFileSink({ spec, file, prefix }: EnvFileSpec, { home, force }: FileWorld): Sink {
  const path = resolve(expandHome(file, home));
  return composeFileSink({
    spec,
    nameIn: (each) => `${prefix}AWS_ACCESS_KEY_ID and ${prefix}AWS_SECRET_ACCESS_KEY in ${each}`,
    slot: prefix,
    files: [{ path, form: composeDotenvText(path) }],
    force,
  });
}
