import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { findSinks, type FoundSink } from '../../../src/sinks/find-sinks.ts';
import { makeFolder } from './temporary-folder.ts';

const id = 'AKIAIOSFODNN7EXAMPLE';
const profile = (name: string, key = id): string =>
  `[${name}]\naws_access_key_id = ${key}\naws_secret_access_key = s\n`;
const variable = (name: string, key = id): string => `${name}=${key}\n`;

async function collect(sinks: AsyncIterable<FoundSink>): Promise<FoundSink[]> {
  const found: FoundSink[] = [];
  for await (const sink of sinks) found.push(sink);
  return found;
}

async function find(
  files: Readonly<Record<string, string>>,
  { env = {}, trees = [] }: { env?: Record<string, string>; trees?: string[] } = {},
): Promise<{ found: FoundSink[]; failures: unknown[]; home: string }> {
  const home = makeFolder();
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(home, name)), { recursive: true });
    writeFileSync(join(home, name), text);
  }
  const failures: unknown[] = [];
  const places = { env, home, folder: join(home, 'here'), trees: trees.map((tree) => join(home, tree)) };
  mkdirSync(places.folder, { recursive: true });
  const found = await collect(findSinks(id, places, (failure) => failures.push(failure)));
  return { found, failures, home };
}

describe('findSinks', () => {
  it('finds profiles of both files, and says how to name them', async () => {
    const { found, home } = await find({
      '.aws/credentials': profile('dev') + profile('other', 'AKIAOTHEROTHEROTHER1') + profile('dev-keyturn-previous'),
      '.aws/config': profile('profile ci') + profile('profile "a b"'),
    });
    const [credentials, config] = [join(home, '.aws/credentials'), join(home, '.aws/config')];
    expect(found).toEqual([
      { Kind: 'profile', Name: 'dev', File: credentials, Sink: 'profile:dev' },
      { Kind: 'profile', Name: '*-keyturn-previous', File: credentials },
      { Kind: 'profile', Name: 'ci', File: config, Sink: 'profile:ci' },
      { Kind: 'profile', Name: 'a b', File: config },
    ]);
  });

  it('finds variables of the folder, of no folder below, and of its environment', async () => {
    const { found, home } = await find(
      {
        'here/.env': `${variable('AWS_ACCESS_KEY_ID')}export ${variable('STAGING_AWS_ACCESS_KEY_ID')}${variable('S3_KEY', `"${id}"`)}`,
        'here/.env.local': `# keyturn-previous AWS_ACCESS_KEY_ID=${id} AWS_SECRET_ACCESS_KEY=s\n`,
        'here/a#b.env': variable('AWS_ACCESS_KEY_ID'),
        'here/below/.env': variable('AWS_ACCESS_KEY_ID'),
        'here/notes.txt': variable('AWS_ACCESS_KEY_ID'),
      },
      { env: { AWS_ACCESS_KEY_ID: id, OTHER: 'x' } },
    );
    const file = (name: string) => ({ Kind: 'env-file', File: join(home, 'here', name) });
    expect(found).toEqual([
      { ...file('.env'), Name: 'AWS_ACCESS_KEY_ID', Sink: 'env-file:~/here/.env' },
      { ...file('.env'), Name: 'STAGING_AWS_ACCESS_KEY_ID', Sink: 'env-file:~/here/.env#STAGING_' },
      { ...file('.env'), Name: 'S3_KEY' },
      { ...file('.env.local'), Name: '# keyturn-previous' },
      { ...file('a#b.env'), Name: 'AWS_ACCESS_KEY_ID', Sink: 'env-file:~/here/a#b.env#' },
      { Kind: 'environment', Name: 'AWS_ACCESS_KEY_ID' },
    ]);
  });

  it('looks through whole folders where it is told to, and at nothing twice', async () => {
    const text = variable('AWS_ACCESS_KEY_ID');
    const files = { 'here/.env': text, 'here/a/b/prod.env': text, 'here/node_modules/x/.env': text };
    const { found } = await find(files, { trees: ['here', 'here/a'] });
    expect(found.map(({ Sink }) => Sink)).toEqual(['env-file:~/here/.env', 'env-file:~/here/a/b/prod.env']);
  });

  it('goes on where something cannot be read, and tells of it', async () => {
    const { found, failures } = await find({ 'here/.env': variable('AWS_ACCESS_KEY_ID') }, { trees: ['none'] });
    expect(found).toHaveLength(1);
    expect(failures).toMatchObject([{ code: 'ERR_FILE' }]);
  });

  it('does not follow a folder that leads up again', async () => {
    const home = makeFolder();
    mkdirSync(join(home, 'a'));
    symlinkSync(home, join(home, 'a', 'up'));
    writeFileSync(join(home, 'a', '.env'), variable('AWS_ACCESS_KEY_ID'));
    chmodSync(home, 0o755);
    const places = { env: {}, home, folder: home, trees: [home] };
    const found = await collect(findSinks(id, places, () => undefined));
    expect(found).toHaveLength(1);
  });
});
