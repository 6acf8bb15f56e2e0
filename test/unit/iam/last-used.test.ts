import { describe, expect, it } from 'vitest';
import { addLastUsed, getAccessKeyLastUsed } from '../../../src/iam/index.ts';
import { catchFailure } from './catch-failure.ts';
import { answer, HurriedClock, refuse, startScriptedIam } from './scripted-iam.ts';
import type { Reply } from './scripted-iam.ts';

const AccessKeyId = 'AKIARZPUZDIKBBBBBBBB';
const ids = Array.from({ length: 12 }, (_, index) => ({
  AccessKeyId: `AKIARZPUZDIK${String(index).padStart(8, 'A')}`,
}));

function use(parts: string): Reply {
  return answer(`<UserName>alice</UserName><AccessKeyLastUsed>${parts}</AccessKeyLastUsed>`);
}

const date = '<LastUsedDate>2026-11-01T10:00:00Z</LastUsedDate>';
const notAvailable = '<ServiceName>N/A</ServiceName><Region>N/A</Region>';
const LastUsedDate = new Date('2026-11-01T10:00:00Z');

describe('getAccessKeyLastUsed', () => {
  it.each([
    [
      'used',
      `${date}<ServiceName>s3</ServiceName><Region>eu-west-1</Region>`,
      { Kind: 'used', LastUsedDate, Region: 'eu-west-1', ServiceName: 's3' },
    ],
    ['used somewhere', `${date}${notAvailable}`, { Kind: 'used', LastUsedDate, Region: 'N/A', ServiceName: 'N/A' }],
    ['never', notAvailable, { Kind: 'never' }],
    ['a region and no date', '<ServiceName>s3</ServiceName><Region>eu-west-1</Region>', { Kind: 'unknown' }],
    ['nothing', '', { Kind: 'unknown' }],
  ])('reads %s', async (_what, parts, LastUsed) => {
    await using iam = await startScriptedIam({ GetAccessKeyLastUsed: use(parts) });
    const answered = await getAccessKeyLastUsed(iam.connect(), { AccessKeyId });
    expect(answered).toMatchObject({ UserName: 'alice', LastUsed });
  });

  it('takes no answer about use for unknown', async () => {
    await using iam = await startScriptedIam({ GetAccessKeyLastUsed: answer('<UserName>alice</UserName>') });
    const { LastUsed } = await getAccessKeyLastUsed(iam.connect(), { AccessKeyId });
    expect(LastUsed.Kind).toBe('unknown');
  });

  it('explains that a denied key may not exist', async () => {
    const words = `User: arn:aws:iam::123456789012:user/admin is not authorized to perform iam:GetAccessKeyLastUsed on resource: access key ${AccessKeyId}`;
    await using iam = await startScriptedIam({ GetAccessKeyLastUsed: refuse('AccessDenied', 403, words) });
    const own = await catchFailure(getAccessKeyLastUsed(iam.connect(), { AccessKeyId }));
    expect(own).toMatchObject({
      code: 'ERR_ACCESS_DENIED',
      awsCode: 'AccessDenied',
      status: 403,
      requestId: 'request-1',
    });
    expect(own.hint).toContain('may not exist in this account');
    const foreign = await catchFailure(getAccessKeyLastUsed(iam.connect(), { AccessKeyId: 'AKIAQYLPMN5HHHFPZAM2' }));
    expect(foreign.hint).toBe('the key belongs to account 052310077262, and these credentials to 123456789012');
  });

  it('logs what it found and what it could not find', async () => {
    await using iam = await startScriptedIam({
      GetAccessKeyLastUsed: [use(notAvailable), refuse('AccessDenied', 403, 'not allowed')],
    });
    const lines: string[] = [];
    const log = (line: string) => lines.push(line);
    const aws = iam.connect({ logger: { info: log, error: log } });
    await getAccessKeyLastUsed(aws, { AccessKeyId });
    await catchFailure(getAccessKeyLastUsed(aws, { AccessKeyId }));
    expect(lines).toEqual([
      `access key ${AccessKeyId} of alice: never used`,
      `could not get the last use of access key ${AccessKeyId}: not allowed`,
    ]);
  });
});

describe('addLastUsed', () => {
  it('keeps the order and what the keys had, five lookups at a time', async () => {
    let underWay = 0;
    let most = 0;
    const reply: Reply = (response, received) => {
      underWay += 1;
      most = Math.max(most, underWay);
      setTimeout(() => {
        underWay -= 1;
        use(notAvailable)(response, received);
      }, 20 / underWay);
    };
    await using iam = await startScriptedIam({ GetAccessKeyLastUsed: reply });
    const keys = [];
    for await (const key of addLastUsed(iam.connect(), ids)) keys.push(key);
    expect(keys).toEqual(ids.map((key) => ({ ...key, LastUsed: { Kind: 'never' } })));
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThanOrEqual(5);
  });

  it('makes a failed lookup unknown, and never "never"', async () => {
    for (const reply of [refuse('AccessDenied', 403, 'why'), refuse('ServiceFailure', 500, 'why')]) {
      await using iam = await startScriptedIam({ GetAccessKeyLastUsed: reply });
      const { value } = await addLastUsed(iam.connect({ maxAttempts: 1 }), [{ AccessKeyId }]).next();
      expect(value).toEqual({ AccessKeyId, LastUsed: { Kind: 'unknown', Reason: 'why' } });
    }
  });

  it('waits where IAM is asked too often', async () => {
    const throttled = refuse('Throttling', 400, 'Rate exceeded');
    await using iam = await startScriptedIam({ GetAccessKeyLastUsed: [throttled, throttled, use(notAvailable)] });
    const clock = new HurriedClock();
    const { value } = await addLastUsed(iam.connect({ clock, maxAttempts: 1 }), [{ AccessKeyId }]).next();
    expect(value).toMatchObject({ LastUsed: { Kind: 'never' } });
    expect(clock.waits).toEqual([500, 1000]);
  });

  it('ends with its caller', async () => {
    const stop = new AbortController();
    const reply: Reply = () => {
      stop.abort();
    };
    await using iam = await startScriptedIam({ GetAccessKeyLastUsed: reply });
    const error = await catchFailure(addLastUsed(iam.connect(), ids, { signal: stop.signal }).next());
    expect(error.code).toBe('ERR_INTERRUPTED');
  });
});
