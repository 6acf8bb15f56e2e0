import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readLeakedKeys } from '../../../../src/cli/commands/leaked-keys.ts';
import { catchFailure } from '../../iam/catch-failure.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'keyturn-leaks-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function read(text: string): Promise<readonly string[]> {
  const file = join(folder, 'leaks');
  await writeFile(file, text);
  return readLeakedKeys(file);
}

const one = 'AKIARZPUZDIKAAAAAAAA';
const two = 'AKIARZPUZDIKAAAAAAAB';
const secret = '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';
const gitleaks = (Secret: string, Match = Secret) => ({
  RuleID: 'aws-access-token',
  Secret,
  Match,
  File: 'a.py',
  Line: one,
});
const trufflehog = (Raw: string, more = {}) => ({ DetectorName: 'AWS', DetectorType: 2, Verified: true, Raw, ...more });

it.each<[string, string, readonly string[]]>([
  ['gitleaks', JSON.stringify([gitleaks(one), gitleaks('hunter2', `id = "${two}"`), gitleaks(one)]), [one, two]],
  ['gitleaks without findings', '[]', []],
  [
    'TruffleHog by lines',
    [trufflehog(one, { RawV2: `${one}:${secret}` }), trufflehog(two)]
      .map((finding) => JSON.stringify(finding))
      .join('\n'),
    [one, two],
  ],
  ['TruffleHog with carriage returns and an end', `${JSON.stringify(trufflehog(one))}\r\n\r\n`, [one]],
  ['TruffleHog as a list', JSON.stringify([trufflehog(one, { Redacted: one })]), [one]],
  ['TruffleHog of another detector', JSON.stringify(trufflehog('ghp_abc', { RawV2: null })), []],
  ['nothing', '', []],
  [
    'sessions, old forms and longer words',
    JSON.stringify([
      gitleaks('ASIARZPUZDIKAAAAAAAA'),
      gitleaks(`x${one}`),
      gitleaks(`${one}A`),
      gitleaks('AKIA0000000000000000'),
    ]),
    [],
  ],
  ['a URL with a key in it', JSON.stringify([gitleaks('x', `https://${one}:${secret}@example.com`)]), [one]],
])('takes the access key ids out of %s', async (_, text, ids) => {
  expect(await read(text)).toEqual(ids);
});

it.each([`${one} ${secret}`, '{"half": "', '[1, 2]', '"text"', `[{"Raw":"${one}"}, "${secret}"`])(
  'refuses what is neither without showing it: %j',
  async (text) => {
    const failure = await catchFailure(read(text));
    expect(failure).toMatchObject({ code: 'ERR_USAGE' });
    expect(`${failure.message} ${failure.hint ?? ''} ${String(failure.cause)}`).not.toContain(secret);
  },
);

it('says that a file is not there', async () => {
  expect(await catchFailure(readLeakedKeys(join(folder, 'gone')))).toMatchObject({ code: 'ERR_FILE' });
});
