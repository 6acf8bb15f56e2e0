// The documents of `keyturn policy` on an endpoint that evaluates them: what a user with one of them can do, and cannot.
import { setTimeout } from 'node:timers/promises';
import {
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreateLoginProfileCommand,
  CreateUserCommand,
  DeleteUserCommand,
  GetAccountAuthorizationDetailsCommand,
  GetCredentialReportCommand,
  GenerateCredentialReportCommand,
  ListServiceSpecificCredentialsCommand,
  PutUserPolicyCommand,
  TagUserCommand,
} from '@aws-sdk/client-iam';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startEndpoint, type Endpoint } from '../../src/endpoint/index.ts';
import {
  activateAccessKey,
  addLastUsed,
  AwsError,
  connect,
  createAccessKey,
  deactivateAccessKey,
  deleteAccessKey,
  findQuarantine,
  getAccessKeyLastUsed,
  getAccessKeyQuota,
  getUser,
  listAccessKeys,
  listAllAccessKeys,
  lookUpKeyEvents,
  type Connection,
} from '../../src/index.ts';
import { describePolicyFor } from '../../src/policy/permission-document.ts';
import type { PermissionKind, PermissionScope } from '../../src/policy/permission-document.ts';

let endpoint: Endpoint;
let admin: Connection;
let AccessKeyId: string;
const connections: Connection[] = [];

beforeEach(async () => {
  endpoint = await startEndpoint();
  const { accessKeyId, secretAccessKey } = endpoint.administrator;
  admin = connectWith(accessKeyId, secretAccessKey?.reveal() ?? '');
  const Tags = [{ Key: 'key-rotation', Value: 'managed' }];
  await admin.iam.send(new CreateUserCommand({ UserName: 'bob', Path: '/service/', Tags }));
  await admin.iam.send(new CreateUserCommand({ UserName: 'eve' }));
  ({ AccessKeyId } = await createAccessKey(admin, { UserName: 'bob' }));
});
afterEach(async () => {
  for (const aws of connections.splice(0)) aws.destroy();
  await endpoint.close();
});

function connectWith(accessKeyId: string, secretAccessKey: string): Connection {
  const aws = connect({ endpoint: endpoint.url, region: 'us-east-1', credentials: { accessKeyId, secretAccessKey } });
  connections.push(aws);
  return aws;
}

/** A user with a policy and nothing else. */
async function connectAs(kind: PermissionKind, scope: PermissionScope = {}, UserName = `the-${kind}`) {
  if (UserName !== 'bob') await admin.iam.send(new CreateUserCommand({ UserName }));
  const PolicyDocument = JSON.stringify(describePolicyFor(kind, scope).document);
  await admin.iam.send(new PutUserPolicyCommand({ UserName, PolicyName: 'printed', PolicyDocument }));
  const key = await createAccessKey(admin, { UserName });
  return connectWith(key.AccessKeyId, key.SecretAccessKey.reveal());
}

async function take<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

async function lookAt(aws: Connection): Promise<void> {
  const keys = await take(addLastUsed(aws, listAllAccessKeys(aws)));
  expect(keys.map(({ LastUsed }) => LastUsed.Kind)).not.toContain('unknown');
  while ((await aws.iam.send(new GenerateCredentialReportCommand({}))).State !== 'COMPLETE') await setTimeout(50);
  await aws.iam.send(new GetCredentialReportCommand({}));
  await aws.iam.send(new GetAccountAuthorizationDetailsCommand({ Filter: ['User', 'Group'] }));
  await aws.iam.send(new ListServiceSpecificCredentialsCommand({ AllUsers: true }));
  await getAccessKeyQuota(aws);
}

const isDenied = { code: 'ERR_ACCESS_DENIED' };
const denied = { name: 'AccessDenied' };

/** What nobody may do who has one of these documents. */
async function expectNoMore(aws: Connection): Promise<void> {
  const UserName = 'bob';
  const PolicyDocument = '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}';
  const refused = [
    new CreateUserCommand({ UserName: 'mallory' }),
    new DeleteUserCommand({ UserName }),
    new AttachUserPolicyCommand({ UserName, PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' }),
    new PutUserPolicyCommand({ UserName, PolicyName: 'more', PolicyDocument }),
    new CreateLoginProfileCommand({ UserName, Password: 'correct horse 9 Battery' }),
    new TagUserCommand({ UserName, Tags: [{ Key: 'key-rotation', Value: 'not' }] }),
  ];
  for (const command of refused) {
    await expect((aws.iam.send as (one: unknown) => Promise<unknown>)(command)).rejects.toMatchObject(denied);
  }
}

describe('with the policy printed for', () => {
  it('an auditor, one looks at all keys and changes none', async () => {
    const auditor = await connectAs('auditor');
    await lookAt(auditor);
    await expect(deactivateAccessKey(auditor, { UserName: 'bob', AccessKeyId })).rejects.toMatchObject(isDenied);
    await expect(auditor.iam.send(new CreateAccessKeyCommand({ UserName: 'bob' }))).rejects.toMatchObject(denied);
    await expectNoMore(auditor);
  });

  it('an operator, one also takes keys away, and makes none', async () => {
    const operator = await connectAs('operator');
    await lookAt(operator);
    expect(await findQuarantine(operator, 'bob')).toEqual({ Kind: 'none' });
    expect(await lookUpKeyEvents(operator, { AccessKeyId })).toMatchObject({ Kind: 'read' });
    await deactivateAccessKey(operator, { UserName: 'bob', AccessKeyId });
    await activateAccessKey(operator, { UserName: 'bob', AccessKeyId });
    await deleteAccessKey(operator, { UserName: 'bob', AccessKeyId });
    await expect(operator.iam.send(new CreateAccessKeyCommand({ UserName: 'bob' }))).rejects.toMatchObject(denied);
    await expectNoMore(operator);
  });

  it.each<PermissionScope>([
    { Path: '/service/' },
    { UserName: 'bob' },
    { Tag: { Key: 'key-rotation', Value: 'managed' } },
  ])('a rotator, one makes and takes away the keys of the users of %j, and of no other', async (scope) => {
    const rotator = await connectAs('rotator', scope);
    const bob = { UserName: 'bob' };
    await getUser(rotator, bob);
    const key = await createAccessKey(rotator, bob);
    expect(await listAccessKeys(rotator, bob)).toHaveLength(2);
    await getAccessKeyLastUsed(rotator, key);
    await deactivateAccessKey(rotator, key);
    await deleteAccessKey(rotator, key);
    await rotator.iam.send(new TagUserCommand({ ...bob, Tags: [{ Key: AccessKeyId, Value: 'ci' }] }));
    await expect(rotator.iam.send(new CreateAccessKeyCommand({ UserName: 'eve' }))).rejects.toMatchObject(denied);
    await expect(listAccessKeys(rotator, { UserName: 'eve' })).rejects.toBeInstanceOf(AwsError);
    await expectNoMore(rotator);
  });

  it("self-service, one makes and takes away one's own keys", async () => {
    const bob = await connectAs('self-service', {}, 'bob');
    const [first] = await listAccessKeys(bob);
    expect(first).toMatchObject({ AccessKeyId });
    await deleteAccessKey(bob, { AccessKeyId });
    const key = await createAccessKey(bob);
    await deactivateAccessKey(bob, key);
    await expect(bob.iam.send(new CreateAccessKeyCommand({ UserName: 'eve' }))).rejects.toMatchObject(denied);
    await expectNoMore(bob);
  });
});
