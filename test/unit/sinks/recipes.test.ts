/** The recipes of docs/sinks.md, run with programs of these names that note what they are given. */
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { parseConfig } from '../../../src/cli/config/parse-config.ts';
import { Secret } from '../../../src/secret.ts';
import { openSink } from '../../../src/sinks/open-sink.ts';
import { makeFolder } from './temporary-folder.ts';

const page = readFileSync(join(import.meta.dirname, '..', '..', '..', 'docs', 'sinks.md'), 'utf8');
const recipes = [...page.matchAll(/```yaml\n(sinks:\n[^]*?)```/g)].map(([, text = '']) => text);

const id = 'AKIANEWNEWNEWNEWNEW2';
const secret = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
const pair = { AccessKeyId: id, SecretAccessKey: new Secret(secret) };
const forward = { rotation: 'r-1', replaces: 'AKIAOLDOLDOLDOLDOLD1', requireLease: () => undefined };

/** A program notes its arguments and its input, and answers with what is prepared for its first words. */
function makePrograms(names: readonly string[], answers: Readonly<Record<string, string>>) {
  const folder = makeFolder();
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  for (const [words, answer] of Object.entries(answers)) writeFileSync(join(folder, `answer ${words}`), answer);
  for (const name of names) {
    const script = `#!/bin/sh
printf '%s\\n' "${name} $*" >> '${folder}/arguments'
if [ ! -t 0 ]; then case "$*" in *get*|*download*) ;; *) cat > "${folder}/input $1 $2 $3" ;; esac; fi
for words in "${name} $1 $2 $3" "${name} $1 $2"; do
  if [ -e "${folder}/answer $words" ]; then cat "${folder}/answer $words"; fi
done
`;
    writeFileSync(join(bin, name), script);
    chmodSync(join(bin, name), 0o755);
  }
  const read = (file: string): string =>
    existsSync(join(folder, file)) ? readFileSync(join(folder, file), 'utf8') : '';
  return { PATH: [bin, process.env.PATH].join(delimiter), read };
}

const json = JSON.stringify({ AccessKeyId: id, SecretAccessKey: secret });
const dotenv = `AWS_ACCESS_KEY_ID=${id}\nAWS_SECRET_ACCESS_KEY=${secret}\n`;

/** By program: what it is given on its standard input, by its first words, and what it answers. */
const expectations: Record<
  string,
  { program: string; inputs: Record<string, string>; answers: Record<string, string> }
> = {
  github: { program: 'gh', inputs: { 'secret set --env-file': dotenv }, answers: {} },
  gitlab: {
    program: 'glab',
    inputs: { 'variable update AWS_ACCESS_KEY_ID': id, 'variable update AWS_SECRET_ACCESS_KEY': secret },
    answers: { 'variable get AWS_ACCESS_KEY_ID': id, 'variable get AWS_SECRET_ACCESS_KEY': secret },
  },
  kubernetes: {
    program: 'kubectl',
    inputs: { 'create secret generic': dotenv, 'apply --namespace my-app': 'the manifest' },
    answers: { 'create secret generic': 'the manifest', 'get secret aws-key': json },
  },
  vault: {
    program: 'vault',
    inputs: { 'kv patch -mount=secret': `${json}\n` },
    answers: { 'kv get -mount=secret': json },
  },
  doppler: {
    program: 'doppler',
    inputs: { 'secrets set AWS_ACCESS_KEY_ID': id, 'secrets set AWS_SECRET_ACCESS_KEY': secret },
    answers: {
      'secrets download --no-file': JSON.stringify({
        AWS_ACCESS_KEY_ID: id,
        AWS_SECRET_ACCESS_KEY: secret,
        OTHER: 'x',
      }),
    },
  },
};

describe('the recipes', () => {
  it('are those that are tested', () => {
    const names = recipes.flatMap((recipe) => Object.keys(parseConfig(recipe, 'sinks.md').sinks));
    expect(names).toEqual(Object.keys(expectations));
  });

  it.each(Object.entries(expectations))('for %s', async (name, { program, inputs, answers }) => {
    const { sinks } = parseConfig(recipes.find((recipe) => recipe.includes(`  ${name}:`)) ?? '', 'sinks.md');
    const prepared = Object.fromEntries(Object.entries(answers).map(([words, text]) => [`${program} ${words}`, text]));
    // Before the delivery nothing is there.
    const { PATH, read } = makePrograms([program], {});
    const world = { env: { PATH }, home: '/', commands: sinks };
    const sink = openSink(`command:${name}`, world);
    const blind = openSink(`command:${name}`, {
      ...world,
      commands: { [name]: { ...sinks[name], read: undefined } as never },
    });
    await blind.deliver(pair, forward);
    const given = Object.fromEntries(Object.keys(inputs).map((words) => [words, read(`input ${words}`)]));
    expect(given).toEqual({ ...inputs, ...(name === 'kubernetes' && { 'apply --namespace my-app': '' }) });
    expect(read('arguments')).not.toContain(secret);
    if (!sink.canRead) return;

    const later = makePrograms([program], prepared);
    const readable = openSink(`command:${name}`, { ...world, env: { PATH: later.PATH } });
    const held = await readable.read();
    expect([held?.AccessKeyId, held?.SecretAccessKey.reveal()]).toEqual([id, secret]);
    expect(later.read('arguments')).not.toContain(secret);
  });
});
