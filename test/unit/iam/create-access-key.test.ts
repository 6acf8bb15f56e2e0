import { describe, expect, it } from 'vitest';
import { AwsError } from '../../../src/errors.ts';
import { createAccessKey, QuotaError, UnknownOutcomeError } from '../../../src/iam/index.ts';
import { catchFailure, catchOne } from './catch-failure.ts';
import {
  accessKeyId,
  answer,
  caller,
  created,
  hangUp,
  HurriedClock,
  keyXml,
  listOf,
  newSecret,
  refuse,
  say,
  startScriptedIam,
  stayAway,
} from './scripted-iam.ts';
import type { Reply } from './scripted-iam.ts';

const first = 'AKIARZPUZDIKBBBBBBBB';
const second = 'AKIARZPUZDIKCCCCCCCC';
const third = 'AKIARZPUZDIKDDDDDDDD';
const quota = answer('<SummaryMap><entry><key>AccessKeysPerUserQuota</key><value>2</value></entry></SummaryMap>');
const neverUsed = answer(
  '<UserName>alice</UserName><AccessKeyLastUsed><ServiceName>N/A</ServiceName><Region>N/A</Region></AccessKeyLastUsed>',
);
const used = answer(
  '<UserName>alice</UserName><AccessKeyLastUsed><LastUsedDate>2026-11-01T10:00:00Z</LastUsedDate><ServiceName>s3</ServiceName><Region>eu-west-1</Region></AccessKeyLastUsed>',
);

/** Twenty times as fast as time, and no faster: what comes first still does. */
const fastClock = {
  now: () => new Date(),
  wait: (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds / 20)),
};

describe('createAccessKey', () => {
  it('looks at the keys, makes one, and keeps the secret covered', async () => {
    await using iam = await startScriptedIam({
      ListAccessKeys: listOf(keyXml(first)),
      CreateAccessKey: created(second),
    });
    const key = await createAccessKey(iam.connect(), { UserName: 'alice' });
    expect(key).toMatchObject({ UserName: 'alice', AccessKeyId: second, Status: 'Active' });
    expect(key.CreateDate).toEqual(new Date('2026-11-23T12:00:00Z'));
    expect(JSON.stringify(key)).not.toContain(newSecret);
    expect(key.SecretAccessKey.reveal() === newSecret).toBe(true);
    expect(iam.actions).toEqual(['ListAccessKeys', 'CreateAccessKey']);
  });

  it('finds out who is asking when no user is named', async () => {
    await using iam = await startScriptedIam({
      GetCallerIdentity: caller('arn:aws:iam::123456789012:user/blue/alice'),
      ListAccessKeys: listOf(),
      CreateAccessKey: created(first),
    });
    await createAccessKey(iam.connect());
    expect(iam.received.map(({ parameters }) => parameters.get('UserName'))).toEqual([null, 'alice', 'alice']);
  });

  it('refuses root a new key, before any call to IAM', async () => {
    await using iam = await startScriptedIam({ GetCallerIdentity: caller('arn:aws:iam::123456789012:root') });
    const error = await catchFailure(createAccessKey(iam.connect()));
    expect(error.code).toBe('ERR_REFUSED');
    expect(error.message).toContain('root');
    expect(iam.actions).toEqual(['GetCallerIdentity']);
  });

  it.each(['arn:aws:sts::123456789012:assumed-role/Ops/alice', 'arn:aws:sts::123456789012:federated-user/alice'])(
    'asks %s to name a user',
    async (Arn) => {
      await using iam = await startScriptedIam({ GetCallerIdentity: caller(Arn) });
      const error = await catchFailure(createAccessKey(iam.connect()));
      expect(error.code).toBe('ERR_CALLER');
      expect(error.message).toContain(Arn);
      expect(error.hint).toContain('--user');
    },
  );

  it('takes what it can from an answer that leaves out all but the id and the secret', async () => {
    const bare = `<AccessKey><AccessKeyId>${first}</AccessKeyId><SecretAccessKey>${newSecret}</SecretAccessKey></AccessKey>`;
    await using iam = await startScriptedIam({ ListAccessKeys: listOf(), CreateAccessKey: answer(bare) });
    const key = await createAccessKey(iam.connect(), { UserName: 'alice' });
    expect(key).toMatchObject({ UserName: 'alice', AccessKeyId: first, Status: 'Active' });
    expect(key.CreateDate).toBeInstanceOf(Date);
  });
});

describe('at the quota', () => {
  const full = listOf(keyXml(first), keyXml(second, 'Inactive'));

  it('fails without creating, with both keys and their evidence', async () => {
    await using iam = await startScriptedIam({
      ListAccessKeys: full,
      GetAccountSummary: quota,
      GetAccessKeyLastUsed: [used, neverUsed],
    });
    const error = await catchOne(QuotaError, createAccessKey(iam.connect(), { UserName: 'alice' }));
    expect(error).toMatchObject({
      code: 'ERR_QUOTA',
      UserName: 'alice',
      Quota: 2,
      AccessKeys: [{ AccessKeyId: first }, { AccessKeyId: second }],
    });
    const kinds = error.AccessKeys.map(({ LastUsed }) => LastUsed.Kind).sort();
    expect(kinds).toEqual(['never', 'used']);
    expect(error.message).toMatch(new RegExp(`2: ${first} \\(Active, .*\\), ${second} \\(Inactive, .*\\)$`));
    expect(error.hint).toBe(`if ${second} is no longer needed: keyturn keys delete ${second} --user alice`);
    expect(iam.actions).not.toContain('CreateAccessKey');
  });

  it('counts to two where the quota may not be read, and does not know what it may not look up', async () => {
    await using iam = await startScriptedIam({
      ListAccessKeys: listOf(keyXml(first), keyXml(second)),
      GetAccountSummary: refuse('AccessDenied', 403),
      GetAccessKeyLastUsed: refuse('AccessDenied', 403, 'not allowed'),
    });
    const error = await catchOne(QuotaError, createAccessKey(iam.connect(), { UserName: 'alice' }));
    expect(error).toMatchObject({ code: 'ERR_QUOTA', Quota: 2 });
    const unknown = { Kind: 'unknown', Reason: 'not allowed' };
    expect(error.AccessKeys.map(({ LastUsed }) => LastUsed)).toEqual([unknown, unknown]);
    expect(error.hint).not.toContain('keys delete');
  });

  it('is not assumed where the account allows more', async () => {
    const three = answer('<SummaryMap><entry><key>AccessKeysPerUserQuota</key><value>3</value></entry></SummaryMap>');
    await using iam = await startScriptedIam({
      ListAccessKeys: full,
      GetAccountSummary: three,
      CreateAccessKey: created(third),
    });
    await expect(createAccessKey(iam.connect(), { UserName: 'alice' })).resolves.toMatchObject({ AccessKeyId: third });
  });

  it("is met at once when IAM says so, which the SDK's retries would not", async () => {
    await using iam = await startScriptedIam({
      ListAccessKeys: [listOf(keyXml(first)), full],
      GetAccountSummary: quota,
      GetAccessKeyLastUsed: neverUsed,
      CreateAccessKey: refuse('LimitExceeded', 409, 'Cannot exceed quota for AccessKeysPerUser: 2'),
    });
    const error = await catchOne(QuotaError, createAccessKey(iam.connect(), { UserName: 'alice' }));
    expect(error.AccessKeys).toHaveLength(2);
    expect(error.cause).toMatchObject({ code: 'ERR_CONFLICT', awsCode: 'LimitExceeded', status: 409 });
    expect(iam.actions.filter((action) => action === 'CreateAccessKey')).toHaveLength(1);
  });
});

describe('a lost answer', () => {
  it.each([
    ['a connection that breaks', hangUp],
    ['a failing service', refuse('ServiceFailure', 500)],
    ['a gateway', say(504, 'text/html', '<html><body>timeout</body></html>')],
    ['a stranger', say(200, 'text/html', '<html><body>sign in</body></html>')],
    ['half an answer', say(200, 'text/xml', '<CreateAccessKeyResponse><CreateAccessKeyResult>')],
    ['no secret', answer(`<AccessKey><AccessKeyId>${second}</AccessKeyId></AccessKey>`)],
  ] satisfies [string, Reply][])('through %s is sent once, and the new ids are looked for', async (_what, reply) => {
    await using iam = await startScriptedIam({
      ListAccessKeys: [listOf(keyXml(first)), listOf(keyXml(first)), listOf(keyXml(first), keyXml(second))],
      CreateAccessKey: reply,
    });
    const error = await catchOne(UnknownOutcomeError, createAccessKey(iam.connect(), { UserName: 'alice' }));
    expect(error).toMatchObject({ code: 'ERR_UNKNOWN_OUTCOME', UserName: 'alice', NewAccessKeyIds: [second] });
    expect(error.message).toContain(`${second} appeared, from this call or from someone else's`);
    expect(error.cause).toBeInstanceOf(AwsError);
    expect(iam.actions.filter((action) => action === 'CreateAccessKey')).toHaveLength(1);
  });

  it('says when no key is to be seen, after looking three times', async () => {
    await using iam = await startScriptedIam({ ListAccessKeys: listOf(), CreateAccessKey: hangUp });
    const clock = new HurriedClock();
    const error = await catchFailure(createAccessKey(iam.connect({ clock }), { UserName: 'alice' }));
    expect(error).toMatchObject({ code: 'ERR_UNKNOWN_OUTCOME', NewAccessKeyIds: [] });
    expect(clock.waits).toEqual([1000, 2000, 4000]);
  });

  it('says when the keys cannot be listed any more', async () => {
    await using iam = await startScriptedIam({
      ListAccessKeys: [listOf(), refuse('AccessDenied', 403)],
      CreateAccessKey: hangUp,
    });
    const error = await catchFailure(createAccessKey(iam.connect(), { UserName: 'alice' }));
    expect(error).toMatchObject({ code: 'ERR_UNKNOWN_OUTCOME', NewAccessKeyIds: undefined });
    expect(error.message).toContain('could not be listed');
  });

  it('keeps what an earlier look showed when a later one fails', async () => {
    await using iam = await startScriptedIam({
      ListAccessKeys: [listOf(), listOf(), refuse('AccessDenied', 403)],
      CreateAccessKey: hangUp,
    });
    const error = await catchFailure(createAccessKey(iam.connect(), { UserName: 'alice' }));
    expect(error).toMatchObject({ code: 'ERR_UNKNOWN_OUTCOME', NewAccessKeyIds: [] });
  });

  it('is not what a connection that never came about is called', async () => {
    await using iam = await startScriptedIam({ ListAccessKeys: listOf() });
    await using gone = await startScriptedIam({});
    const aws = iam.connect();
    // Listing goes to the one, creating to a port where nothing listens any more.
    aws.iam.middlewareStack.add(
      (next, context) => (args) => {
        const request = args.request as { port?: number };
        if (context.commandName === 'CreateAccessKeyCommand') request.port = Number(new URL(gone.url).port);
        return next(args);
      },
      { step: 'build', name: 'redirect' },
    );
    await gone[Symbol.asyncDispose]();
    const error = await catchFailure(createAccessKey(aws, { UserName: 'alice' }));
    expect(error).toMatchObject({ code: 'ERR_NETWORK', awsCode: 'ECONNREFUSED' });
  });
});

describe('throttling', () => {
  it('means that nothing was done, so the call is sent again after a while', async () => {
    const throttled = refuse('Throttling', 400, 'Rate exceeded');
    await using iam = await startScriptedIam({
      ListAccessKeys: listOf(),
      CreateAccessKey: [throttled, throttled, created(first)],
    });
    const clock = new HurriedClock();
    const key = await createAccessKey(iam.connect({ clock }), { UserName: 'alice' });
    expect(key.AccessKeyId).toBe(first);
    expect(clock.waits).toEqual([500, 1000]);
  });

  it('is given up when the caller gives up, and nothing was done', async () => {
    const stop = new AbortController();
    const throttle: Reply = (response, received) => {
      stop.abort();
      refuse('Throttling', 400)(response, received);
    };
    await using iam = await startScriptedIam({ ListAccessKeys: listOf(), CreateAccessKey: throttle });
    const error = await catchFailure(
      createAccessKey(iam.connect({ clock: fastClock }), { UserName: 'alice', signal: stop.signal }),
    );
    expect(error.code).toBe('ERR_INTERRUPTED');
  });
});

describe('a signal that fires while the call is under way', () => {
  it('does not throw away an answer that comes', async () => {
    const stop = new AbortController();
    const reply: Reply = (response, received) => {
      stop.abort();
      setTimeout(() => {
        created(first)(response, received);
      }, 50);
    };
    await using iam = await startScriptedIam({ ListAccessKeys: listOf(), CreateAccessKey: reply });
    const key = await createAccessKey(iam.connect({ clock: fastClock }), { UserName: 'alice', signal: stop.signal });
    expect(key.AccessKeyId).toBe(first);
  });

  it('ends a call that hangs, and still says what appeared', async () => {
    const stop = new AbortController();
    const reply: Reply = (response, received) => {
      stop.abort();
      stayAway(response, received);
    };
    await using iam = await startScriptedIam({
      ListAccessKeys: [listOf(), listOf(keyXml(first))],
      CreateAccessKey: reply,
    });
    const aws = iam.connect({ clock: fastClock });
    const error = await catchFailure(createAccessKey(aws, { UserName: 'alice', signal: stop.signal }));
    expect(error).toMatchObject({ code: 'ERR_UNKNOWN_OUTCOME', NewAccessKeyIds: [first] });
  });
});

it("leaves the client's own retries as they were", async () => {
  await using iam = await startScriptedIam({
    ListAccessKeys: [listOf(), refuse('ServiceFailure', 500), listOf(keyXml(accessKeyId))],
    CreateAccessKey: hangUp,
  });
  const error = await catchFailure(createAccessKey(iam.connect(), { UserName: 'alice' }));
  expect(error).toMatchObject({ NewAccessKeyIds: [accessKeyId] });
  expect(iam.actions).toEqual(['ListAccessKeys', 'CreateAccessKey', 'ListAccessKeys', 'ListAccessKeys']);
});
