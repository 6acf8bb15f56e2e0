import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { Secret } from '../../../src/secret.ts';
import { checkProfile, readProfile, writeProfile } from './write-profile.ts';
import { accessKeyId, secret } from './documents.ts';
import { makeFolder } from './temporary-folder.ts';

const key = { AccessKeyId: 'AKIAIOSFODNN7EXAMPLE', SecretAccessKey: new Secret('new+secret/=') };
const held = '[dev]\naws_access_key_id = AKIAOLDOLDOLDOLDOLD1\naws_secret_access_key = old\n';
const added = 'aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = new+secret/=\n';

function makeFiles(credentials: string, config?: string): { file: string; configFile: string } {
  const folder = makeFolder();
  const files = { file: join(folder, 'credentials'), configFile: join(folder, 'config') };
  writeFileSync(files.file, credentials);
  if (config !== undefined) writeFileSync(files.configFile, config);
  return files;
}

describe('writeProfile', () => {
  it('adds a profile, and what it wrote is read back', async () => {
    const { file } = makeFiles('# my keys\n[default]\nregion = eu-west-1\n');
    await writeProfile({ file, profile: 'dev', ...key });
    expect(readFileSync(file, 'utf8')).toBe(`# my keys\n[default]\nregion = eu-west-1\n\n[dev]\n${added}`);
    const read = await readProfile({ file, profile: 'dev' });
    expect([read?.AccessKeyId, read?.SecretAccessKey.reveal()]).toEqual([key.AccessKeyId, 'new+secret/=']);
  });

  it('reads back any pair it wrote', async () => {
    const { file } = makeFiles('');
    await fc.assert(
      fc.asyncProperty(accessKeyId, secret, async (AccessKeyId, value) => {
        await writeProfile({ file, profile: 'dev', AccessKeyId, SecretAccessKey: new Secret(value), force: true });
        const read = await readProfile({ file, profile: 'dev' });
        return read?.AccessKeyId === AccessKeyId && read.SecretAccessKey.reveal() === value;
      }),
      { numRuns: 50 },
    );
  });

  it('never replaces a key without force, and shows neither secret', async () => {
    const { file } = makeFiles(held);
    const refusal = await writeProfile({ file, profile: 'dev', ...key }).catch((error: unknown) => error);
    expect(refusal).toMatchObject({
      code: 'ERR_REFUSED',
      message: `profile dev in ${file} already holds the access key AKIAOLDOLDOLDOLDOLD1`,
      hint: 'name another place, or say --force to replace it',
    });
    expect(readFileSync(file, 'utf8')).toBe(held);
    await writeProfile({ file, profile: 'dev', ...key, force: true });
    expect(readFileSync(file, 'utf8')).toBe(`[dev]\n${added}`);
  });

  it('does not show what stands in the place of an id without being one', async () => {
    const { file } = makeFiles('[dev]\naws_access_key_id = wJalrXUtnFEMI+K7MDENG/bPxRfiCYzEXAMPLEKEY\n');
    await expect(writeProfile({ file, profile: 'dev', ...key })).rejects.toThrow(
      `profile dev in ${file} already holds an access key`,
    );
  });

  it('writes the same key again, and over a place left empty', async () => {
    const { file } = makeFiles('[dev]\naws_access_key_id =\naws_secret_access_key =\n');
    await writeProfile({ file, profile: 'dev', ...key });
    await writeProfile({ file, profile: 'dev', ...key });
    expect(readFileSync(file, 'utf8')).toBe(`[dev]\n${added}`);
  });

  it.each([
    ['role_arn', '[profile dev]\nrole_arn = arn:aws:iam::123456789012:role/x\nsource_profile = base\n'],
    ['sso_session', '[profile dev]\nsso_session = corp\n'],
    ['sso_start_url', '[profile "dev"]\nsso_start_url = https://x.awsapps.com/start\n'],
    ['credential_process', '[profile dev]\ncredential_process = /bin/x\n'],
    ['aws_session_token', '[profile dev]\naws_session_token = x\n'],
  ])('refuses a profile that has %s in the config file, even with force', async (option, config) => {
    const { file, configFile } = makeFiles('', config);
    await expect(writeProfile({ file, configFile, profile: 'dev', ...key, force: true })).rejects.toMatchObject({
      code: 'ERR_REFUSED',
      message: `profile dev has ${option} in ${configFile}: a key beside it would not be used as meant`,
    });
    expect(readFileSync(file, 'utf8')).toBe('');
  });

  it('gives a key to a profile that is the source of its own role', async () => {
    const { file, configFile } = makeFiles(
      '',
      '[profile dev]\nrole_arn = arn:aws:iam::1:role/x\nsource_profile = dev\n',
    );
    await writeProfile({ file, configFile, profile: 'dev', ...key });
    expect(readFileSync(file, 'utf8')).toBe(`[dev]\n${added}`);
  });

  it('does not hide a key of the config file without force', async () => {
    const { file, configFile } = makeFiles('', held.replace('[dev]', '[profile dev]'));
    await expect(writeProfile({ file, configFile, profile: 'dev', ...key })).rejects.toThrow(
      `profile dev in ${configFile} already holds the access key AKIAOLDOLDOLDOLDOLD1`,
    );
  });

  it('writes into a config file under [profile NAME], the default under [default]', async () => {
    const { configFile } = makeFiles('', '[profile "dev"]\nregion = eu-west-1\n');
    for (const profile of ['dev', 'ops', 'default']) {
      await writeProfile({ file: configFile, configFile, profile, ...key });
      expect(await readProfile({ file: configFile, configFile, profile })).toMatchObject({
        AccessKeyId: key.AccessKeyId,
      });
    }
    expect(readFileSync(configFile, 'utf8')).toBe(
      `[profile "dev"]\n${added}region = eu-west-1\n\n[profile ops]\n${added}\n[default]\n${added}`,
    );
  });

  it('leaves a file alone in which tools would not find the key', async () => {
    const text = '[dev] text behind\nregion = x\n';
    const { file } = makeFiles(text);
    await expect(writeProfile({ file, profile: 'dev', ...key })).rejects.toMatchObject({
      code: 'ERR_FILE',
      message: `cannot write profile dev to ${file} so that all AWS tools read it`,
    });
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  it.each(['', 'a b', 'a]', 'a\nb', 'DEFAULT', '__proto__'])('refuses %j as a name', async (profile) => {
    const file = join(makeFolder(), 'credentials');
    await expect(writeProfile({ file, profile, ...key })).rejects.toMatchObject({ code: 'ERR_USAGE' });
    expect(existsSync(file)).toBe(false);
  });

  it.each(['', 'a b', 'a\nb', 'a\0', 'ä'])('refuses %j as a secret, without showing it', async (value) => {
    const file = join(makeFolder(), 'credentials');
    const write = { file, profile: 'dev', AccessKeyId: key.AccessKeyId, SecretAccessKey: new Secret(value) };
    await expect(writeProfile(write)).rejects.toMatchObject({
      code: 'ERR_FILE',
      message: 'the key has characters that a file of keys cannot hold',
    });
    expect(existsSync(file)).toBe(false);
  });

  it('lets writers of several profiles at once all have their way', async () => {
    const { file } = makeFiles('# mine\n');
    const profiles = ['a', 'b', 'c', 'd', 'e', 'f'];
    await Promise.all(profiles.map((profile) => writeProfile({ file, profile, ...key })));
    for (const profile of profiles) expect(await readProfile({ file, profile })).toBeDefined();
  });
});

describe('checkProfile', () => {
  it('says beforehand what writing would say, and changes nothing', async () => {
    const { file } = makeFiles(held);
    await expect(checkProfile({ file, profile: 'dev' })).rejects.toMatchObject({ code: 'ERR_REFUSED' });
    await checkProfile({ file, profile: 'dev', force: true });
    await checkProfile({ file, profile: 'ops' });
    await expect(checkProfile({ file, profile: 'a b' })).rejects.toMatchObject({ code: 'ERR_USAGE' });
    expect(readFileSync(file, 'utf8')).toBe(held);
  });
});

describe('readProfile', () => {
  it('has nothing where there is no whole pair, and cuts comments off', async () => {
    const { file } = makeFiles(
      '[half]\naws_access_key_id = A\n[whole]\naws_access_key_id = A ; x\naws_secret_access_key = s#;\n',
    );
    expect(await readProfile({ file, profile: 'half' })).toBeUndefined();
    expect(await readProfile({ file, profile: 'none' })).toBeUndefined();
    expect(await readProfile({ file: `${file}-none`, profile: 'whole' })).toBeUndefined();
    const whole = await readProfile({ file, profile: 'whole' });
    expect([whole?.AccessKeyId, whole?.SecretAccessKey.reveal()]).toEqual(['A', 's#;']);
  });
});
