import { describe, expect, it } from 'vitest';
import { NotProvenError, proveAccessKey } from '../../../src/iam/index.ts';
import { Secret } from '../../../src/secret.ts';
import { catchFailure } from './catch-failure.ts';
import { caller, hangUp, HurriedClock, newSecret, refuse, startScriptedIam, stayAway } from './scripted-iam.ts';

const Arn = 'arn:aws:iam::123456789012:user/alice';
const key = { AccessKeyId: 'AKIARZPUZDIKBBBBBBBB', SecretAccessKey: new Secret(newSecret) };
const works = caller(Arn);
const notYet = refuse('InvalidClientTokenId', 403, 'The security token included in the request is invalid.');

describe('proveAccessKey', () => {
  it('signs with the new key until it has answered three times in a row', async () => {
    await using iam = await startScriptedIam({ GetCallerIdentity: [notYet, works, notYet, works, works, works] });
    const clock = new HurriedClock();
    const proof = await proveAccessKey(iam.connect({ clock }), key, { Arn });
    expect(proof).toEqual({ AccessKeyId: key.AccessKeyId, Arn, attempts: 6, successes: 3, elapsed: 30_000 });
    expect(clock.waits).toEqual([5000, 5000, 5000, 5000, 5000, 5000]);
    for (const { request } of iam.received) expect(request.headers.authorization).toContain(key.AccessKeyId);
  });

  it('is patient with the network, throttling and a failing service', async () => {
    await using iam = await startScriptedIam({
      GetCallerIdentity: [hangUp, refuse('Throttling', 400), refuse('ServiceUnavailable', 503), works],
    });
    const proof = await proveAccessKey(iam.connect(), key, { Arn, every: 0, firstAfter: 0 });
    expect(proof.successes).toBe(3);
  });

  it('gives up when the time is over, with the last refusal', async () => {
    await using iam = await startScriptedIam({ GetCallerIdentity: notYet });
    const error = await catchFailure(proveAccessKey(iam.connect(), key, { Arn, within: 20_000 }));
    expect(error).toBeInstanceOf(NotProvenError);
    expect(error).toMatchObject({ code: 'ERR_NOT_PROVEN', attempts: 3, elapsed: 15_000 });
    expect(error.message).toBe(`access key ${key.AccessKeyId} did not come to work within 20 seconds`);
    expect(error.cause).toMatchObject({ awsCode: 'InvalidClientTokenId' });
  });

  it('gives up at once when the key works as someone else', async () => {
    await using iam = await startScriptedIam({ GetCallerIdentity: caller('arn:aws:iam::123456789012:user/bob') });
    const error = await catchFailure(proveAccessKey(iam.connect(), key, { Arn }));
    expect(error).toMatchObject({ code: 'ERR_NOT_PROVEN', attempts: 1 });
    expect(error.message).toContain('works as arn:aws:iam::123456789012:user/bob');
  });

  it('gives up at once on a refusal that time does not change', async () => {
    await using iam = await startScriptedIam({ GetCallerIdentity: refuse('SignatureDoesNotMatch', 403, 'wrong') });
    const error = await catchFailure(proveAccessKey(iam.connect(), key, { Arn }));
    expect(error).toMatchObject({ code: 'ERR_NOT_PROVEN', attempts: 1 });
    expect(error.cause).toMatchObject({ code: 'ERR_CREDENTIALS', awsCode: 'SignatureDoesNotMatch' });
  });

  it('asks the regions in turn', async () => {
    await using iam = await startScriptedIam({ GetCallerIdentity: works });
    await proveAccessKey(iam.connect(), key, { Arn, regions: ['eu-west-1', 'us-east-2'] });
    const regions = iam.received.map(({ request }) => request.headers.authorization?.split('/')[2]);
    expect(regions).toEqual(['eu-west-1', 'us-east-2', 'eu-west-1']);
  });

  it('does not outlast its time with an endpoint that hangs', async () => {
    await using iam = await startScriptedIam({ GetCallerIdentity: stayAway });
    const settings = { Arn, firstAfter: 0, every: 0, successes: 1, within: 100 };
    const clock = { now: () => new Date(), wait: () => Promise.resolve() };
    const error = await catchFailure(proveAccessKey(iam.connect({ clock }), key, settings));
    expect(error.code).toBe('ERR_NOT_PROVEN');
  });

  it('ends with its caller, while it waits and while it asks', async () => {
    await using iam = await startScriptedIam({ GetCallerIdentity: stayAway });
    const asking = { Arn, firstAfter: 0, signal: AbortSignal.timeout(50) };
    expect(await catchFailure(proveAccessKey(iam.connect(), key, asking))).toMatchObject({ code: 'ERR_INTERRUPTED' });
    const clock = {
      now: () => new Date(),
      wait: (_: number, signal?: AbortSignal) => Promise.reject(signal?.reason as Error),
    };
    const waiting = { Arn, signal: AbortSignal.abort() };
    expect(await catchFailure(proveAccessKey(iam.connect({ clock }), key, waiting))).toMatchObject({
      code: 'ERR_INTERRUPTED',
    });
  });

  it.each([{ successes: 0 }, { successes: 1.5 }, { every: -1 }, { firstAfter: Number.NaN }, { within: 15_000 }])(
    'refuses settings that cannot be carried out: %j',
    async (settings) => {
      await using iam = await startScriptedIam({});
      const error = await catchFailure(proveAccessKey(iam.connect(), key, { Arn, ...settings }));
      expect(error.code).toBe('ERR_USAGE');
    },
  );
});
