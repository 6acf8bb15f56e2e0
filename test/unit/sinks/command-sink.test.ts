import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { describe, expect, it } from 'vitest';

import { Secret } from '../../../src/secret.ts';
import type { Sink } from '../../../src/rotation/sink.ts';
import type { CommandPlace } from '../../../src/sinks/command-sink.ts';
import { openSink } from '../../../src/sinks/open-sink.ts';
import { scrubText } from '../../../src/sinks/scrub.ts';
import { makeFolder } from './temporary-folder.ts';

const oldKey = { AccessKeyId: 'AKIAOLDOLDOLDOLDOLD1', SecretAccessKey: new Secret('oldSecret/1') };
const newKey = { AccessKeyId: 'AKIANEWNEWNEWNEWNEW2', SecretAccessKey: new Secret('newSecret+2') };
const forward = { rotation: 'r-1', replaces: oldKey.AccessKeyId, requireLease: () => undefined };
const backward = { ...forward, replaces: newKey.AccessKeyId };

function open(place: Partial<CommandPlace> & Pick<CommandPlace, 'deliver'>, more: object = {}): Sink {
  const commands = { app: { input: 'json' as const, timeout: 10_000, env: {}, ...place } };
  return openSink('command:app', { env: { PATH: process.env.PATH }, home: '/', commands, ...more });
}

async function fail(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => undefined,
    (error: unknown) => error,
  );
}

describe('a command', () => {
  it('is given the pair on its standard input, or in variables, and never in an argument', async () => {
    const out = join(makeFolder(), 'out');
    const record = `{ cat; env | grep KEYTURN | sort; tr '\\0' ' ' < /proc/$$/cmdline; } > ${out}`;
    const ids =
      'KEYTURN_ACCESS_KEY_ID=AKIANEWNEWNEWNEWNEW2\nKEYTURN_REPLACES=AKIAOLDOLDOLDOLDOLD1\nKEYTURN_ROTATION=r-1\n';
    const pair = { ...newKey, SmtpPassword: new Secret('smtp') };

    await open({ deliver: record }).deliver(newKey, forward);
    const json = '{"AccessKeyId":"AKIANEWNEWNEWNEWNEW2","SecretAccessKey":"newSecret+2"';
    expect(readFileSync(out, 'utf8')).toMatch(`${json}}\n${ids}`);
    expect(readFileSync(out, 'utf8').split(ids)[1]).not.toContain('newSecret');
    await open({ deliver: record }).deliver(pair, forward);
    expect(readFileSync(out, 'utf8')).toMatch(`${json},"SmtpPassword":"smtp"}\n${ids}`);

    await open({ deliver: record, input: 'dotenv' }).deliver(pair, forward);
    expect(readFileSync(out, 'utf8')).toMatch(
      `AWS_ACCESS_KEY_ID=AKIANEWNEWNEWNEWNEW2\nAWS_SECRET_ACCESS_KEY=newSecret+2\nSES_SMTP_PASSWORD=smtp\n${ids}`,
    );

    await open({ deliver: record, input: 'variables', env: { KEYTURN_X: 'y' } }).deliver(pair, forward);
    expect(readFileSync(out, 'utf8')).toMatch(
      `${ids}KEYTURN_SECRET_ACCESS_KEY=newSecret+2\nKEYTURN_SMTP_PASSWORD=smtp\nKEYTURN_X=y\n`,
    );
  });

  it('is run without a shell where it is a list', async () => {
    const out = join(makeFolder(), 'out');
    await open({ deliver: ['tee', `${out}; x`, `${out}-2`] }).deliver(newKey, forward);
    expect(readFileSync(`${out}-2`, 'utf8')).toContain('newSecret+2');
  });

  it('is read before it is run, and after', async () => {
    const file = join(makeFolder(), 'pair');
    writeFileSync(
      file,
      JSON.stringify({ AWS_ACCESS_KEY_ID: 'AKIAOLDOLDOLDOLDOLD1', AWS_SECRET_ACCESS_KEY: 'x', other: 1 }),
    );
    const runs = `${file}-runs`;
    const sink = open({ deliver: `cat > ${file}; echo x >> ${runs}`, read: `cat ${file}` });
    expect([sink.canRead, (await sink.read())?.AccessKeyId]).toEqual([true, oldKey.AccessKeyId]);
    await sink.check(oldKey.AccessKeyId);
    await sink.deliver(newKey, forward);
    await sink.deliver(newKey, forward);
    expect(readFileSync(runs, 'utf8')).toBe('x\n');
    expect((await sink.read())?.SecretAccessKey.reveal()).toBe('newSecret+2');
    expect(await sink.restore(newKey.AccessKeyId, forward)).toBe(true);
    expect(await sink.restore(oldKey.AccessKeyId, backward)).toBe(false);
    await expect(sink.check('AKIAOTHER')).rejects.toMatchObject({ code: 'ERR_REFUSED' });
    await expect(sink.deliver(oldKey, forward)).rejects.toMatchObject({ code: 'ERR_REFUSED' });
    writeFileSync(file, ' ');
    expect(await sink.read()).toBeUndefined();
    await expect(open({ deliver: 'true', read: `cat ${file}` }).deliver(newKey, forward)).rejects.toMatchObject({
      code: 'ERR_SINK',
      message: 'command:app does not hold AKIANEWNEWNEWNEWNEW2 after it was delivered',
    });
  });

  it('that cannot be read is blind', async () => {
    const sink = open({ deliver: 'true' });
    expect([sink.canRead, await sink.read(), await sink.restore('AKIA', forward)]).toEqual([false, undefined, false]);
    await sink.check(oldKey.AccessKeyId);
    await sink.settle(oldKey.AccessKeyId, forward);
  });

  it('that fails says why, without the secret', async () => {
    const failure = await fail(
      open({ deliver: 'echo first >&2; cat >&2; exit 3', input: 'dotenv' }).deliver(newKey, forward),
    );
    expect(failure).toMatchObject({
      code: 'ERR_SINK',
      message: 'the deliver command of command:app failed, exit code 3: AWS_SECRET_ACCESS_KEY=***',
    });
    expect(await fail(open({ deliver: ['/none/here'] }).deliver(newKey, forward))).toMatchObject({
      code: 'ERR_SINK',
      message: 'the deliver command of command:app could not be run, spawn /none/here ENOENT',
    });
    const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
    for (const read of [`echo '${secret}'`, `echo '${secret}' >&2; false`]) {
      const unread = await fail(open({ deliver: 'true', read }).read());
      expect(unread).toMatchObject({ code: 'ERR_SINK' });
      expect(String(unread)).not.toContain(secret);
    }
  });

  it('is ended with all that it has begun when it takes too long', async () => {
    const mark = join(makeFolder(), 'mark');
    const deliver = `trap '' TERM; (sleep 4; touch ${mark}) & sleep 4; touch ${mark}`;
    const begun = performance.now();
    expect(await fail(open({ deliver, timeout: 300 }).deliver(newKey, forward))).toMatchObject({
      code: 'ERR_UNKNOWN_OUTCOME',
      message: 'what the deliver command of command:app has done is not known: it took longer than 0.3 seconds',
    });
    expect(performance.now() - begun).toBeLessThan(3500);
    await sleep(2500);
    expect(existsSync(mark)).toBe(false);
  });

  it('is ended when it is interrupted, and not begun after that', async () => {
    const folder = makeFolder();
    const abort = new AbortController();
    const delivery = { ...forward, signal: abort.signal };
    setTimeout(() => {
      abort.abort();
    }, 300);
    const sink = open({ deliver: `sleep 5; touch ${folder}/mark` });
    expect(await fail(sink.deliver(newKey, delivery))).toMatchObject({
      code: 'ERR_UNKNOWN_OUTCOME',
      message: 'what the deliver command of command:app has done is not known: it was interrupted',
    });
    expect(await fail(sink.deliver(newKey, delivery))).toMatchObject({ code: 'ERR_INTERRUPTED' });
    expect(existsSync(join(folder, 'mark'))).toBe(false);
  });

  it('may say a lot, not read its input, and leave something running', async () => {
    const sink = open({ deliver: 'head -c 3000000 /dev/zero; sleep 30 & exec 0<&-; exit 0' });
    const begun = performance.now();
    await sink.deliver(newKey, forward);
    expect(performance.now() - begun).toBeLessThan(5000);
  });

  it('is not run when the right to it has run out', async () => {
    const mark = join(makeFolder(), 'mark');
    const requireLease = () => {
      throw new Error('the lease has run out');
    };
    await expect(open({ deliver: `touch ${mark}` }).deliver(newKey, { ...forward, requireLease })).rejects.toThrow(
      'lease',
    );
    expect(existsSync(mark)).toBe(false);
  });

  it('has to stand in keyturn.yaml', () => {
    const world = { env: {}, home: '/' };
    expect(() => openSink('command:app', world)).toThrow('there is no sink called app in keyturn.yaml');
    expect(() => openSink('command:constructor', { ...world, commands: {} })).toThrow('there is no sink called');
  });
});

describe('scrubText', () => {
  it('takes a secret out in the forms that programs show it in', () => {
    const secret = new Secret('a+b/c');
    const shown = ['a+b/c', 'YStiL2M=', 'YStiL2M', 'a%2Bb%2Fc', 'a+b\\/c'];
    expect(scrubText(shown.join(' '), [secret, undefined])).toBe('*** *** *** *** ***');
    expect(scrubText('key wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY!')).toBe('key ***!');
    expect(scrubText('nothing here')).toBe('nothing here');
  });
});
