import { describe, expect, it } from 'vitest';
import { activateAccessKey, deactivateAccessKey, deleteAccessKey } from '../../../src/iam/index.ts';
import { catchFailure } from './catch-failure.ts';
import { answer, caller, hangUp, refuse, secretAccessKey, sessionToken, startScriptedIam } from './scripted-iam.ts';

const AccessKeyId = 'AKIARZPUZDIKBBBBBBBB';
const done = answer('');
const missing = refuse('NoSuchEntity', 404, `The Access Key with id ${AccessKeyId} cannot be found.`);

describe('activateAccessKey and deactivateAccessKey', () => {
  it('set the status, say so, and name the user only where one was named', async () => {
    await using iam = await startScriptedIam({ UpdateAccessKey: done });
    const lines: string[] = [];
    const aws = iam.connect({ logger: { info: (line) => lines.push(line) } });
    await deactivateAccessKey(aws, { AccessKeyId, UserName: 'alice' });
    await activateAccessKey(aws, { AccessKeyId });
    expect(iam.received.map(({ parameters }) => [parameters.get('Status'), parameters.get('UserName')])).toEqual([
      ['Inactive', 'alice'],
      ['Active', null],
    ]);
    expect(lines).toEqual([
      `deactivated access key ${AccessKeyId} of alice`,
      `activated access key ${AccessKeyId} of the caller's own user`,
    ]);
  });

  it('say what could not be done, and why', async () => {
    await using iam = await startScriptedIam({ UpdateAccessKey: missing });
    const lines: string[] = [];
    const aws = iam.connect({ logger: { error: (line) => lines.push(line) } });
    const error = await catchFailure(activateAccessKey(aws, { AccessKeyId, UserName: 'alice' }));
    expect(error).toMatchObject({ code: 'ERR_NO_SUCH_ENTITY', status: 404 });
    expect(lines).toEqual([
      `could not activate access key ${AccessKeyId} of alice: The Access Key with id ${AccessKeyId} cannot be found.`,
    ]);
  });

  it("leave root's own keys without a user name, also in a session of root", async () => {
    await using iam = await startScriptedIam({
      UpdateAccessKey: done,
      GetCallerIdentity: caller('arn:aws:iam::123456789012:root'),
    });
    const credentials = { accessKeyId: 'ASIARZPUZDIKAAAAAAAA', secretAccessKey, sessionToken };
    await deactivateAccessKey(iam.connect({ credentials }), { AccessKeyId });
    expect(iam.received[1]?.parameters.has('UserName')).toBe(false);
  });
});

describe('deleteAccessKey', () => {
  it('deletes and says so', async () => {
    await using iam = await startScriptedIam({ DeleteAccessKey: done });
    const lines: string[] = [];
    const aws = iam.connect({ logger: { info: (line) => lines.push(line) } });
    await deleteAccessKey(aws, { AccessKeyId, UserName: 'alice' });
    expect(lines).toEqual([`deleted access key ${AccessKeyId} of alice`]);
    expect(iam.actions).toEqual(['DeleteAccessKey']);
  });

  it('tries again after a lost answer, and takes "no such key" for done', async () => {
    await using iam = await startScriptedIam({ DeleteAccessKey: [hangUp, missing] });
    await expect(deleteAccessKey(iam.connect(), { AccessKeyId, UserName: 'alice' })).resolves.toBeUndefined();
  });

  it('does not take "no such key" for done where nothing was lost, be it throttled before', async () => {
    await using iam = await startScriptedIam({ DeleteAccessKey: [refuse('Throttling', 400), missing] });
    const error = await catchFailure(deleteAccessKey(iam.connect(), { AccessKeyId, UserName: 'alice' }));
    expect(error.code).toBe('ERR_NO_SUCH_ENTITY');
  });

  it('gives up as the SDK does when all answers are lost', async () => {
    await using iam = await startScriptedIam({ DeleteAccessKey: refuse('ServiceFailure', 500) });
    const error = await catchFailure(
      deleteAccessKey(iam.connect({ maxAttempts: 2 }), { AccessKeyId, UserName: 'alice' }),
    );
    expect(error).toMatchObject({ code: 'ERR_SERVICE', status: 500 });
    expect(iam.actions).toHaveLength(2);
  });

  it('stops between attempts when its caller does', async () => {
    const stop = new AbortController();
    await using iam = await startScriptedIam({
      DeleteAccessKey: (response, received) => {
        stop.abort();
        hangUp(response, received);
      },
    });
    const error = await catchFailure(
      deleteAccessKey(iam.connect(), { AccessKeyId, UserName: 'alice', signal: stop.signal }),
    );
    expect(error.code).toBe('ERR_INTERRUPTED');
    expect(iam.actions).toHaveLength(1);
  });
});
