// The library against an IAM that behaves: the life of a key, and every kind of caller.
import { CreateUserCommand, DeleteUserCommand } from '@aws-sdk/client-iam';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startEndpoint, type Endpoint, type KeyPair, type SessionCredentials } from '../../src/endpoint/index.ts';
import {
  activateAccessKey,
  addLastUsed,
  AwsError,
  connect,
  createAccessKey,
  deactivateAccessKey,
  deleteAccessKey,
  describeCaller,
  getAccessKeyAccount,
  getAccessKeyLastUsed,
  getAccessKeyQuota,
  getCallerIdentity,
  getCurrentUser,
  getUser,
  listAccessKeys,
  listAllAccessKeys,
  NotProvenError,
  proveAccessKey,
  QuotaError,
  type Connection,
  type KeyturnError,
} from '../../src/index.ts';
import { catchFailure, catchOne } from '../unit/iam/catch-failure.ts';

let endpoint: Endpoint;
let admin: Connection;
const connections: Connection[] = [];

beforeEach(async () => {
  endpoint = await startEndpoint();
  const { accessKeyId, secretAccessKey } = endpoint.administrator;
  admin = connectWith({ accessKeyId, secretAccessKey: secretAccessKey?.reveal() ?? '' });
  await admin.iam.send(new CreateUserCommand({ UserName: 'alice', Path: '/blue/team/' }));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const aws of connections.splice(0)) aws.destroy();
  await endpoint.close();
});

function connectWith(credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string }): Connection {
  const aws = connect({ endpoint: endpoint.url, region: 'eu-west-1', credentials });
  connections.push(aws);
  return aws;
}

function connectAs({ AccessKeyId, SecretAccessKey, SessionToken }: KeyPair & Partial<SessionCredentials>): Connection {
  const pair = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey.reveal() };
  return connectWith({ ...pair, ...(SessionToken && { sessionToken: SessionToken.reveal() }) });
}

const alice = { UserName: 'alice' };
const quick = { firstAfter: 0, every: 0, within: 5000 };

describe('the life of a key', () => {
  it('goes from nothing to nothing, and each state shows', async () => {
    expect(await listAccessKeys(admin, alice)).toEqual([]);
    const key = await createAccessKey(admin, alice);
    expect(key.AccessKeyId).toMatch(/^AKIARZPUZDIK[A-P]/);
    const { AccessKeyId, CreateDate } = key;
    expect(await listAccessKeys(admin, alice)).toEqual([{ ...alice, AccessKeyId, Status: 'Active', CreateDate }]);

    const Arn = 'arn:aws:iam::123456789012:user/blue/team/alice';
    expect(await getAccessKeyLastUsed(admin, { AccessKeyId })).toEqual({
      ...alice,
      LastUsed: { Kind: 'never' },
      granularity: 0,
    });
    expect(await proveAccessKey(admin, key, { Arn, ...quick })).toMatchObject({ AccessKeyId, Arn, successes: 3 });
    const { LastUsed } = await getAccessKeyLastUsed(admin, { AccessKeyId });
    expect(LastUsed).toMatchObject({ Kind: 'used', Region: 'eu-west-1', ServiceName: 'sts' });

    await deactivateAccessKey(admin, { ...alice, AccessKeyId });
    expect(await listAccessKeys(admin, alice)).toMatchObject([{ Status: 'Inactive' }]);
    expect(await catchOne(AwsError, getCallerIdentity(connectAs(key)))).toMatchObject({
      code: 'ERR_CREDENTIALS',
      awsCode: 'InvalidClientTokenId',
      status: 403,
    });
    await activateAccessKey(admin, { ...alice, AccessKeyId });
    expect(await getCallerIdentity(connectAs(key))).toMatchObject({ Account: '123456789012', Arn });

    await deleteAccessKey(admin, { ...alice, AccessKeyId });
    expect(await listAccessKeys(admin, alice)).toEqual([]);
    expect(await catchOne(AwsError, deleteAccessKey(admin, { ...alice, AccessKeyId }))).toMatchObject({
      code: 'ERR_NO_SUCH_ENTITY',
      status: 404,
      message: `The Access Key with id ${AccessKeyId} cannot be found.`,
    });
  });

  it('stops at the quota, with what is known about both keys', async () => {
    const first = await createAccessKey(admin, alice);
    const second = await createAccessKey(admin, alice);
    await getCallerIdentity(connectAs(second));
    const error = await catchOne(QuotaError, createAccessKey(admin, alice));
    expect(error.Quota).toBe(2);
    const evidence = Object.fromEntries(error.AccessKeys.map((key) => [key.AccessKeyId, key.LastUsed.Kind]));
    expect(evidence).toEqual({ [first.AccessKeyId]: 'never', [second.AccessKeyId]: 'used' });
  });

  it('does not grow beyond the quota when two make a key at the same time', async () => {
    await createAccessKey(admin, alice);
    const results = await Promise.allSettled([createAccessKey(admin, alice), createAccessKey(admin, alice)]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await listAccessKeys(admin, alice)).toHaveLength(2);
  });

  it('proves no key that is Inactive or has another secret', async () => {
    const Arn = 'arn:aws:iam::123456789012:user/blue/team/alice';
    const key = await createAccessKey(admin, alice);
    const { SecretAccessKey } = await createAccessKey(admin, alice);
    await expect(proveAccessKey(admin, { ...key, SecretAccessKey }, { Arn, ...quick })).rejects.toThrow(NotProvenError);
    await deactivateAccessKey(admin, { ...alice, AccessKeyId: key.AccessKeyId });
    const settings = { Arn, firstAfter: 0, every: 10, within: 100 };
    const error = await catchOne(NotProvenError, proveAccessKey(admin, key, settings));
    expect(error.attempts).toBeGreaterThan(1);
  });
});

it('the variables of the environment are all that a connection needs', async () => {
  for (const [name, value] of Object.entries(endpoint.environment())) vi.stubEnv(name, value);
  const aws = connect();
  connections.push(aws);
  const key = await createAccessKey(aws);
  const { Arn } = await getCallerIdentity(aws);
  expect(await proveAccessKey(aws, key, { Arn, ...quick })).toMatchObject({ Arn, successes: 3 });
});

describe('a user', () => {
  it('with a long-term key acts on itself without being named', async () => {
    expect(await getCurrentUser(admin)).toMatchObject({ UserName: 'admin', Path: '/' });
    expect(await listAccessKeys(admin)).toMatchObject([{ UserName: 'admin', Status: 'Active' }]);
    const { AccessKeyId } = await createAccessKey(admin);
    await deactivateAccessKey(admin, { AccessKeyId });
    await deleteAccessKey(admin, { AccessKeyId });
    expect(await listAccessKeys(admin)).toHaveLength(1);
  });

  it('with a temporary session does so too', async () => {
    const session = connectAs(endpoint.issueSession({ kind: 'user', UserName: 'admin' }));
    expect(await getCurrentUser(session)).toMatchObject({ UserName: 'admin' });
    const { AccessKeyId } = await createAccessKey(session);
    await deactivateAccessKey(session, { AccessKeyId });
    await activateAccessKey(session, { AccessKeyId });
    await deleteAccessKey(session, { AccessKeyId });
    expect(await listAccessKeys(session)).toHaveLength(1);
  });

  it('without permission may say who it is, and is denied the rest in words', async () => {
    const aws = connectAs(await createAccessKey(admin, alice));
    expect(describeCaller(await getCallerIdentity(aws))).toEqual({ kind: 'user', UserName: 'alice' });
    const error = await catchOne(AwsError, listAccessKeys(aws));
    expect(error).toMatchObject({ code: 'ERR_ACCESS_DENIED', awsCode: 'AccessDenied', status: 403 });
    expect(error.message).toContain('is not authorized to perform: iam:ListAccessKeys');
    expect(error.requestId).toMatch(/./);
  });

  it('whose session is over is told so', async () => {
    const credentials = endpoint.issueSession({ kind: 'user', UserName: 'admin', durationSeconds: 900 });
    endpoint.advanceClock(1000_000);
    expect(await catchFailure(listAccessKeys(connectAs(credentials)))).toMatchObject({
      code: 'ERR_EXPIRED_CREDENTIALS',
    });
  });
});

describe('root', () => {
  it('lists, deactivates and deletes its own keys', async () => {
    const aws = connectAs(endpoint.issueRootKey());
    const { AccessKeyId } = endpoint.issueRootKey();
    expect(describeCaller(await getCallerIdentity(aws))).toEqual({ kind: 'root' });
    expect(await listAccessKeys(aws)).toHaveLength(2);
    await deactivateAccessKey(aws, { AccessKeyId });
    await deleteAccessKey(aws, { AccessKeyId });
    expect(await listAccessKeys(aws)).toMatchObject([{ Status: 'Active' }]);
  });

  it('is refused a new key, with its long-term key and in a session', async () => {
    for (const credentials of [endpoint.issueRootKey(), endpoint.issueSession({ kind: 'root' })]) {
      const error = await catchFailure(createAccessKey(connectAs(credentials)));
      expect(error.code).toBe('ERR_REFUSED');
      expect(error.hint).toContain('--user');
    }
  });

  it('may make a key for a user whom it names', async () => {
    const root = connectAs(endpoint.issueRootKey());
    expect(await createAccessKey(root, alice)).toMatchObject({ UserName: 'alice' });
  });
});

describe('a role', () => {
  const role = { kind: 'role', RoleName: 'Ops', RoleSessionName: 'me', administrator: true } as const;

  it('acts on a user whom it names', async () => {
    const aws = connectAs(endpoint.issueSession(role));
    const { AccessKeyId } = await createAccessKey(aws, alice);
    await deactivateAccessKey(aws, { ...alice, AccessKeyId });
    await deleteAccessKey(aws, { ...alice, AccessKeyId });
    expect(await listAccessKeys(aws, alice)).toEqual([]);
  });

  const AccessKeyId = 'AKIARZPUZDIKAAAAAAAA';
  it.each<[string, (aws: Connection) => Promise<unknown>]>([
    ['list', (aws) => listAccessKeys(aws)],
    ['create', (aws) => createAccessKey(aws)],
    ['activate', (aws) => activateAccessKey(aws, { AccessKeyId })],
    ['deactivate', (aws) => deactivateAccessKey(aws, { AccessKeyId })],
    ['delete', (aws) => deleteAccessKey(aws, { AccessKeyId })],
    ['current user', (aws) => getCurrentUser(aws)],
  ])('is asked to name one: %s', async (_what, call) => {
    const error: KeyturnError = await catchFailure(call(connectAs(endpoint.issueSession(role))));
    expect(error.code).toBe('ERR_CALLER');
    expect(error.message).toContain('arn:aws:sts::123456789012:assumed-role/Ops/me');
    expect(error.hint).toContain('--user');
  });
});

describe('a whole account', () => {
  it('is listed user by user, with the last use of each key', async () => {
    const names = Array.from({ length: 30 }, (_, index) => `user-${String(index).padStart(2, '0')}`);
    for (const UserName of names) {
      await admin.iam.send(new CreateUserCommand({ UserName }));
      await createAccessKey(admin, { UserName });
    }
    await createAccessKey(admin, { UserName: 'user-07' });
    await admin.iam.send(new DeleteUserCommand({ UserName: 'alice' }));
    const progress: number[] = [];
    const keys = [];
    const all = listAllAccessKeys(admin, { onProgress: ({ Users }) => progress.push(Users) });
    for await (const key of addLastUsed(admin, all)) keys.push(key);
    expect(keys.map(({ UserName }) => UserName)).toEqual(['admin', ...names, 'user-07'].sort());
    expect(keys.map(({ LastUsed }) => LastUsed.Kind)).toEqual(['used', ...Array<string>(31).fill('never')]);
    expect(progress).toEqual(Array.from({ length: 31 }, (_, index) => index + 1));
  });

  it('can be cut to the users of a path', async () => {
    await createAccessKey(admin, alice);
    const names = [];
    for await (const key of listAllAccessKeys(admin, { PathPrefix: '/blue/' })) names.push(key.UserName);
    expect(names).toEqual(['alice']);
  });
});

describe('what the account says', () => {
  it('about a user is who it is, and that there is none', async () => {
    const Arn = 'arn:aws:iam::123456789012:user/blue/team/alice';
    expect(await getUser(admin, { UserName: 'ALICE' })).toMatchObject({ ...alice, Path: '/blue/team/', Arn });
    expect(await catchFailure(getUser(admin, { UserName: 'nobody' }))).toMatchObject({ code: 'ERR_NO_SUCH_ENTITY' });
  });

  it('is the quota and the owner of an id', async () => {
    expect(await getAccessKeyQuota(admin)).toBe(2);
    expect(await getAccessKeyAccount(admin, { AccessKeyId: endpoint.administrator.accessKeyId })).toBe('123456789012');
  });

  it('about a key that is not there is a denial, explained', async () => {
    const AccessKeyId = 'AKIARZPUZDIKAAAAAAAA';
    const own = await catchFailure(getAccessKeyLastUsed(admin, { AccessKeyId }));
    expect(own).toMatchObject({ code: 'ERR_ACCESS_DENIED' });
    expect(own.hint).toContain('may not exist in this account');
    const foreign = await catchFailure(getAccessKeyLastUsed(admin, { AccessKeyId: 'ASIAQNZGKIQY56JQ7WML' }));
    expect(foreign.hint).toContain('029608264753');
    const { value } = await addLastUsed(admin, [{ AccessKeyId }]).next();
    expect(value).toMatchObject({ LastUsed: { Kind: 'unknown' } });
  });
});

describe('a wrong clock', () => {
  it('is put right by the SDK, also for the call that is not repeated, and where it cannot be, is called so', async () => {
    endpoint.advanceClock(3_600_000);
    const { AccessKeyId } = await createAccessKey(admin, alice);
    const { accessKeyId, secretAccessKey } = endpoint.administrator;
    const stubborn = connect({
      endpoint: endpoint.url,
      credentials: { accessKeyId, secretAccessKey: secretAccessKey?.reveal() ?? '' },
      disableClockSkewCorrection: true,
    });
    connections.push(stubborn);
    const error = await catchOne(AwsError, deleteAccessKey(stubborn, { ...alice, AccessKeyId }));
    expect(error).toMatchObject({ code: 'ERR_CLOCK', awsCode: 'SignatureDoesNotMatch', status: 403 });
    await deleteAccessKey(connectWith({ accessKeyId, secretAccessKey: secretAccessKey?.reveal() ?? '' }), {
      ...alice,
      AccessKeyId,
    });
  });
});
