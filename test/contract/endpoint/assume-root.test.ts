// Root users of member accounts, as their organization's management account sees and mends them.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startEndpoint, type Endpoint } from '../../../src/endpoint/index.ts';
import { administratorOf, call, callWell, readElement, type Pair } from './signed-call.ts';
import { callJson } from './signed-json-call.ts';

const management = '123456789012';
const member = '222222222222';
const suspended = '333333333333';
const stranger = '444444444444';
const memberRoot = `arn:aws:iam::${member}:root`;
const adminArn = `arn:aws:iam::${management}:user/admin`;
const memberAdmin = { accessKeyId: 'AKIAMEMBERADMINADMIN', secretAccessKey: 'the secret of the administrator' };

const seed = {
  organization: { managementAccountId: management, accounts: [member, suspended] },
  accounts: [
    { accountId: management },
    {
      accountId: member,
      CreateDate: '2025-08-25T13:49:23Z',
      rootAccessKeys: [
        { AccessKeyId: 'AKIAMEMBERROOTROOTRO', SecretAccessKey: 'the secret of root', CreateDate: '900d' },
      ],
      users: [
        {
          UserName: 'admin',
          AttachedPolicies: ['arn:aws:iam::aws:policy/AdministratorAccess'],
          AccessKeys: [{ AccessKeyId: memberAdmin.accessKeyId, SecretAccessKey: memberAdmin.secretAccessKey }],
        },
      ],
    },
    { accountId: suspended, State: 'SUSPENDED' },
    { accountId: stranger },
  ],
};

let endpoint: Endpoint;
let admin: Pair;
beforeEach(async () => {
  endpoint = await startEndpoint({ seed });
  admin = administratorOf(endpoint);
});
afterEach(() => endpoint.close());

type Parameters = Readonly<Record<string, string>>;

async function ask(pair: Pair, action: string, parameters: Parameters = {}): Promise<string> {
  const { status, code, message } = await call(endpoint, pair, action, parameters);
  return status === 200 ? 'ok' : `${status} ${code ?? ''}: ${message ?? ''}`;
}

const name = (task: string, TargetPrincipal = member) => ({
  TargetPrincipal,
  'TaskPolicyArn.arn': `arn:aws:iam::aws:policy/root-task/${task}`,
});
const audit = name('IAMAuditRootUserCredentials');

function readCredentials(xml: string): Pair {
  const read = (element: string) => readElement(xml, element) ?? '';
  return {
    accessKeyId: read('AccessKeyId'),
    secretAccessKey: read('SecretAccessKey'),
    sessionToken: read('SessionToken'),
  };
}

async function assume(task: string): Promise<Pair> {
  return readCredentials(await callWell(endpoint, admin, 'AssumeRoot', name(task)));
}

const denied = (target: string, arn = adminArn) =>
  `403 AccessDenied: User: ${arn} is not authorized to perform: sts:AssumeRoot on resource: arn:aws:iam::${target}:root`;

describe('AssumeRoot', () => {
  it('hands out the root user of a member account for a quarter of an hour', async () => {
    const before = Date.now();
    const xml = await callWell(endpoint, admin, 'AssumeRoot', { ...audit, TargetPrincipal: memberRoot });
    expect(xml).not.toContain('SourceIdentity');
    const expiration = Date.parse(readElement(xml, 'Expiration') ?? '');
    expect(Math.abs(expiration - before - 900_000)).toBeLessThan(5_000);
    const session = readCredentials(xml);
    expect(session.accessKeyId).toMatch(/^ASIA/);
    expect(readElement(await callWell(endpoint, session, 'GetCallerIdentity'), 'Arn')).toBe(memberRoot);
    endpoint.advanceClock(901_000);
    const late = await call(endpoint, session, 'GetUser', {}, { date: new Date(Date.now() + 901_000) });
    expect(late.code).toBe('ExpiredToken');
  });

  it('audits with it what the root user has, and nothing else', async () => {
    const session = await assume('IAMAuditRootUserCredentials');
    const user = await callWell(endpoint, session, 'GetUser');
    expect([readElement(user, 'UserId'), readElement(user, 'Arn'), readElement(user, 'CreateDate')]).toEqual([
      member,
      memberRoot,
      '2025-08-25T13:49:23Z',
    ]);
    expect(user).not.toContain('UserName');
    expect(readElement(await callWell(endpoint, session, 'ListAccessKeys'), 'AccessKeyId')).toBe(
      'AKIAMEMBERROOTROOTRO',
    );
    const lastUsed = await callWell(endpoint, session, 'GetAccessKeyLastUsed', { AccessKeyId: 'AKIAMEMBERROOTROOTRO' });
    expect(readElement(lastUsed, 'ServiceName')).toBe('N/A');
    expect(await callWell(endpoint, session, 'ListMFADevices')).toContain('<MFADevices/>');
    expect(await callWell(endpoint, session, 'ListSigningCertificates')).toContain('<Certificates/>');
    const summary = await callWell(endpoint, session, 'GetAccountSummary');
    expect(summary).toMatch(/AccountAccessKeysPresent<\/key>\s*<value>1</);
    expect(await ask(session, 'GetLoginProfile')).toBe(
      '404 NoSuchEntity: Login Profile for User null cannot be found.',
    );
    for (const [action, parameters, resource] of [
      ['DeleteAccessKey', { AccessKeyId: 'AKIAMEMBERROOTROOTRO' }, memberRoot],
      ['ListUsers', {}, `arn:aws:iam::${member}:user/`],
      ['ListAccessKeys', { UserName: 'admin' }, 'user admin'],
    ] as const) {
      expect(await ask(session, action, parameters)).toBe(
        `403 AccessDenied: User: ${memberRoot} is not authorized to perform: iam:${action} on resource: ${resource} with an explicit deny in a session policy`,
      );
    }
    expect(await ask(session, 'AssumeRoot', audit)).toBe(denied(member, memberRoot));
    expect(await ask(session, 'GetSessionToken')).toMatch(/^403 AccessDenied/);
  });

  it("deletes the root user's keys, which it cannot make Inactive", async () => {
    const session = await assume('IAMDeleteRootUserCredentials');
    const key = { AccessKeyId: 'AKIAMEMBERROOTROOTRO' };
    expect(await ask(session, 'UpdateAccessKey', { ...key, Status: 'Inactive' })).toMatch(/explicit deny in a session/);
    expect(await ask(session, 'CreateAccessKey')).toMatch(/explicit deny in a session/);
    expect(await ask(session, 'DeleteAccessKey', { AccessKeyId: memberAdmin.accessKeyId })).toMatch(
      /^404 NoSuchEntity/,
    );
    expect(await ask(session, 'DeleteAccessKey', key)).toBe('ok');
    expect(await callWell(endpoint, session, 'ListAccessKeys')).toContain('<AccessKeyMetadata/>');
    const root = { accessKeyId: key.AccessKeyId, secretAccessKey: 'the secret of root' };
    expect(await ask(root, 'GetCallerIdentity')).toMatch(/^403 InvalidClientTokenId/);
  });

  it('lets the root user have a password again, and takes it away', async () => {
    const create = await assume('IAMCreateRootUserPassword');
    const made = await callWell(endpoint, create, 'CreateLoginProfile');
    expect(made).not.toContain('UserName');
    expect(readElement(made, 'PasswordResetRequired')).toBe('false');
    expect(await ask(create, 'CreateLoginProfile')).toBe(
      `409 EntityAlreadyExists: Login Profile for account ${member} already exists.`,
    );
    const CreateDate = readElement(made, 'CreateDate') ?? '';
    expect(readElement(await callWell(endpoint, create, 'GetLoginProfile'), 'CreateDate')).toBe(CreateDate);
    expect(await callWell(endpoint, memberAdmin, 'GetAccountSummary')).toMatch(
      /AccountPasswordPresent<\/key>\s*<value>1</,
    );
    await callWell(endpoint, memberAdmin, 'GenerateCredentialReport');
    endpoint.advanceClock(3_000);
    const report = await callWell(endpoint, memberAdmin, 'GetCredentialReport');
    const [, row] = Buffer.from(readElement(report, 'Content') ?? '', 'base64')
      .toString()
      .split('\n');
    expect(row?.split(',').slice(0, 8)).toEqual([
      ...['<root_account>', memberRoot, '2025-08-25T13:49:23Z'],
      ...['true', 'no_information', CreateDate, 'not_supported', 'false'],
    ]);
    const session = await assume('IAMDeleteRootUserCredentials');
    expect(await ask(session, 'DeleteLoginProfile')).toBe('ok');
    expect(await ask(session, 'DeleteLoginProfile')).toMatch(/^404 NoSuchEntity: Login Profile for User null/);
  });

  it('is refused in the words of AWS', async () => {
    const invalid = (problem: string) => `400 ValidationError: ${problem}`;
    for (const TargetPrincipal of [adminArn, `${member}:root`, `arn:aws:iam::${member}`, 'x'.repeat(12)]) {
      expect(await ask(admin, 'AssumeRoot', { ...audit, TargetPrincipal })).toBe(
        invalid('Request must contain a valid target principal'),
      );
    }
    for (const arn of ['arn:aws:iam::aws:policy/ReadOnlyAccess', 'arn:aws:iam::aws:policy/root-task/toString']) {
      expect(await ask(admin, 'AssumeRoot', { ...audit, 'TaskPolicyArn.arn': arn })).toBe(
        invalid('Request must contain valid AWS managed task policy ARN'),
      );
    }
    const violation = (what: string) => invalid(`1 validation error detected: Value ${what}`);
    expect(await ask(admin, 'AssumeRoot', { TargetPrincipal: member })).toBe(
      violation("null at 'taskPolicyArn' failed to satisfy constraint: Member must not be null"),
    );
    expect(await ask(admin, 'AssumeRoot', { ...audit, DurationSeconds: '901' })).toBe(
      violation(
        "'901' at 'durationSeconds' failed to satisfy constraint: Member must have value less than or equal to 900",
      ),
    );
    expect(await ask(admin, 'AssumeRoot', { ...audit, DurationSeconds: '0' })).toBe('ok');
  });

  it('is denied without a reason', async () => {
    for (const target of [management, suspended, stranger, '999999999999']) {
      expect(await ask(admin, 'AssumeRoot', name('IAMAuditRootUserCredentials', target))).toBe(denied(target));
    }
    expect(await ask(memberAdmin, 'AssumeRoot', audit)).toBe(denied(member, `arn:aws:iam::${member}:user/admin`));
    const { AccessKeyId, SecretAccessKey } = endpoint.issueRootKey();
    const root = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey.reveal() };
    expect(await ask(root, 'AssumeRoot', audit)).toBe(denied(member, `arn:aws:iam::${management}:root`));
    await callWell(endpoint, admin, 'CreateUser', { UserName: 'bob' });
    const made = await callWell(endpoint, admin, 'CreateAccessKey', { UserName: 'bob' });
    const bob = readCredentials(made);
    const pair = { accessKeyId: bob.accessKeyId, secretAccessKey: bob.secretAccessKey };
    const bobArn = `arn:aws:iam::${management}:user/bob`;
    expect(await ask(pair, 'AssumeRoot', audit)).toBe(denied(member, bobArn));
    const Statement = {
      Effect: 'Allow',
      Action: 'sts:AssumeRoot',
      Resource: 'arn:aws:iam::*:root',
      Condition: { StringEquals: { 'sts:TaskPolicyArn': audit['TaskPolicyArn.arn'], 'aws:ResourceAccount': member } },
    };
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
    await callWell(endpoint, admin, 'PutUserPolicy', { UserName: 'bob', PolicyName: 'p', PolicyDocument });
    expect(await ask(pair, 'AssumeRoot', audit)).toBe('ok');
    expect(await ask(pair, 'AssumeRoot', name('IAMDeleteRootUserCredentials'))).toBe(denied(member, bobArn));
  });

  it('is limited by what the organization has switched on', async () => {
    const features = async (action: string) =>
      [...(await callWell(endpoint, admin, action)).matchAll(/<member>(\w+)</g)].map(([, feature]) => feature);
    const both = ['RootSessions', 'RootCredentialsManagement'];
    expect(await features('ListOrganizationsFeatures')).toEqual(both);
    expect(await ask(admin, 'AssumeRoot', name('S3UnlockBucketPolicy'))).toBe('ok');
    expect(await features('DisableOrganizationsRootSessions')).toEqual(['RootCredentialsManagement']);
    expect(await ask(admin, 'AssumeRoot', name('SQSUnlockQueuePolicy'))).toBe(
      '403 AccessDenied: Root sessions feature is not enabled for your AWS Organization.',
    );
    expect(await ask(admin, 'AssumeRoot', audit)).toBe('ok');
    expect(await features('DisableOrganizationsRootCredentialsManagement')).toEqual([]);
    expect(await ask(admin, 'AssumeRoot', audit)).toBe(
      '403 AccessDenied: Root credentials management feature is not enabled for your AWS Organization.',
    );
    expect(await features('EnableOrganizationsRootSessions')).toEqual(['RootSessions']);
    expect(await features('EnableOrganizationsRootCredentialsManagement')).toEqual(both);
    expect(await ask(memberAdmin, 'ListOrganizationsFeatures')).toBe(
      `400 AccountNotManagementOrDelegatedAdministratorException: Input account ${member} is neither management account nor delegated admin.`,
    );
    await using alone = await startEndpoint();
    const { code } = await call(alone, administratorOf(alone), 'ListOrganizationsFeatures');
    expect(code).toBe('OrganizationNotFoundException');
  });

  it('is told by service control policies from the root user itself, and by the trail', async () => {
    const Condition = { Null: { 'aws:AssumedRoot': 'false' } };
    const limit = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*', Condition }] };
    await using limited = await startEndpoint({
      seed: { ...seed, organization: { ...seed.organization, controlPolicies: { limit } } },
    });
    const session = readCredentials(await callWell(limited, administratorOf(limited), 'AssumeRoot', audit));
    expect((await call(limited, session, 'GetUser')).status).toBe(200);
    const root = { accessKeyId: 'AKIAMEMBERROOTROOTRO', secretAccessKey: 'the secret of root' };
    expect((await call(limited, root, 'GetUser')).message).toMatch(/because no service control policy allows/);
    const { json } = await callJson(endpoint, memberAdmin, 'cloudtrail', 'LookupEvents');
    expect(json).toEqual({ Events: [] });
    await callWell(endpoint, await assume('IAMAuditRootUserCredentials'), 'GetUser');
    const attributes = [{ AttributeKey: 'EventName', AttributeValue: 'GetUser' }];
    const found = await callJson(endpoint, memberAdmin, 'cloudtrail', 'LookupEvents', { LookupAttributes: attributes });
    const [event] = found.json.Events as { CloudTrailEvent: string }[];
    expect(JSON.parse(event?.CloudTrailEvent ?? '{}')).toMatchObject({
      userIdentity: { type: 'Root', arn: memberRoot, sessionContext: { assumedRoot: 'true' } },
    });
  });
});
