/** Where on this machine an access key is held: profiles, dotenv files, variables. Secrets are not looked at. */
import { readdir } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';

import { parseDotenv } from './dotenv-document.ts';
import { composeDotenvText } from './dotenv-text.ts';
import { describeFileFailure } from './file-failure.ts';
import { composeProfileText, keptSuffix } from './profile-text.ts';
import { locateSharedFiles, type Environment } from './shared-config.ts';
import { readText } from './text-file.ts';

export interface FoundSink {
  readonly Kind: 'profile' | 'env-file' | 'environment';
  /** Of the profile, or of the variable. */
  readonly Name: string;
  readonly File?: string;
  /** What to say after `--to`; absent where no rotation would move it. */
  readonly Sink?: string;
}

export interface SearchPlaces {
  readonly env: Environment;
  readonly home: string;
  /** Looked through for dotenv files, without what lies below. */
  readonly folder: string;
  /** Looked through with all that lies below. */
  readonly trees: readonly string[];
}

/** Files that hold variables, by the custom of those who read them. */
const dotenvName = /^(\.env(\..+)?|.+\.env|\.envrc)$/;
/** What is in them is not one's own, and is a lot. */
const foreignFolders = ['node_modules', '.git', '.hg', '.svn', '.venv', '__pycache__'];

/**
 * Looks for a key.
 *
 * @param report is told of each file or folder that cannot be read; the search goes on
 */
export async function* findSinks(
  AccessKeyId: string,
  { env, home, folder, trees }: SearchPlaces,
  report: (failure: unknown) => void,
): AsyncGenerator<FoundSink> {
  const read = async (path: string): Promise<string> => {
    try {
      return (await readText(path)) ?? '';
    } catch (error) {
      report(error);
      return '';
    }
  };
  const shared = locateSharedFiles(env, home);
  for (const [file, inConfig] of [
    [shared.credentials, false],
    [shared.config, true],
  ] as const) {
    yield* findProfiles(await read(file), { AccessKeyId, file: resolve(file), inConfig });
  }
  const seen = new Set<string>();
  for (const [root, isDeep] of [[folder, false], ...trees.map((tree) => [tree, true] as const)] as const) {
    for await (const file of listDotenvFiles(resolve(root), isDeep, report)) {
      if (!seen.has(file)) yield* findVariables(await read(file), { AccessKeyId, file, home });
      seen.add(file);
    }
  }
  for (const Name of Object.keys(env).sort()) {
    if (env[Name] === AccessKeyId) yield { Kind: 'environment', Name };
  }
}

function findProfiles(
  text: string,
  { AccessKeyId, file, inConfig }: { AccessKeyId: string; file: string; inConfig: boolean },
): FoundSink[] {
  const form = composeProfileText(file, inConfig);
  const profiles = form.readSlots(text).filter((held) => held.AccessKeyId === AccessKeyId);
  const kept = form.readKept(text).filter((pair) => pair.AccessKeyId === AccessKeyId);
  return [
    ...profiles.map(({ slot }): FoundSink => {
      const isNameable = /^[^\s@[\]]+$/.test(slot) && slot !== 'DEFAULT';
      return { Kind: 'profile', Name: slot, File: file, ...(isNameable && { Sink: `profile:${slot}` }) };
    }),
    ...kept.map((): FoundSink => ({ Kind: 'profile', Name: `*${keptSuffix}`, File: file })),
  ];
}

function findVariables(
  text: string,
  { AccessKeyId, file, home }: { AccessKeyId: string; file: string; home: string },
): FoundSink[] {
  const variables = parseDotenv(text).filter(({ value }) => value === AccessKeyId);
  const kept = composeDotenvText(file)
    .readKept(text)
    .filter((pair) => pair.AccessKeyId === AccessKeyId);
  const path = file.startsWith(home + sep) ? `~${file.slice(home.length)}` : file;
  return [
    ...[...new Set(variables.map(({ name }) => name))].map((name): FoundSink => {
      const prefix = /^(\w*)AWS_ACCESS_KEY_ID$/.exec(name)?.[1];
      const end = prefix === '' && !path.includes('#') ? '' : `#${prefix}`;
      return {
        Kind: 'env-file',
        Name: name,
        File: file,
        ...(prefix !== undefined && { Sink: `env-file:${path}${end}` }),
      };
    }),
    ...kept.map((): FoundSink => ({ Kind: 'env-file', Name: '# keyturn-previous', File: file })),
  ];
}

async function* listDotenvFiles(
  folder: string,
  isDeep: boolean,
  report: (failure: unknown) => void,
): AsyncGenerator<string> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    report(describeFileFailure(error, 'read', folder));
    return [];
  });
  for (const entry of entries.sort((one, other) => (one.name < other.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (!entry.isDirectory() && dotenvName.test(entry.name)) yield path;
    // A link to a folder is not followed: it may lead up again.
    if (entry.isDirectory() && isDeep && !foreignFolders.includes(entry.name)) {
      yield* listDotenvFiles(path, isDeep, report);
    }
  }
}
