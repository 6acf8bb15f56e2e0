// Containing leaked keys against an endpoint that behaves: what is stopped, what is found, what is left alone.
import {
  AttachUserPolicyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  GetUserPolicyCommand,
  ListAttachedUserPoliciesCommand,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam';
import { AssumeRoleCommand, GetSessionTokenCommand, type Credentials } from '@aws-sdk/client-sts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startEndpoint, type Endpoint } from '../../src/endpoint/index.ts';
import {
  activateAccessKey,
  connect,
  createAccessKey,
  getCallerIdentity,
  getUser,
  listAccessKeys,
  type Connection,
  type CreatedAccessKey,
} from '../../src/index.ts';
import { verifyChain } from '../../src/journal/chain.ts';
import type { Journal } from '../../src/journal/journal.ts';
import { describePolicyFor } from '../../src/policy/permission-document.ts';
import {
  gatherFacts,
  planContainment,
  readContainment,
  runContainment,
  undoContainment,
  type ContainReport,
} from '../../src/rotation/contain/index.ts';
import { openJournal } from '../../src/store/open-journal.ts';
import { catchFailure } from '../unit/iam/catch-failure.ts';

let endpoint: Endpoint;
let journal: Journal;
let admin: Connection;
let leaked: CreatedAccessKey;
/** What happens while all wait until AWS knows. */
let meanwhile: () => Promise<void>;
const connections: Connection[] = [];

const settle = 10_000;
const clock = {
  now: () => new Date(),
  wait: (milliseconds: number) => (milliseconds === settle ? meanwhile() : Promise.resolve()),
};

beforeEach(async () => {
  endpoint = await startEndpoint();
  journal = await openJournal(':memory:', { now: () => new Date() });
  meanwhile = () => Promise.resolve();
  const { accessKeyId, secretAccessKey } = endpoint.administrator;
  admin = connectWith({ accessKeyId, secretAccessKey: secretAccessKey?.reveal() ?? '' });
  for (const UserName of ['alice', 'bob']) await admin.iam.send(new CreateUserCommand({ UserName }));
  const PolicyArn = 'arn:aws:iam::aws:policy/AdministratorAccess';
  await admin.iam.send(new AttachUserPolicyCommand({ UserName: 'alice', PolicyArn }));
  leaked = await createAccessKey(admin, { UserName: 'alice' });
});
afterEach(async () => {
  for (const aws of connections.splice(0)) aws.destroy();
  await journal.close();
  await endpoint.close();
});

function connectWith(credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string }): Connection {
  const aws = connect({ endpoint: endpoint.url, region: 'eu-west-1', credentials, clock, maxAttempts: 1 });
  connections.push(aws);
  return aws;
}

const connectAs = ({ AccessKeyId, SecretAccessKey }: CreatedAccessKey) =>
  connectWith({ accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey.reveal() });

function connectIn({ AccessKeyId = '', SecretAccessKey = '', SessionToken = '' }: Partial<Credentials> = {}) {
  return connectWith({ accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken });
}

/** A role that the whole account may assume. */
async function makeRole(RoleName: string): Promise<void> {
  const trust = { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::123456789012:root' }, Action: 'sts:AssumeRole' };
  const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [trust] });
  await admin.iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
}

function assume(aws: Connection, name: string) {
  const RoleArn = `arn:aws:iam::123456789012:role/${name}`;
  return aws.sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'thief' }));
}

let drawn = 0;

async function contain(
  ids: readonly string[] = [leaked.AccessKeyId],
  { aws = admin, signal, keeps = true }: { aws?: Connection; signal?: AbortSignal; keeps?: boolean } = {},
): Promise<ContainReport> {
  const plan = planContainment(await gatherFacts(aws, ids, {}));
  const keeping = {
    journal,
    makeRecordId: () => `a-${(drawn += 1)}`,
    holder: 'this test',
    now: () => aws.serverTime(),
  };
  return runContainment(plan, { aws, settle, reason: 'a test', signal, ...(keeps && { keeping }) });
}

async function statusOf({ AccessKeyId, UserName }: CreatedAccessKey): Promise<string | undefined> {
  return (await listAccessKeys(admin, { UserName })).find((key) => key.AccessKeyId === AccessKeyId)?.Status;
}

async function readDeny(UserName = 'alice'): Promise<string> {
  const PolicyName = 'KeyturnRevokeOlderSessions';
  const { PolicyDocument = '' } = await admin.iam.send(new GetUserPolicyCommand({ UserName, PolicyName }));
  return decodeURIComponent(PolicyDocument);
}

describe('a leaked key', () => {
  it('is made Inactive, the sessions of its user are denied, and what was done with it is told', async () => {
    const thief = connectAs(leaked);
    await makeRole('one');
    const session = await thief.sts.send(new GetSessionTokenCommand({}));
    await assume(connectIn(session.Credentials), 'one');
    await thief.iam.send(new CreateUserCommand({ UserName: 'mallory' }));
    const report = await contain();
    expect(report).toMatchObject({
      failures: [],
      refused: [],
      holders: [{ UserName: 'alice', newKeys: [], otherKeys: [] }],
    });
    const [contained] = report.contained;
    expect(contained).toMatchObject({
      AccessKeyId: leaked.AccessKeyId,
      Status: 'Active',
      isInactive: true,
      LastUsed: { Kind: 'used' },
      evidence: {
        Kind: 'read',
        changes: [{ EventName: 'CreateUser', sourceIPAddress: '127.0.0.1' }],
        sessions: [
          { AccessKeyId: session.Credentials?.AccessKeyId, EventName: 'GetSessionToken' },
          { EventName: 'AssumeRole' },
        ],
      },
    });
    expect(await statusOf(leaked)).toBe('Inactive');
    expect(await catchFailure(getCallerIdentity(thief))).toMatchObject({ awsCode: 'InvalidClientTokenId' });
    await expect(assume(connectIn(session.Credentials), 'one')).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  it('is written down with who, why and how it was, and undone by that', async () => {
    const { contained } = await contain();
    const record = contained[0]?.record ?? '';
    const entries = await journal.read(record);
    expect(verifyChain(entries)).toMatchObject({ kind: 'whole' });
    expect(entries.at(-1)).toMatchObject({ closes: true, data: { failures: [], newKeys: [] } });
    expect(JSON.stringify(entries)).not.toContain(leaked.SecretAccessKey.reveal());
    expect(readContainment(entries)).toMatchObject({
      subject: `123456789012/${leaked.AccessKeyId}`,
      UserName: 'alice',
      callerArn: 'arn:aws:iam::123456789012:user/admin',
      reason: 'a test',
      PreviousStatus: 'Active',
      isDeactivated: true,
      isUndone: false,
    });
    const undone = await undoContainment({ aws: admin, journal, record, holder: 'this test' });
    expect(undone).toMatchObject({ isActivated: true, left: [] });
    expect(await statusOf(leaked)).toBe('Active');
    await expect(readDeny()).rejects.toMatchObject({ Code: 'NoSuchEntity' });
    expect(readContainment(await journal.read(record))).toMatchObject({ isUndone: true });
    await undoContainment({ aws: admin, journal, record, holder: 'this test' });
  });

  it('may be contained twice; a key that was Inactive stays so when that is undone', async () => {
    await contain();
    const second = await contain();
    expect(second.failures).toEqual([]);
    const record = second.contained[0]?.record ?? '';
    const undone = await undoContainment({ aws: admin, journal, record, holder: 'this test' });
    expect(undone).toMatchObject({
      isActivated: false,
      left: [expect.stringContaining('was Inactive before') as string],
    });
    expect(await statusOf(leaked)).toBe('Inactive');
  });

  it('is contained where the journal cannot be written, and that is said', async () => {
    await journal.close();
    const report = await contain();
    expect(report.failures.map(({ what }) => what)).toEqual(['not everything is in the journal']);
    expect(await statusOf(leaked)).toBe('Inactive');
    journal = await openJournal(':memory:', { now: () => new Date() });
  });
});

describe('what happens meanwhile', () => {
  it('shows: a key made before all of AWS knew is told of, and not touched', async () => {
    let fresh: CreatedAccessKey | undefined;
    meanwhile = async () => {
      fresh = await createAccessKey(admin, { UserName: 'alice' });
    };
    const { holders } = await contain();
    expect(holders[0]?.newKeys.map(({ AccessKeyId }) => AccessKeyId)).toEqual([fresh?.AccessKeyId]);
    expect(fresh && (await statusOf(fresh))).toBe('Active');
  });

  it('shows: a key that was activated again', async () => {
    meanwhile = () => activateAccessKey(admin, leaked);
    const { failures } = await contain();
    expect(failures).toMatchObject([{ what: `${leaked.AccessKeyId} is Active again` }]);
  });

  it('denies sessions that were made in it', async () => {
    let late: Credentials | undefined;
    await makeRole('one');
    const other = await createAccessKey(admin, { UserName: 'alice' });
    meanwhile = async () => {
      endpoint.advanceClock(5000);
      late = (await connectAs(other).sts.send(new GetSessionTokenCommand({}))).Credentials;
      await assume(connectIn(late), 'one');
      await getCallerIdentity(admin);
    };
    const { holders } = await contain();
    expect(holders[0]?.otherKeys.map(({ AccessKeyId }) => AccessKeyId)).toEqual([other.AccessKeyId]);
    await expect(assume(connectIn(late), 'one')).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  it('ends the waiting and the looking at Ctrl-C, and not what stops the thief', async () => {
    const report = await contain(undefined, { signal: AbortSignal.abort() });
    expect(await statusOf(leaked)).toBe('Inactive');
    expect(await readDeny()).toContain('aws:TokenIssueTime');
    expect(report.failures.map(({ Reason }) => Reason)).toContain('interrupted');
  });
});

describe('what is not done', () => {
  it('goes on with the rest, and says what failed', async () => {
    const operator = 'operator';
    await admin.iam.send(new CreateUserCommand({ UserName: operator }));
    const PolicyDocument = JSON.stringify(describePolicyFor('operator').document);
    await admin.iam.send(new PutUserPolicyCommand({ UserName: operator, PolicyName: 'printed', PolicyDocument }));
    const aws = connectAs(await createAccessKey(admin, { UserName: operator }));
    const bob = await createAccessKey(admin, { UserName: 'bob' });
    const report = await contain([leaked.AccessKeyId, bob.AccessKeyId], { aws });
    expect(report.failures.map(({ what }) => what)).toEqual([
      'the older sessions of alice were not denied',
      'the older sessions of bob were not denied',
    ]);
    expect([await statusOf(leaked), await statusOf(bob)]).toEqual(['Inactive', 'Inactive']);
    expect(report.contained.every(({ isInactive, evidence }) => isInactive && evidence?.Kind === 'read')).toBe(true);
  });

  it('with the policy of an operator who may revoke sessions nothing is left undone', async () => {
    await admin.iam.send(new CreateUserCommand({ UserName: 'responder' }));
    const PolicyDocument = JSON.stringify(describePolicyFor('operator', { revokesSessions: true }).document);
    await admin.iam.send(new PutUserPolicyCommand({ UserName: 'responder', PolicyName: 'printed', PolicyDocument }));
    const aws = connectAs(await createAccessKey(admin, { UserName: 'responder' }));
    expect((await contain(undefined, { aws })).failures).toEqual([]);
  });

  it("leaves AWS's quarantine where it is", async () => {
    const PolicyArn = 'arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3';
    await admin.iam.send(new AttachUserPolicyCommand({ UserName: 'alice', PolicyArn }));
    expect((await contain()).holders[0]?.quarantine).toMatchObject({ Kind: 'quarantined' });
    const { AttachedPolicies } = await admin.iam.send(new ListAttachedUserPoliciesCommand({ UserName: 'alice' }));
    expect(AttachedPolicies?.map((policy) => policy.PolicyArn)).toContain(PolicyArn);
  });

  it('makes no denial weaker, and replaces no policy that says something else', async () => {
    const later = '2099-01-01T00:00:00Z';
    const put = (document: object) =>
      admin.iam.send(
        new PutUserPolicyCommand({
          UserName: 'alice',
          PolicyName: 'KeyturnRevokeOlderSessions',
          PolicyDocument: JSON.stringify(document),
        }),
      );
    const Condition = { DateLessThan: { 'aws:TokenIssueTime': later } };
    const deny = { Effect: 'Deny', Action: '*', Resource: '*', Condition };
    await put({ Version: '2012-10-17', Statement: [deny] });
    expect((await contain()).holders[0]?.sessionsDeniedBefore).toEqual(new Date(later));
    expect(await readDeny()).toContain(later);
    await put({ Version: '2012-10-17', Statement: [deny, { Effect: 'Deny', Action: 's3:*', Resource: '*' }] });
    expect((await contain()).failures).toMatchObject([{ what: 'the older sessions of alice were not denied' }]);
    expect(await readDeny()).toContain('s3:*');
  });
});

it('follows the sessions that the key made, and those that they made', async () => {
  const thief = connectAs(leaked);
  for (const RoleName of ['one', 'two']) await makeRole(RoleName);
  const allow = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };
  const input = { RoleName: 'one', PolicyName: 'all', PolicyDocument: JSON.stringify(allow) };
  await admin.iam.send(new PutRolePolicyCommand(input));
  const one = await assume(thief, 'one');
  const inOne = connectIn(one.Credentials);
  await inOne.iam.send(new CreateUserCommand({ UserName: 'mallory' }));
  const two = await assume(inOne, 'two');
  const { contained } = await contain();
  const { evidence } = contained[0] ?? {};
  expect(evidence).toMatchObject({
    changes: [{ EventName: 'CreateUser' }],
    sessions: [
      { AccessKeyId: one.Credentials?.AccessKeyId, Arn: 'arn:aws:sts::123456789012:assumed-role/one/thief' },
      { AccessKeyId: two.Credentials?.AccessKeyId, madeWith: one.Credentials?.AccessKeyId },
    ],
  });
});

describe('the caller', () => {
  it('may contain its own key: that comes last, and nothing is said to be checked', async () => {
    const bob = await createAccessKey(admin, { UserName: 'bob' });
    const aws = connectAs(leaked);
    const plan = planContainment(await gatherFacts(aws, [leaked.AccessKeyId, bob.AccessKeyId], {}));
    expect(plan).toMatchObject({ locksOut: true, consequence: expect.stringContaining('locked out') as string });
    const report = await contain([leaked.AccessKeyId, bob.AccessKeyId], { aws });
    expect(report.failures).toMatchObject([{ what: 'nothing was checked afterwards, and CloudTrail was not read' }]);
    expect([await statusOf(leaked), await statusOf(bob)]).toEqual(['Inactive', 'Inactive']);
    expect(await readDeny()).toContain('aws:TokenIssueTime');
  });

  it('is root: its own key can be contained, and by nobody else', async () => {
    const root = endpoint.issueRootKey();
    const foreign = planContainment(await gatherFacts(admin, [root.AccessKeyId], {}));
    expect(foreign).toMatchObject({ targets: [], refused: [{ Reason: expect.stringContaining('root') as string }] });
    const aws = connectWith({ accessKeyId: root.AccessKeyId, secretAccessKey: root.SecretAccessKey.reveal() });
    const report = await contain([root.AccessKeyId], { aws });
    expect(report.contained).toMatchObject([{ AccessKeyId: root.AccessKeyId, isInactive: true }]);
    expect(await catchFailure(getUser(aws))).toMatchObject({ awsCode: 'InvalidClientTokenId' });
  });
});
