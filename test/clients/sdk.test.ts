// The AWS SDK for JavaScript v3 as its users write it: every action, the paginators, the waiter, the names of errors.
import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  DeleteAccessKeyCommand,
  DeleteUserCommand,
  EntityAlreadyExistsException,
  GetAccessKeyLastUsedCommand,
  GetAccountSummaryCommand,
  GetUserCommand,
  IAMClient,
  IAMServiceException,
  LimitExceededException,
  ListAccessKeysCommand,
  ListSAMLProvidersCommand,
  ListUsersCommand,
  ListUserTagsCommand,
  NoSuchEntityException,
  paginateListAccessKeys,
  paginateListUsers,
  paginateListUserTags,
  TagUserCommand,
  UntagUserCommand,
  UpdateAccessKeyCommand,
  UpdateUserCommand,
  waitUntilUserExists,
} from '@aws-sdk/client-iam';
import { GetAccessKeyInfoCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startEndpoint, type Endpoint } from '../../src/endpoint/index.ts';

let endpoint: Endpoint;
let iam: IAMClient;
let sts: STSClient;

beforeEach(async () => {
  endpoint = await startEndpoint();
  const { accessKeyId, secretAccessKey } = endpoint.administrator;
  const config = configure(accessKeyId, secretAccessKey?.reveal());
  iam = new IAMClient(config);
  sts = new STSClient(config);
});
afterEach(async () => {
  iam.destroy();
  sts.destroy();
  await endpoint.close();
});

function configure(accessKeyId = '', secretAccessKey = '') {
  return { endpoint: endpoint.url, region: 'us-east-1', credentials: { accessKeyId, secretAccessKey }, maxAttempts: 1 };
}

const alice = { UserName: 'alice' };
const anything = expect.anything() as unknown;
const metadata = { $metadata: expect.objectContaining({ httpStatusCode: 200, requestId: anything }) as unknown };

describe('users', () => {
  it('are created, read, renamed, tagged and deleted', async () => {
    const Tags = [
      { Key: 'cost-center', Value: '' },
      { Key: 'owner', Value: 'platform' },
    ];
    const { User } = await iam.send(new CreateUserCommand({ ...alice, Path: '/blue/', Tags }));
    const Arn = 'arn:aws:iam::123456789012:user/blue/alice';
    const UserId = expect.stringMatching(/^AIDA[A-Z2-7]{16,17}$/) as string;
    expect(User).toEqual({ ...alice, Path: '/blue/', Arn, UserId, CreateDate: expect.any(Date) as Date, Tags });
    expect((await iam.send(new GetUserCommand(alice))).User).toEqual(User);
    expect((await iam.send(new GetUserCommand({}))).User).toMatchObject({ UserName: 'admin' });

    await iam.send(new UpdateUserCommand({ ...alice, NewUserName: 'Alice', NewPath: '/' }));
    expect((await iam.send(new GetUserCommand(alice))).User).toMatchObject({ UserName: 'Alice', UserId: User?.UserId });

    await iam.send(new TagUserCommand({ ...alice, Tags: [{ Key: 'owner', Value: 'security' }] }));
    await iam.send(new UntagUserCommand({ ...alice, TagKeys: ['cost-center', 'none'] }));
    const tags = await iam.send(new ListUserTagsCommand(alice));
    expect(tags).toEqual({ ...metadata, Tags: [{ Key: 'owner', Value: 'security' }], IsTruncated: false });

    expect(await iam.send(new DeleteUserCommand(alice))).toEqual(metadata);
    const { Users } = await iam.send(new ListUsersCommand({}));
    expect(Users?.map(({ UserName }) => UserName)).toEqual(['admin']);
  });

  it('can be waited for', async () => {
    setTimeout(() => void iam.send(new CreateUserCommand(alice)), 100);
    const { state } = await waitUntilUserExists({ client: iam, maxWaitTime: 10, minDelay: 1, maxDelay: 1 }, alice);
    expect(state).toBe('SUCCESS');
  });
});

describe('access keys', () => {
  beforeEach(async () => {
    await iam.send(new CreateUserCommand(alice));
  });

  it('are created, listed, changed, used and deleted', async () => {
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand(alice));
    expect(AccessKey).toMatchObject({ ...alice, Status: 'Active', CreateDate: expect.any(Date) as Date });
    expect(AccessKey?.SecretAccessKey?.length).toBe(40);
    const key = { ...alice, AccessKeyId: AccessKey?.AccessKeyId };
    expect(await iam.send(new ListAccessKeysCommand(alice))).toEqual({
      ...metadata,
      AccessKeyMetadata: [{ ...key, Status: 'Active', CreateDate: AccessKey?.CreateDate }],
      IsTruncated: false,
    });

    const never = await iam.send(new GetAccessKeyLastUsedCommand({ AccessKeyId: key.AccessKeyId }));
    expect(never).toEqual({ ...metadata, ...alice, AccessKeyLastUsed: { Region: 'N/A', ServiceName: 'N/A' } });
    const own = new STSClient(configure(key.AccessKeyId, AccessKey?.SecretAccessKey));
    const { Arn } = await own.send(new GetCallerIdentityCommand({}));
    expect(Arn).toBe('arn:aws:iam::123456789012:user/alice');
    const used = await iam.send(new GetAccessKeyLastUsedCommand({ AccessKeyId: key.AccessKeyId }));
    expect(used.AccessKeyLastUsed).toEqual({
      LastUsedDate: expect.any(Date) as Date,
      Region: 'us-east-1',
      ServiceName: 'sts',
    });

    expect(await iam.send(new UpdateAccessKeyCommand({ ...key, Status: 'Inactive' }))).toEqual(metadata);
    await expect(own.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({ name: 'InvalidClientTokenId' });
    own.destroy();
    expect(await iam.send(new DeleteAccessKeyCommand(key))).toEqual(metadata);
    expect((await iam.send(new ListAccessKeysCommand(alice))).AccessKeyMetadata).toEqual([]);
  });

  it('are counted by the account', async () => {
    await iam.send(new CreateAccessKeyCommand(alice));
    const { SummaryMap } = await iam.send(new GetAccountSummaryCommand({}));
    expect(SummaryMap).toMatchObject({
      Users: 2,
      UsersQuota: 5000,
      AccessKeysPerUserQuota: 2,
      AccountAccessKeysPresent: 0,
    });
  });
});

describe('STS', () => {
  it('knows the caller and the account of a key', async () => {
    expect(await sts.send(new GetCallerIdentityCommand({}))).toEqual({
      ...metadata,
      UserId: expect.stringMatching(/^AIDA/) as string,
      Account: '123456789012',
      Arn: 'arn:aws:iam::123456789012:user/admin',
    });
    const AccessKeyId = endpoint.administrator.accessKeyId;
    expect(await sts.send(new GetAccessKeyInfoCommand({ AccessKeyId }))).toEqual({
      ...metadata,
      Account: '123456789012',
    });
  });
});

describe('the paginators', () => {
  const names = ['admin', ...Array.from({ length: 7 }, (_, index) => `user-${index}`)];

  it('go through users page by page', async () => {
    for (const UserName of names.slice(1)) await iam.send(new CreateUserCommand({ UserName }));
    const pages: (string | undefined)[][] = [];
    for await (const { Users = [] } of paginateListUsers({ client: iam, pageSize: 3 }, {})) {
      pages.push(Users.map(({ UserName }) => UserName));
    }
    expect(pages.map(({ length }) => length)).toEqual([3, 3, 2]);
    expect(pages.flat()).toEqual(names);
  });

  // The SDK's paginators write the Marker into the input they were given, so each gets one of its own.
  it('go through keys and tags page by page', async () => {
    const Tags = ['a', 'b', 'c'].map((Key) => ({ Key, Value: Key }));
    await iam.send(new CreateUserCommand({ ...alice, Tags }));
    for (let count = 0; count < 2; count++) await iam.send(new CreateAccessKeyCommand(alice));
    const ids = new Set<string | undefined>();
    for await (const { AccessKeyMetadata = [] } of paginateListAccessKeys({ client: iam, pageSize: 1 }, { ...alice })) {
      expect(AccessKeyMetadata).toHaveLength(1);
      ids.add(AccessKeyMetadata[0]?.AccessKeyId);
    }
    expect(ids.size).toBe(2);
    const keys: (string | undefined)[] = [];
    for await (const page of paginateListUserTags({ client: iam, pageSize: 2 }, { ...alice })) {
      keys.push(...(page.Tags ?? []).map(({ Key }) => Key));
    }
    expect(keys).toEqual(['a', 'b', 'c']);
  });
});

describe('a refusal', () => {
  it('has the class, the code and the words of AWS', async () => {
    const missing = await catchError(iam.send(new GetUserCommand({ UserName: 'nobody' })));
    expect(missing).toBeInstanceOf(NoSuchEntityException);
    expect(missing).toMatchObject({
      name: 'NoSuchEntityException',
      Code: 'NoSuchEntity',
      Type: 'Sender',
      message: 'The user with name nobody cannot be found.',
      $fault: 'client',
      $metadata: { httpStatusCode: 404, requestId: expect.stringMatching(/^[\da-f-]{36}$/) as string },
    });

    const twice = await catchError(iam.send(new CreateUserCommand({ UserName: 'ADMIN' })));
    expect(twice).toBeInstanceOf(EntityAlreadyExistsException);
    expect(twice).toMatchObject({ Code: 'EntityAlreadyExists', message: 'User with name ADMIN already exists.' });

    await iam.send(new CreateAccessKeyCommand({}));
    const third = await catchError(iam.send(new CreateAccessKeyCommand({})));
    expect(third).toBeInstanceOf(LimitExceededException);
    expect(third).toMatchObject({
      message: 'Cannot exceed quota for AccessKeysPerUser: 2',
      $metadata: { httpStatusCode: 409 },
    });
  });

  it('of a parameter names it', async () => {
    const error = await catchError(iam.send(new ListAccessKeysCommand({ UserName: '' })));
    expect(error).toMatchObject({
      name: 'ValidationError',
      message:
        "1 validation error detected: Value at 'userName' failed to satisfy constraint: Member must have length greater than or equal to 1",
    });
  });

  it('of an action that is not there is InvalidAction', async () => {
    const error = await catchError(iam.send(new ListSAMLProvidersCommand({})));
    expect(error).toMatchObject({
      name: 'InvalidAction',
      message: 'Could not find operation ListSAMLProviders for version 2010-05-08',
      $metadata: { httpStatusCode: 400 },
    });
  });

  it('of a signature tells a wrong secret from an unknown key', async () => {
    for (const [id, name] of [
      [endpoint.administrator.accessKeyId, 'SignatureDoesNotMatch'],
      ['AKIARZPUZDIKAAAAAAAA', 'InvalidClientTokenId'],
    ] as const) {
      const stranger = new IAMClient(configure(id, 'x'.repeat(40)));
      const error = await catchError(stranger.send(new ListUsersCommand({})));
      stranger.destroy();
      expect(error).toBeInstanceOf(IAMServiceException);
      expect(error).toMatchObject({ name, $metadata: { httpStatusCode: 403 } });
    }
  });

  it('of a caller without permission is AccessDenied', async () => {
    await iam.send(new CreateUserCommand(alice));
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand(alice));
    const own = new IAMClient(configure(AccessKey?.AccessKeyId, AccessKey?.SecretAccessKey));
    const error = await catchError(own.send(new CreateAccessKeyCommand({ UserName: 'admin' })));
    own.destroy();
    expect(error).toMatchObject({
      name: 'AccessDenied',
      message:
        'User: arn:aws:iam::123456789012:user/alice is not authorized to perform: iam:CreateAccessKey on resource: user admin because no identity-based policy allows the iam:CreateAccessKey action',
    });
  });
});

async function catchError(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (error: unknown) => error,
  );
}
