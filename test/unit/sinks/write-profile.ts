/** Profiles and dotenv files in one call, for tests that are about files. */
import type { KeyPair, Sink } from '../../../src/rotation/sink.ts';
import { openEnvFileSink } from '../../../src/sinks/env-file-sink.ts';
import { openProfileSink } from '../../../src/sinks/profile-sink.ts';

export interface ProfilePlace {
  readonly file: string;
  readonly profile: string;
  /** The config file that belongs to it; the file itself where it is one. */
  readonly configFile?: string;
  readonly force?: boolean;
}

export interface EnvFilePlace {
  readonly file: string;
  readonly prefix?: string;
  readonly force?: boolean;
}

export const afresh = { replaces: undefined, requireLease: () => undefined };

export function openProfile({ file, profile, configFile, force }: ProfilePlace): Sink {
  const isShared = configFile !== undefined && configFile !== file;
  const env = {
    AWS_SHARED_CREDENTIALS_FILE: isShared ? file : '/none/credentials',
    AWS_CONFIG_FILE: configFile ?? '/none/config',
  };
  return openProfileSink({ spec: 'profile:x', profile, file }, { env, home: '/none', force });
}

export async function writeProfile({ AccessKeyId, SecretAccessKey, ...place }: ProfilePlace & KeyPair): Promise<void> {
  await openProfile(place).deliver({ AccessKeyId, SecretAccessKey }, afresh);
}

export async function checkProfile(place: ProfilePlace): Promise<void> {
  await openProfile(place).check(undefined);
}

export async function readProfile(place: ProfilePlace): Promise<KeyPair | undefined> {
  return openProfile(place).read();
}

export function openEnvFile({ file, prefix = '', force }: EnvFilePlace): Sink {
  return openEnvFileSink({ spec: 'env-file:x', file, prefix }, { env: {}, home: '/none', force });
}

export async function writeEnvFile({ AccessKeyId, SecretAccessKey, ...place }: EnvFilePlace & KeyPair): Promise<void> {
  await openEnvFile(place).deliver({ AccessKeyId, SecretAccessKey }, afresh);
}

export async function checkEnvFile(place: EnvFilePlace): Promise<void> {
  await openEnvFile(place).check(undefined);
}

export async function readEnvFile(place: EnvFilePlace): Promise<KeyPair | undefined> {
  return openEnvFile(place).read();
}
