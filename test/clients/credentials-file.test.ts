/** What `profile:` writes, read by the real clients: botocore, boto3 and the aws CLI, and the AWS SDK for JavaScript. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { fromIni } from '@aws-sdk/credential-providers';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { Secret } from '../../src/secret.ts';
import { writeProfile } from '../unit/sinks/write-profile.ts';
import { accessKeyId, iniDocument, secret } from '../unit/sinks/documents.ts';
import { awsCli, python } from './available.ts';

const readAll = `
import json, sys
import botocore.configloader
def read(path):
    try:
        section = botocore.configloader.raw_config_parse(path).get('dev', {})
    except Exception as error:
        return {'error': type(error).__name__}
    return {name: section.get(name) for name in ('aws_access_key_id', 'aws_secret_access_key', 'aws_session_token')}
print(json.dumps([read(path) for path in json.load(sys.stdin)]))
`;

const samples = 300;
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyturn-clients-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('a written profile', () => {
  it('is read back as the pair by the JavaScript SDK, whatever the file was', async () => {
    await fc.assert(
      fc.asyncProperty(iniDocument, accessKeyId, secret, async (before, AccessKeyId, value) => {
        const file = join(folder, 'sdk');
        if (!(await tryWrite(file, before, AccessKeyId, value))) return;
        const read = fromIni({
          filepath: file,
          configFilepath: join(folder, 'none'),
          profile: 'dev',
          ignoreCache: true,
        });
        expect(await read()).toMatchObject({ accessKeyId: AccessKeyId, secretAccessKey: value });
        expect(await read()).toHaveProperty('sessionToken', undefined);
      }),
      { numRuns: samples },
    );
  });

  it.skipIf(python === undefined)(
    'is read back as the pair by botocore, wherever it could read the file before',
    async () => {
      const cases = fc.sample(fc.tuple(iniDocument, accessKeyId, secret), samples);
      const written: { before: string; after: string; AccessKeyId: string; value: string }[] = [];
      for (const [index, [document, AccessKeyId, value]] of cases.entries()) {
        const [before, after] = [join(folder, `${index}-before`), join(folder, `${index}-after`)];
        writeFileSync(before, document);
        if (await tryWrite(after, document, AccessKeyId, value)) written.push({ before, after, AccessKeyId, value });
      }
      const readBefore = readWithBotocore(written.map(({ before }) => before));
      const readAfter = readWithBotocore(written.map(({ after }) => after));
      const readable = written.filter((_, index) => !('error' in (readBefore[index] ?? {})));
      expect(readable.length).toBeGreaterThan(samples / 10);
      for (const [index, { before, AccessKeyId, value }] of written.entries()) {
        if ('error' in (readBefore[index] ?? {})) continue;
        expect(readAfter[index], readFileSync(before, 'utf8')).toEqual({
          aws_access_key_id: AccessKeyId,
          aws_secret_access_key: value,
          aws_session_token: null,
        });
      }
    },
  );

  it.skipIf(awsCli === undefined)('is read back as the pair by the aws CLI', async () => {
    const file = join(folder, 'cli');
    const value = 'a+b/c=d#e;f';
    await tryWrite(file, '# mine\n[default]\nregion = eu-west-1\n', 'AKIAIOSFODNN7EXAMPLE', value);
    const env = { PATH: process.env.PATH, AWS_SHARED_CREDENTIALS_FILE: file, AWS_CONFIG_FILE: join(folder, 'none') };
    const get = (name: string): string =>
      execFileSync(awsCli ?? '', ['configure', 'get', name, '--profile', 'dev'], { env, encoding: 'utf8' }).trimEnd();
    expect([get('aws_access_key_id'), get('aws_secret_access_key')]).toEqual(['AKIAIOSFODNN7EXAMPLE', value]);
  });
});

async function tryWrite(file: string, before: string, AccessKeyId: string, value: string): Promise<boolean> {
  writeFileSync(file, before);
  const key = { AccessKeyId, SecretAccessKey: new Secret(value) };
  try {
    await writeProfile({ file, profile: 'dev', ...key, force: true });
    return true;
  } catch {
    expect(readFileSync(file, 'utf8')).toBe(before);
    return false;
  }
}

function readWithBotocore(paths: readonly string[]): Record<string, string | null>[] {
  const output = execFileSync(python?.command ?? '', ['-c', readAll], {
    input: JSON.stringify(paths),
    encoding: 'utf8',
  });
  return JSON.parse(output) as Record<string, string | null>[];
}
