import { GetParameterCommand, GetParameterHistoryCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { Secret } from '../../../src/secret.ts';
import type { Sink } from '../../../src/rotation/sink.ts';
import { openSink } from '../../../src/sinks/open-sink.ts';
import { reach, servers, type Server } from './aws-servers.ts';
import { startFakeAws } from './fake-aws.ts';
import { afresh } from './write-profile.ts';

const oldKey = { AccessKeyId: 'AKIAOLDOLDOLDOLDOLD1', SecretAccessKey: new Secret('oldSecret/1') };
const newKey = { AccessKeyId: 'AKIANEWNEWNEWNEWNEW2', SecretAccessKey: new Secret('newSecret+2') };
const thirdKey = { AccessKeyId: 'AKIATHIRDTHIRDTHIRD3', SecretAccessKey: new Secret('thirdSecret3') };
const forward = { rotation: 'r-1', replaces: oldKey.AccessKeyId, requireLease: () => undefined };
const backward = { ...forward, replaces: newKey.AccessKeyId };

function text({ AccessKeyId, SecretAccessKey }: typeof oldKey, rest = ''): string {
  return `{"AWS_ACCESS_KEY_ID":"${AccessKeyId}","AWS_SECRET_ACCESS_KEY":"${SecretAccessKey.reveal()}"${rest}}`;
}

let count = 0;

function connect(url: string) {
  const credentials = { accessKeyId: 'AKIATESTTESTTESTTEST', secretAccessKey: 'x' };
  const client = new SSMClient({ region: 'us-east-1', endpoint: url, credentials });
  const write = (Name: string, Value: string, more: object = {}) =>
    client.send(new PutParameterCommand({ Name, Value, Type: 'SecureString', ...more }));
  return {
    write,
    async create(Value: string, more: object = {}): Promise<string> {
      const Name = `/app/key-${(count += 1)}`;
      await write(Name, Value, more);
      return Name;
    },
    read: async (Name: string) =>
      (await client.send(new GetParameterHistoryCommand({ Name, WithDecryption: true }))).Parameters?.at(-1)?.Value,
    history: async (Name: string) => (await client.send(new GetParameterHistoryCommand({ Name }))).Parameters ?? [],
    readByName: async (Name: string) => (await client.send(new GetParameterCommand({ Name }))).Parameter,
  };
}

function open(url: string, spec: string, more: object = {}): Sink {
  return openSink(`ssm:${spec}`, { env: {}, home: '/', aws: reach(url), ...more });
}

describe.each(servers)('a parameter in %s', (_, start) => {
  let server: Server;
  let aws: ReturnType<typeof connect>;
  beforeAll(async () => {
    server = await start();
    aws = connect(server.url);
  });
  afterAll(() => {
    server.close();
  });

  it('moves forward and back, what else is in it and said of it as it is', async () => {
    const name = await aws.create(text(oldKey, ',"user":"app"'), { Description: 'of the app', KeyId: 'alias/app' });
    const sink = open(server.url, name);
    await sink.check(oldKey.AccessKeyId);
    await sink.deliver(newKey, forward);
    expect(await aws.read(name)).toBe(text(newKey, ',"user":"app"'));
    expect((await aws.history(name)).at(-1)).toMatchObject({
      Version: 2,
      Description: 'of the app [keyturn r-1 AKIANEWNEWNEWNEWNEW2 v2]',
      KeyId: 'alias/app',
      Tier: 'Standard',
    });
    expect((await aws.history(name))[0]).toMatchObject({ Version: 1, Labels: ['keyturn-previous'] });
    await sink.deliver(newKey, forward);
    expect(await aws.history(name)).toHaveLength(2);
    expect(await sink.restore(oldKey.AccessKeyId, backward)).toBe(true);
    expect(await sink.restore(oldKey.AccessKeyId, backward)).toBe(true);
    expect(await aws.read(name)).toBe(text(oldKey, ',"user":"app"'));
    await sink.deliver(newKey, forward);
    await sink.settle(oldKey.AccessKeyId, forward);
    await sink.settle(oldKey.AccessKeyId, forward);
    const history = await aws.history(name);
    expect(history.flatMap(({ Labels = [] }) => Labels)).toEqual([]);
    expect(history.at(-1)?.Description).toBe('of the app [keyturn r-1 AKIANEWNEWNEWNEWNEW2 v4]');
    expect((await sink.read())?.SecretAccessKey.reveal()).toBe('newSecret+2');
  });

  it('is two of them, moved forward and back', async () => {
    const [id, secret] = [await aws.create(oldKey.AccessKeyId), await aws.create('oldSecret/1')];
    const sink = open(server.url, `${id},${secret}`);
    await sink.check(oldKey.AccessKeyId);
    expect((await sink.read())?.SecretAccessKey.reveal()).toBe('oldSecret/1');
    await sink.deliver(newKey, forward);
    await sink.deliver(newKey, forward);
    expect([await aws.read(id), await aws.read(secret)]).toEqual([newKey.AccessKeyId, 'newSecret+2']);
    expect(await sink.restore(oldKey.AccessKeyId, backward)).toBe(true);
    expect(await sink.restore(oldKey.AccessKeyId, backward)).toBe(true);
    expect([await aws.read(id), await aws.read(secret)]).toEqual([oldKey.AccessKeyId, 'oldSecret/1']);
    await sink.deliver(newKey, forward);
    await sink.settle(oldKey.AccessKeyId, forward);
    expect([await aws.read(id), await aws.read(secret)]).toEqual([newKey.AccessKeyId, 'newSecret+2']);
    expect((await aws.history(secret)).flatMap(({ Labels = [] }) => Labels)).toEqual([]);
  });

  it('takes a first key, and another only with force', async () => {
    const name = await aws.create('{}');
    const pair = `${await aws.create('-')},${await aws.create('-')}`;
    for (const spec of [name, pair]) {
      expect(await open(server.url, spec).read()).toBeUndefined();
      await open(server.url, spec).check(undefined);
      await open(server.url, spec).deliver(oldKey, afresh);
      await expect(open(server.url, spec).check(undefined)).rejects.toMatchObject({ code: 'ERR_REFUSED' });
      await open(server.url, spec, { force: true }).deliver(newKey, afresh);
      expect((await open(server.url, spec).read())?.SecretAccessKey.reveal()).toBe('newSecret+2');
    }
  });

  it('is left alone where it holds a third key, lies open, or is not there', async () => {
    const name = await aws.create(text(thirdKey));
    const sink = open(server.url, name);
    for (const attempt of [() => sink.check(oldKey.AccessKeyId), () => sink.deliver(newKey, forward)]) {
      await expect(attempt()).rejects.toMatchObject({ code: 'ERR_REFUSED' });
    }
    expect(await sink.restore(oldKey.AccessKeyId, backward)).toBe(false);
    expect(await aws.history(name)).toHaveLength(1);
    const plain = await aws.create(text(oldKey), { Type: 'String' });
    await expect(open(server.url, plain).check(oldKey.AccessKeyId)).rejects.toThrow('is a String, in which');
    await expect(open(server.url, '/none').check(oldKey.AccessKeyId)).rejects.toMatchObject({
      code: 'ERR_REFUSED',
      message: 'there is no parameter /none',
    });
  });
});

describe('two parameters on a bad day', () => {
  async function prepare() {
    const fake = await startFakeAws();
    const aws = connect(fake.url);
    const [id, secret] = [await aws.create(oldKey.AccessKeyId), await aws.create('oldSecret/1')];
    const sink = open(fake.url, `${id},${secret}`);
    const breakOff = async () => {
      let puts = 0;
      fake.interfere = (action) => (action === 'PutParameter' && (puts += 1) > 1 ? 'fail' : undefined);
      await expect(sink.deliver(newKey, forward)).rejects.toMatchObject({ code: 'ERR_SERVICE' });
      fake.interfere = () => undefined;
      expect([await aws.read(id), await aws.read(secret)]).toEqual([oldKey.AccessKeyId, 'newSecret+2']);
    };
    return { fake, aws, id, secret, sink, breakOff };
  }

  it('count as holding what they held when a delivery broke off, and it is completed', async () => {
    const { fake, aws, id, secret, sink, breakOff } = await prepare();
    await breakOff();
    const held = await sink.read();
    expect([held?.AccessKeyId, held?.SecretAccessKey.reveal()]).toEqual([oldKey.AccessKeyId, 'oldSecret/1']);
    await sink.deliver(newKey, forward);
    expect([await aws.read(id), await aws.read(secret)]).toEqual([newKey.AccessKeyId, 'newSecret+2']);
    expect(await sink.restore(oldKey.AccessKeyId, backward)).toBe(true);
    expect([await aws.read(id), await aws.read(secret)]).toEqual([oldKey.AccessKeyId, 'oldSecret/1']);
    fake.close();
  });

  it('are taken back when a delivery broke off, or given another pair', async () => {
    const { fake, aws, id, secret, sink, breakOff } = await prepare();
    await breakOff();
    expect(await sink.restore(oldKey.AccessKeyId, backward)).toBe(true);
    expect([await aws.read(id), await aws.read(secret)]).toEqual([oldKey.AccessKeyId, 'oldSecret/1']);
    await breakOff();
    await sink.deliver(thirdKey, forward);
    expect([await aws.read(id), await aws.read(secret)]).toEqual([thirdKey.AccessKeyId, 'thirdSecret3']);
    const back = { ...forward, replaces: thirdKey.AccessKeyId };
    expect(await sink.restore(oldKey.AccessKeyId, back)).toBe(true);
    expect([await aws.read(id), await aws.read(secret)]).toEqual([oldKey.AccessKeyId, 'oldSecret/1']);
    fake.close();
  });

  it('are found changed when an answer got lost, and unknown when nobody can be asked', async () => {
    const { fake, aws, id, secret, sink } = await prepare();
    let puts = 0;
    fake.interfere = (action) => (action === 'PutParameter' && (puts += 1) === 2 ? 'lose' : undefined);
    await sink.deliver(newKey, forward);
    expect([await aws.read(id), await aws.read(secret)]).toEqual([newKey.AccessKeyId, 'newSecret+2']);
    let isOut = false;
    fake.interfere = (action) => ((isOut ||= action === 'PutParameter') ? 'fail' : undefined);
    await expect(sink.deliver(thirdKey, { ...backward })).rejects.toMatchObject({ code: 'ERR_UNKNOWN_OUTCOME' });
    fake.close();
  });

  it('are read as they are when somebody has written both by hand since', async () => {
    const { fake, aws, id, secret, sink } = await prepare();
    await sink.deliver(newKey, forward);
    const description = (await aws.history(secret)).at(-1)?.Description;
    await aws.write(secret, 'thirdSecret3', { Overwrite: true, Description: description });
    await aws.write(id, thirdKey.AccessKeyId, { Overwrite: true });
    const held = await sink.read();
    expect([held?.AccessKeyId, held?.SecretAccessKey.reveal()]).toEqual([thirdKey.AccessKeyId, 'thirdSecret3']);
    expect(await sink.restore(oldKey.AccessKeyId, backward)).toBe(false);
    fake.close();
  });

  it('have more versions than one page tells', async () => {
    const { fake, aws, id, secret, sink } = await prepare();
    for (let index = 0; index < 60; index++) await aws.write(secret, 'oldSecret/1', { Overwrite: true });
    await sink.deliver(newKey, forward);
    expect([await aws.read(id), (await sink.read())?.AccessKeyId]).toEqual([newKey.AccessKeyId, newKey.AccessKeyId]);
    fake.close();
  });
});
