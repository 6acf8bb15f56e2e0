import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { describe, expect, it } from 'vitest';

import { makeFolder } from './temporary-folder.ts';

const script = join(import.meta.dirname, 'deliver-forever.ts');
const comment = '# a comment that makes it long\n'.repeat(5000);

const profiles = (sign: string): string =>
  ['dev', 'ci']
    .map(
      (name) => `[${name}]\naws_access_key_id = AKIA${sign.repeat(16)}\naws_secret_access_key = ${sign.repeat(40)}\n`,
    )
    .join('');
const variables = (sign: string): string =>
  ['', 'CI_']
    .map(
      (prefix) =>
        `${prefix}AWS_ACCESS_KEY_ID=AKIA${sign.repeat(16)}\n${prefix}AWS_SECRET_ACCESS_KEY=${sign.repeat(40)}\n`,
    )
    .join('');

describe.each([
  [
    'profile:dev',
    profiles,
    `\n[dev-keyturn-previous]\n${profiles('A').split('[ci]')[0]?.replace('[dev]\n', '') ?? ''}`,
  ],
  [
    'env-file:',
    variables,
    `# keyturn-previous AWS_ACCESS_KEY_ID=AKIA${'A'.repeat(16)} AWS_SECRET_ACCESS_KEY=${'A'.repeat(40)}\n`,
  ],
] as const)('a delivery to %s that is killed', (kind, compose, kept) => {
  it('leaves the old state or the new one, whole', async () => {
    const folder = makeFolder();
    const file = join(folder, 'keys');
    const before = compose('A') + comment;
    const after = compose('B') + comment + kept;
    const spec = kind === 'env-file:' ? `env-file:${file}` : `${kind}@${file}`;
    const seen = new Set<string>();
    for (let round = 0; round < 8; round++) {
      writeFileSync(file, before);
      const child = spawn(process.execPath, [script, spec]);
      await once(child.stdout, 'data');
      await sleep(5 + round * 9);
      child.kill('SIGKILL');
      await once(child, 'exit');
      const text = readFileSync(file, 'utf8');
      expect([before, after].includes(text), `round ${round}`).toBe(true);
      seen.add(text === before ? 'old' : 'new');
      expect(readdirSync(folder).filter((name) => !name.startsWith('keys'))).toEqual([]);
    }
    expect(seen.size).toBeGreaterThan(0);
  });
});
