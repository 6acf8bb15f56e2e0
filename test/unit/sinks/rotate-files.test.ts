/** A key that is replaced, taken back and forgotten again in files: profiles and variables. */
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { KeyPair, Sink } from '../../../src/rotation/sink.ts';
import { Secret } from '../../../src/secret.ts';
import { openSink } from '../../../src/sinks/open-sink.ts';
import { iniDocument } from './documents.ts';
import { makeFolder } from './temporary-folder.ts';

const oldKey = { AccessKeyId: 'AKIAOLDOLDOLDOLDOLD1', SecretAccessKey: new Secret('oldSecret/1') };
const newKey = { AccessKeyId: 'AKIANEWNEWNEWNEWNEW2', SecretAccessKey: new Secret('newSecret+2') };
const thirdKey = { AccessKeyId: 'AKIATHIRDTHIRDTHIRD3', SecretAccessKey: new Secret('thirdSecret3') };

const forward = delivery(oldKey.AccessKeyId);
const backward = delivery(newKey.AccessKeyId);

function delivery(replaces: string) {
  return { rotation: 'r-1', replaces, requireLease: () => undefined };
}

function open(spec: string, files: Readonly<Record<string, string>>): { sink: Sink; read: (name: string) => string } {
  const home = makeFolder();
  mkdirSync(join(home, '.aws'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(home, name), text);
  return {
    sink: openSink(spec.replace('~', home), { env: {}, home }),
    read: (name) => readFileSync(join(home, name), 'utf8'),
  };
}

function profile(name: string, { AccessKeyId, SecretAccessKey }: KeyPair): string {
  return `[${name}]\naws_access_key_id = ${AccessKeyId}\naws_secret_access_key = ${SecretAccessKey.reveal()}\n`;
}

function variables(prefix: string, { AccessKeyId, SecretAccessKey }: KeyPair): string {
  return `${prefix}AWS_ACCESS_KEY_ID=${AccessKeyId}\n${prefix}AWS_SECRET_ACCESS_KEY=${SecretAccessKey.reveal()}\n`;
}

async function idIn(sink: Sink): Promise<string | undefined> {
  return (await sink.read())?.AccessKeyId;
}

describe('a profile', () => {
  const credentials = '.aws/credentials';
  const before =
    `# mine\n${profile('deploy', oldKey)}region = eu-west-1 ; home\n\n${profile('other', thirdKey)}\n` +
    `${profile('ci', oldKey)}s3 =\n  max_concurrent_requests = 20\n`;

  it('moves with all others that hold the key, and keeps what it held aside', async () => {
    const { sink, read } = open('profile:deploy', { [credentials]: before });
    await sink.check(oldKey.AccessKeyId);
    expect(read(credentials)).toBe(before);
    await sink.deliver(newKey, forward);
    const moved = before.replaceAll(profile('deploy', oldKey), profile('deploy', newKey));
    const both = moved.replace(profile('ci', oldKey), profile('ci', newKey));
    expect(read(credentials)).toBe(`${both}\n${profile('deploy-keyturn-previous', oldKey)}`);
    expect(await idIn(sink)).toBe(newKey.AccessKeyId);
  });

  it('changes nothing the second time, whatever it is asked for', async () => {
    const { sink, read } = open('profile:deploy', { [credentials]: before });
    await sink.deliver(newKey, forward);
    const delivered = read(credentials);
    await sink.deliver(newKey, forward);
    expect(read(credentials)).toBe(delivered);
    expect(await sink.restore(oldKey.AccessKeyId, backward)).toBe(true);
    expect(read(credentials)).toBe(before);
    expect(await sink.restore(oldKey.AccessKeyId, backward)).toBe(true);
    await sink.settle(oldKey.AccessKeyId, forward);
    expect(read(credentials)).toBe(before);
    await sink.deliver(newKey, forward);
    await sink.settle(oldKey.AccessKeyId, forward);
    await sink.settle(oldKey.AccessKeyId, forward);
    expect(read(credentials)).toBe(before.replaceAll(profile('x', oldKey).slice(4), profile('x', newKey).slice(4)));
    expect(await sink.restore(oldKey.AccessKeyId, backward)).toBe(false);
    expect(await idIn(sink)).toBe(newKey.AccessKeyId);
  });

  it('moves where it is not the one that was named, also into a profile that is new', async () => {
    const { sink, read } = open('profile:fresh', { [credentials]: before });
    await sink.deliver(newKey, forward);
    expect(read(credentials)).not.toContain(profile('ci', oldKey));
    expect(read(credentials)).toContain(profile('fresh', newKey));
    expect(read(credentials)).toContain(profile('fresh-keyturn-previous', oldKey));
    await sink.settle(oldKey.AccessKeyId, forward);
    expect(read(credentials)).not.toContain(oldKey.AccessKeyId);
  });

  it('is left alone where it holds a third key', async () => {
    const { sink, read } = open('profile:other', { [credentials]: before });
    for (const attempt of [() => sink.check(oldKey.AccessKeyId), () => sink.deliver(newKey, forward)]) {
      await expect(attempt()).rejects.toMatchObject({
        code: 'ERR_REFUSED',
        message: expect.stringMatching(
          /^profile other in .*credentials holds the access key AKIATHIRDTHIRDTHIRD3, not AKIAOLDOLDOLDOLDOLD1$/,
        ) as string,
      });
    }
    expect(read(credentials)).toBe(before);
  });

  it('is not taken back over a newer key, and not delivered over one', async () => {
    const { sink, read } = open('profile:deploy', { [credentials]: profile('deploy', oldKey) });
    await sink.deliver(newKey, forward);
    await sink.deliver(thirdKey, delivery(newKey.AccessKeyId)).catch(() => undefined);
    await sink.settle(oldKey.AccessKeyId, forward);
    await sink.deliver(thirdKey, delivery(newKey.AccessKeyId));
    const text = read(credentials);
    expect(await sink.restore(oldKey.AccessKeyId, backward)).toBe(false);
    await expect(sink.deliver(newKey, forward)).rejects.toMatchObject({ code: 'ERR_REFUSED' });
    expect(read(credentials)).toBe(text);
  });

  it('does not lose what another rotation kept', async () => {
    const kept = profile('deploy-keyturn-previous', thirdKey);
    const { sink, read } = open('profile:deploy', { [credentials]: profile('deploy', oldKey) + kept });
    for (const attempt of [() => sink.check(oldKey.AccessKeyId), () => sink.deliver(newKey, forward)]) {
      await expect(attempt()).rejects.toMatchObject({
        code: 'ERR_REFUSED',
        message: expect.stringContaining('keeps a key of an earlier rotation') as string,
      });
    }
    expect(read(credentials)).toBe(profile('deploy', oldKey) + kept);
  });

  it('moves in both of the shared files', async () => {
    const config = `[default]\nregion = us-east-1\n\n${profile('profile ci', oldKey)}`;
    const { sink, read } = open('profile:deploy', { [credentials]: profile('deploy', oldKey), '.aws/config': config });
    await sink.check(oldKey.AccessKeyId);
    await sink.deliver(newKey, forward);
    expect(read('.aws/config')).toBe(
      `[default]\nregion = us-east-1\n\n${profile('profile ci', newKey)}\n` +
        profile('profile deploy-keyturn-previous', oldKey),
    );
    expect(await sink.restore(oldKey.AccessKeyId, backward)).toBe(true);
    expect([read(credentials), read('.aws/config')]).toEqual([profile('deploy', oldKey), config]);
    await sink.deliver(newKey, forward);
    await sink.settle(oldKey.AccessKeyId, forward);
    expect(read(credentials) + read('.aws/config')).not.toContain('oldSecret');
  });

  it('moves in the config file where it stands there alone, and is not doubled', async () => {
    const { sink, read } = open('profile:deploy', {
      [credentials]: '',
      '.aws/config': profile('profile deploy', oldKey),
    });
    await sink.deliver(newKey, forward);
    expect(read(credentials)).toBe('');
    expect(await idIn(sink)).toBe(newKey.AccessKeyId);
    expect(await sink.restore(oldKey.AccessKeyId, backward)).toBe(true);
  });

  it('touches no file beside its own, and makes none', async () => {
    const { sink, read } = open('profile:deploy@~/keys', { keys: before, [credentials]: before });
    await sink.deliver(newKey, forward);
    expect([await idIn(sink), read(credentials)]).toEqual([newKey.AccessKeyId, before]);
    const { sink: nothing, read: readNothing } = open('profile:deploy', {});
    expect(await nothing.restore(oldKey.AccessKeyId, backward)).toBe(false);
    await nothing.settle(oldKey.AccessKeyId, forward);
    expect(() => readNothing(credentials)).toThrow('ENOENT');
  });

  it('leaves it as it was when the right to change it has run out', async () => {
    const { sink, read } = open('profile:deploy', { [credentials]: before });
    const late = {
      ...forward,
      requireLease: () => {
        throw new Error('the lease has run out');
      },
    };
    await expect(sink.deliver(newKey, late)).rejects.toThrow('the lease has run out');
    expect(read(credentials)).toBe(before);
    await sink.deliver(newKey, forward);
    const delivered = read(credentials);
    await expect(sink.restore(oldKey.AccessKeyId, { ...late, replaces: newKey.AccessKeyId })).rejects.toThrow('lease');
    await expect(sink.settle(oldKey.AccessKeyId, late)).rejects.toThrow('lease');
    expect(read(credentials)).toBe(delivered);
  });
});

describe('variables in a file', () => {
  const before = `# app\nexport DEBUG=1\n${variables('', oldKey)}${variables('STAGING_', oldKey)}${variables('PROD_', thirdKey)}X='a\nb'`;

  it('move with those of other prefixes, and what they held is kept in a comment', async () => {
    const { sink, read } = open('env-file:~/.env', { '.env': before });
    await sink.check(oldKey.AccessKeyId);
    expect(read('.env')).toBe(before);
    await sink.deliver(newKey, forward);
    expect(read('.env')).toBe(
      `# app\nexport DEBUG=1\n${variables('', newKey)}${variables('STAGING_', newKey)}${variables('PROD_', thirdKey)}X='a\nb'\n` +
        '# keyturn-previous AWS_ACCESS_KEY_ID=AKIAOLDOLDOLDOLDOLD1 AWS_SECRET_ACCESS_KEY=oldSecret/1',
    );
    expect(await sink.restore(oldKey.AccessKeyId, backward)).toBe(true);
    expect(read('.env')).toBe(before);
    await sink.deliver(newKey, forward);
    await sink.settle(oldKey.AccessKeyId, forward);
    expect(read('.env')).toBe(
      before.replaceAll('AKIAOLDOLDOLDOLDOLD1', newKey.AccessKeyId).replaceAll('oldSecret/1', 'newSecret+2'),
    );
  });

  it('are left alone where they hold a third key', async () => {
    const { sink, read } = open('env-file:~/.env#PROD_', { '.env': before });
    await expect(sink.deliver(newKey, forward)).rejects.toMatchObject({ code: 'ERR_REFUSED' });
    expect(read('.env')).toBe(before);
  });

  it('have an SMTP password beside them, which comes and goes with the pair', async () => {
    const withPassword = (value: string): string => `SES_SMTP_PASSWORD=${value}\n`;
    const { sink, read } = open('env-file:~/.env', { '.env': variables('', oldKey) });
    const pair = { ...newKey, SmtpPassword: new Secret('smtp2') };
    await sink.deliver(pair, forward);
    expect(read('.env')).toContain(withPassword('smtp2'));
    expect(await sink.restore(oldKey.AccessKeyId, backward)).toBe(true);
    expect(read('.env')).toBe(variables('', oldKey));

    const text = variables('', oldKey) + withPassword('smtp1') + variables('A_', oldKey);
    const { sink: other, read: readOther } = open('env-file:~/.env', { '.env': text });
    await other.deliver(pair, forward);
    expect(readOther('.env')).toContain(variables('', newKey) + withPassword('smtp2') + variables('A_', newKey));
    expect(readOther('.env')).toContain(' SES_SMTP_PASSWORD=smtp1');
    expect(await other.restore(oldKey.AccessKeyId, backward)).toBe(true);
    expect(readOther('.env')).toBe(text);
  });

  it('makes a file for the owner alone', async () => {
    const { sink, read } = open('env-file:~/.env', {});
    await sink.check(oldKey.AccessKeyId);
    const file = sink.name.split(' in ')[1] ?? '';
    expect(existsSync(file)).toBe(false);
    await sink.deliver(newKey, forward);
    expect([read('.env'), statSync(file).mode & 0o777]).toEqual([variables('', newKey), 0o600]);
    expect(existsSync(dirname(file))).toBe(true);
    expect(await sink.restore(oldKey.AccessKeyId, backward)).toBe(false);
  });
});

/** Shared files in which the profile `dev` holds the old key, and often another one too. */
const shared = fc
  .tuple(iniDocument, fc.constantFrom('', profile('ops', oldKey)))
  // No other line is of `dev`: of an option that stands twice, one goes, and its comment with it.
  .map(([text, other]) => {
    const around = text.replaceAll('AKIAOLDOLDOLDOLDOLD1', '').replaceAll('dev', 'misc');
    return `${other}${profile('dev', oldKey)}[misc]\n${around}`;
  });

const dotenvLine = fc.constantFrom(
  '# note',
  'A=1',
  "B='x y'",
  'export C="a\nb"',
  '',
  'D=a#b',
  'E = 2 # two',
  'AWS_SESSION_TOKENS=x',
  'nonsense',
);
const dotenvFile = fc
  .tuple(
    fc.array(dotenvLine),
    fc.constantFrom('', variables('STAGING_', oldKey)),
    fc.array(dotenvLine),
    fc.boolean(),
    fc.constantFrom('\n', '\r\n'),
  )
  .map(([above, other, below, isEnded, end]) => {
    const text = [...above, ...(other + variables('', oldKey)).trimEnd().split('\n'), ...below].join(end);
    return isEnded ? text + end : text;
  });

describe.each([
  ['profiles', 'profile:dev@~/keys', shared],
  ['variables', 'env-file:~/keys', dotenvFile],
] as const)('whatever the file of %s', (_, spec, documents) => {
  it('comes back whole when the key is taken back, and is rid of the old one when the rotation closes', async () => {
    const { sink, read } = open(spec, { keys: '' });
    const file = sink.name.split(' in ')[1] ?? '';
    let tried = 0;
    await fc.assert(
      fc.asyncProperty(documents, async (text) => {
        writeFileSync(file, text);
        const refusal = await sink.deliver(newKey, forward).catch((error: unknown) => error);
        if (refusal !== undefined) {
          expect(read('keys')).toBe(text);
          return;
        }
        tried += 1;
        const delivered = read('keys');
        expect(await idIn(sink)).toBe(newKey.AccessKeyId);
        const restored = await sink.restore(oldKey.AccessKeyId, backward);
        if (restored) expect(withoutPairs(read('keys'))).toBe(withoutPairs(text));
        expect(restored).toBe(delivered.includes('keyturn-previous'));
        writeFileSync(file, delivered);
        await sink.settle(oldKey.AccessKeyId, forward);
        expect(read('keys')).not.toContain('oldSecret');
        expect(read('keys')).not.toContain('keyturn-previous');
        expect(await idIn(sink)).toBe(newKey.AccessKeyId);
      }),
      { numRuns: 100 },
    );
    expect(tried).toBeGreaterThan(10);
  });
});

/** The lines of a text that are not a pair's own. */
function withoutPairs(text: string): string {
  return text.replaceAll(/^.*aws_(access_key_id|secret_access_key|session_token).*(\r?\n|$)/gim, '').trimEnd();
}
