import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { Secret } from '../../../src/secret.ts';
import { checkEnvFile, readEnvFile, writeEnvFile } from './write-profile.ts';
import { makeFolder } from './temporary-folder.ts';

const key = { AccessKeyId: 'AKIAIOSFODNN7EXAMPLE', SecretAccessKey: new Secret('new+secret/=') };

describe('writeEnvFile', () => {
  it('makes a file for the owner alone, and what it wrote is read back', async () => {
    const file = join(makeFolder(), '.env');
    await writeEnvFile({ file, ...key });
    expect(readFileSync(file, 'utf8')).toBe(
      'AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE\nAWS_SECRET_ACCESS_KEY=new+secret/=\n',
    );
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const read = await readEnvFile({ file });
    expect([read?.AccessKeyId, read?.SecretAccessKey.reveal()]).toEqual([key.AccessKeyId, 'new+secret/=']);
  });

  it('sets names behind a prefix, beside those without', async () => {
    const file = join(makeFolder(), '.env');
    writeFileSync(file, 'AWS_ACCESS_KEY_ID=AKIAOTHER\nAWS_SESSION_TOKEN=t\nSTAGING_AWS_SESSION_TOKEN=t\n');
    await writeEnvFile({ file, prefix: 'STAGING_', ...key });
    expect(readFileSync(file, 'utf8')).toBe(
      'AWS_ACCESS_KEY_ID=AKIAOTHER\nAWS_SESSION_TOKEN=t\n' +
        'STAGING_AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE\nSTAGING_AWS_SECRET_ACCESS_KEY=new+secret/=\n',
    );
    expect(await readEnvFile({ file, prefix: 'STAGING_' })).toMatchObject({ AccessKeyId: key.AccessKeyId });
    expect(await readEnvFile({ file })).toBeUndefined();
  });

  it('never replaces a key without force', async () => {
    const file = join(makeFolder(), '.env');
    const text = 'AWS_ACCESS_KEY_ID="AKIAOLDOLDOLDOLDOLD1"\nAWS_SECRET_ACCESS_KEY=old\n';
    writeFileSync(file, text);
    for (const attempt of [() => writeEnvFile({ file, ...key }), () => checkEnvFile({ file })]) {
      await expect(attempt()).rejects.toMatchObject({
        code: 'ERR_REFUSED',
        message: `AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in ${file} already holds the access key AKIAOLDOLDOLDOLDOLD1`,
      });
    }
    expect(readFileSync(file, 'utf8')).toBe(text);
    await checkEnvFile({ file, force: true });
    expect(readFileSync(file, 'utf8')).toBe(text);
    await writeEnvFile({ file, ...key, force: true });
    expect(readFileSync(file, 'utf8')).toBe(
      'AWS_ACCESS_KEY_ID="AKIAIOSFODNN7EXAMPLE"\nAWS_SECRET_ACCESS_KEY=new+secret/=\n',
    );
  });

  it('refuses a secret that quotes cannot hold, without showing it', async () => {
    const file = join(makeFolder(), '.env');
    const write = { file, AccessKeyId: key.AccessKeyId, SecretAccessKey: new Secret("a'b") };
    await expect(writeEnvFile(write)).rejects.toThrow("a secret with ' in it cannot be held by a file of variables");
    expect(existsSync(file)).toBe(false);
  });

  it('makes no folder', async () => {
    const file = join(makeFolder(), 'typo', '.env');
    await expect(checkEnvFile({ file })).rejects.toMatchObject({ code: 'ERR_FILE' });
    expect(readdirSync(dirname(dirname(file)))).toEqual([]);
  });
});
