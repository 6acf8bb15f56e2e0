// Policies of every kind against a running endpoint: what they allow, what they deny, and in which words.
import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startEndpoint, type Endpoint } from '../../../src/endpoint/index.ts';
import { showCode } from './authenticator.ts';
import { administratorOf, call, callWell, readElement as findElement, type Pair } from './signed-call.ts';

const account = '123456789012';
let endpoint: Endpoint;
let admin: Pair;

beforeEach(async () => {
  endpoint = await startEndpoint();
  admin = administratorOf(endpoint);
});

afterEach(() => endpoint.close());

const asAdmin = (Action: string, parameters: Readonly<Record<string, string>> = {}) =>
  callWell(endpoint, admin, Action, parameters);

/** The text of the first element of a name, which has to be there. */
function readElement(xml: string, name: string): string {
  const text = findElement(xml, name);
  if (text === undefined) throw new Error(`no ${name} in ${xml}`);
  return text;
}

/** A document of version 2012-10-17. */
function write(...Statement: object[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement });
}

const allow = (Action: string | string[], Resource: string | string[] = '*', Condition?: object) => ({
  Effect: 'Allow',
  Action,
  Resource,
  Condition,
});
const deny = (Action: string, Resource = '*', Condition?: object) => ({ Effect: 'Deny', Action, Resource, Condition });

async function createUser(UserName: string, parameters: Readonly<Record<string, string>> = {}): Promise<Pair> {
  await asAdmin('CreateUser', { UserName, ...parameters });
  const xml = await asAdmin('CreateAccessKey', { UserName });
  return { accessKeyId: readElement(xml, 'AccessKeyId'), secretAccessKey: readElement(xml, 'SecretAccessKey') };
}

async function createRole(RoleName: string, ...trust: object[]): Promise<string> {
  return readElement(await asAdmin('CreateRole', { RoleName, AssumeRolePolicyDocument: write(...trust) }), 'Arn');
}

const trusting = (AWS: string, Condition?: object, Action: string | string[] = 'sts:AssumeRole') => ({
  Effect: 'Allow',
  Principal: { AWS },
  Action,
  Condition,
});

const putUserPolicy = (UserName: string, PolicyDocument: string, PolicyName = 'p') =>
  asAdmin('PutUserPolicy', { UserName, PolicyName, PolicyDocument });

async function createPolicy(PolicyName: string, PolicyDocument: string): Promise<string> {
  return readElement(await asAdmin('CreatePolicy', { PolicyName, PolicyDocument }), 'Arn');
}

/** What a call is answered with: `ok`, or why not. */
async function ask(pair: Pair, Action: string, parameters: Readonly<Record<string, string>> = {}): Promise<string> {
  const { status, code, message } = await call(endpoint, pair, Action, parameters);
  return status === 200 ? 'ok' : `${code ?? ''}: ${message ?? ''}`;
}

function readCredentials(xml: string): Pair {
  return {
    accessKeyId: readElement(xml, 'AccessKeyId'),
    secretAccessKey: readElement(xml, 'SecretAccessKey'),
    sessionToken: readElement(xml, 'SessionToken'),
  };
}

async function assumeRole(
  pair: Pair,
  RoleArn: string,
  parameters: Readonly<Record<string, string>> = {},
): Promise<Pair> {
  const named = { RoleArn, RoleSessionName: 'run-1', ...parameters };
  return readCredentials(await callWell(endpoint, pair, 'AssumeRole', named));
}

/** Letters that do not let themselves be compressed much, the same for the same seed. */
function drawText(seed: number, length: number): string {
  const letters = Array.from({ length: Math.ceil(length / 40) }, (_, index) =>
    createHash('sha512').update(`${seed} ${index}`).digest('base64').replace(/[+/=]/g, '').slice(0, 40),
  );
  return letters.join('').slice(0, length);
}

const denied = (arn: string, action: string, rest: string) =>
  `AccessDenied: User: ${arn} is not authorized to perform: ${action}${rest}`;
const bobArn = `arn:aws:iam::${account}:user/bob`;
const unallowed = (action: string, resource: string, arn = bobArn) =>
  denied(arn, action, ` on resource: ${resource} because no identity-based policy allows the ${action} action`);

describe('identity policies', () => {
  it('allow nothing while there are none, beyond asking who one is', async () => {
    const bob = await createUser('bob');
    expect(await ask(bob, 'GetCallerIdentity')).toBe('ok');
    expect(await ask(bob, 'GetUser')).toBe(unallowed('iam:GetUser', 'user bob'));
    expect(await ask(bob, 'ListUsers')).toBe(unallowed('iam:ListUsers', `arn:aws:iam::${account}:user/`));
    expect(await ask(bob, 'GetRole', { RoleName: 'ops' })).toBe(unallowed('iam:GetRole', 'role ops'));
    expect(await ask(bob, 'GetAccessKeyInfo', { AccessKeyId: bob.accessKeyId })).toBe(
      denied(
        bobArn,
        'sts:GetAccessKeyInfo',
        ' because no identity-based policy allows the sts:GetAccessKeyInfo action',
      ),
    );
  });

  it('are inline, attached, or of a group, and take effect at once', async () => {
    const bob = await createUser('bob');
    await putUserPolicy('bob', write(allow('iam:GetUser', `arn:aws:iam::${account}:user/\${aws:username}`)));
    expect(await ask(bob, 'GetUser')).toBe('ok');
    expect(await ask(bob, 'GetUser', { UserName: 'admin' })).toBe(unallowed('iam:GetUser', 'user admin'));
    await asAdmin('AttachUserPolicy', { UserName: 'bob', PolicyArn: 'arn:aws:iam::aws:policy/IAMReadOnlyAccess' });
    expect(await ask(bob, 'GetUser', { UserName: 'admin' })).toBe('ok');
    await asAdmin('DetachUserPolicy', { UserName: 'bob', PolicyArn: 'arn:aws:iam::aws:policy/IAMReadOnlyAccess' });
    expect(await ask(bob, 'GetUser', { UserName: 'admin' })).toBe(unallowed('iam:GetUser', 'user admin'));
    await asAdmin('CreateGroup', { GroupName: 'ops' });
    await asAdmin('PutGroupPolicy', { GroupName: 'ops', PolicyName: 'p', PolicyDocument: write(allow('iam:*')) });
    await asAdmin('AddUserToGroup', { GroupName: 'ops', UserName: 'bob' });
    expect(await ask(bob, 'GetUser', { UserName: 'admin' })).toBe('ok');
    await asAdmin('RemoveUserFromGroup', { GroupName: 'ops', UserName: 'bob' });
    expect(await ask(bob, 'GetUser', { UserName: 'admin' })).toBe(unallowed('iam:GetUser', 'user admin'));
  });

  it('deny whatever else allows', async () => {
    const bob = await createUser('bob');
    await putUserPolicy('bob', write(allow('*'), deny('iam:Delete*')));
    expect(await ask(bob, 'DeleteUser', { UserName: 'bob' })).toBe(
      denied(bobArn, 'iam:DeleteUser', ' on resource: user bob with an explicit deny in an identity-based policy'),
    );
    expect(await ask(bob, 'ListUsers')).toBe('ok');
  });

  it('follow the version that is the default', async () => {
    const bob = await createUser('bob');
    const PolicyArn = await createPolicy('look', write(allow('iam:GetUser')));
    await asAdmin('AttachUserPolicy', { UserName: 'bob', PolicyArn });
    const PolicyDocument = write(allow('iam:ListUsers'));
    await asAdmin('CreatePolicyVersion', { PolicyArn, PolicyDocument });
    expect(await ask(bob, 'GetUser')).toBe('ok');
    await asAdmin('SetDefaultPolicyVersion', { PolicyArn, VersionId: 'v2' });
    expect(await ask(bob, 'GetUser')).toBe(unallowed('iam:GetUser', 'user bob'));
    expect(await ask(bob, 'ListUsers')).toBe('ok');
  });

  it('are not asked for a name that is refused before', async () => {
    const bob = await createUser('bob');
    expect(await ask(bob, 'GetUser', { UserName: 'a b' })).toMatch(/^ValidationError/);
    expect(await ask(bob, 'GetUser', { UserName: 'nobody' })).toBe(unallowed('iam:GetUser', 'user nobody'));
  });

  it('do not count without authorization', async () => {
    await using open = await startEndpoint({ authorization: false });
    const xml = await callWell(open, administratorOf(open), 'CreateUser', { UserName: 'bob' });
    expect(readElement(xml, 'UserName')).toBe('bob');
    const key = await callWell(open, administratorOf(open), 'CreateAccessKey', { UserName: 'bob' });
    const bob = { accessKeyId: readElement(key, 'AccessKeyId'), secretAccessKey: readElement(key, 'SecretAccessKey') };
    await callWell(open, bob, 'ListUsers');
  });
});

describe('conditions', () => {
  it.each([
    ['the tags of the user it is about', { StringEquals: { 'aws:ResourceTag/team': 'red' } }],
    ['the same under the older name', { StringEquals: { 'iam:ResourceTag/Team': 'red' } }],
    ['the tags of the caller', { StringEquals: { 'aws:PrincipalTag/team': 'blue' } }],
    ['the ARN of the caller', { ArnEquals: { 'aws:PrincipalArn': bobArn } }],
    ['the name of the caller', { StringEquals: { 'aws:username': 'bob' } }],
    ['the id of the caller', { StringLike: { 'aws:userid': 'AIDA*' } }],
    ['the address of the caller', { IpAddress: { 'aws:SourceIp': '127.0.0.0/8' } }],
    ['the client of the caller', { StringLike: { 'aws:UserAgent': '*node*' } }],
    ['the time', { DateGreaterThan: { 'aws:CurrentTime': '2020-01-01T00:00:00Z' } }],
    ['a connection in the open', { Bool: { 'aws:SecureTransport': 'false' } }],
    ['a long-term key, which says nothing of MFA', { Null: { 'aws:MultiFactorAuthPresent': 'true' } }],
  ])('know %s', async (_, Condition) => {
    const bob = await createUser('bob', { 'Tags.member.1.Key': 'team', 'Tags.member.1.Value': 'blue' });
    await createUser('eve', { 'Tags.member.1.Key': 'Team', 'Tags.member.1.Value': 'red' });
    await putUserPolicy('bob', write(allow('iam:GetUser', '*', Condition)));
    expect(await ask(bob, 'GetUser', { UserName: 'eve' })).toBe('ok');
    const opposite = { Null: { 'aws:userid': 'true' } };
    await putUserPolicy('bob', write(allow('iam:GetUser', '*', { ...Condition, ...opposite })));
    expect(await ask(bob, 'GetUser', { UserName: 'eve' })).not.toBe('ok');
  });

  it('know what the request says: tags, policies, boundaries', async () => {
    const bob = await createUser('bob');
    const denyAll = 'arn:aws:iam::aws:policy/AWSDenyAll';
    const bounds = await createPolicy('bounds', write(allow('*')));
    await putUserPolicy(
      'bob',
      write(
        allow('iam:AttachUserPolicy', '*', { ArnEquals: { 'iam:PolicyARN': denyAll } }),
        allow('iam:TagUser', '*', { StringEquals: { 'aws:RequestTag/team': 'red' } }),
        allow('iam:UntagUser', '*', { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['team'] } }),
        allow('iam:CreateUser', '*', { StringEquals: { 'iam:PermissionsBoundary': bounds } }),
      ),
    );
    const eve = { UserName: 'eve' };
    expect(await ask(bob, 'CreateUser', eve)).toBe(unallowed('iam:CreateUser', `arn:aws:iam::${account}:user/eve`));
    expect(await ask(bob, 'CreateUser', { ...eve, PermissionsBoundary: bounds })).toBe('ok');
    expect(await ask(bob, 'AttachUserPolicy', { ...eve, PolicyArn: bounds })).toBe(
      unallowed('iam:AttachUserPolicy', 'user eve'),
    );
    expect(await ask(bob, 'AttachUserPolicy', { ...eve, PolicyArn: denyAll })).toBe('ok');
    const tag = (Value: string) => ({ ...eve, 'Tags.member.1.Key': 'team', 'Tags.member.1.Value': Value });
    expect(await ask(bob, 'TagUser', tag('blue'))).toBe(unallowed('iam:TagUser', 'user eve'));
    expect(await ask(bob, 'TagUser', tag('red'))).toBe('ok');
    expect(await ask(bob, 'UntagUser', { ...eve, 'TagKeys.member.1': 'other' })).toMatch(/^AccessDenied/);
    expect(await ask(bob, 'UntagUser', { ...eve, 'TagKeys.member.1': 'team' })).toBe('ok');
  });

  it('know to which service a role is passed', async () => {
    const bob = await createUser('bob');
    const role = await createRole('ops', trusting(account));
    await asAdmin('CreateInstanceProfile', { InstanceProfileName: 'web' });
    const add = () => ask(bob, 'AddRoleToInstanceProfile', { InstanceProfileName: 'web', RoleName: 'ops' });
    expect(await add()).toBe(unallowed('iam:AddRoleToInstanceProfile', 'instance profile web'));
    const passTo = (service: string) =>
      allow('iam:PassRole', role, { StringEquals: { 'iam:PassedToService': `${service}.amazonaws.com` } });
    await putUserPolicy('bob', write(allow('iam:AddRoleToInstanceProfile'), passTo('lambda')));
    expect(await add()).toBe(unallowed('iam:PassRole', role));
    await putUserPolicy('bob', write(allow('iam:AddRoleToInstanceProfile'), passTo('ec2')));
    expect(await add()).toBe('ok');
  });

  it('know what a service-specific credential is to be', async () => {
    const bob = await createUser('bob');
    const bounds = {
      StringEquals: { 'iam:ServiceSpecificCredentialServiceName': 'bedrock.amazonaws.com' },
      NumericLessThanEquals: { 'iam:ServiceSpecificCredentialAgeDays': '30' },
    };
    await putUserPolicy('bob', write(allow('iam:CreateServiceSpecificCredential', '*', bounds)));
    const create = (ServiceName: string, age: Readonly<Record<string, string>>) =>
      ask(bob, 'CreateServiceSpecificCredential', { UserName: 'bob', ServiceName, ...age });
    const refused = unallowed('iam:CreateServiceSpecificCredential', 'user bob');
    expect(await create('bedrock.amazonaws.com', { CredentialAgeDays: '31' })).toBe(refused);
    expect(await create('bedrock.amazonaws.com', {})).toBe(refused);
    expect(await create('logs.amazonaws.com', { CredentialAgeDays: '30' })).toBe(refused);
    expect(await create('bedrock.amazonaws.com', { CredentialAgeDays: '30' })).toBe('ok');
  });
});

describe('permissions boundaries', () => {
  it('limit a user, and grant nothing', async () => {
    const bounds = await createPolicy('bounds', write(allow(['iam:GetUser', 'iam:ListUsers'])));
    const bob = await createUser('bob', { PermissionsBoundary: bounds });
    expect(await ask(bob, 'GetUser')).toBe(unallowed('iam:GetUser', 'user bob'));
    await putUserPolicy('bob', write(allow('*')));
    expect(await ask(bob, 'GetUser')).toBe('ok');
    expect(await ask(bob, 'ListRoles')).toBe(
      denied(
        bobArn,
        'iam:ListRoles',
        ` on resource: arn:aws:iam::${account}:role/ because no permissions boundary allows the iam:ListRoles action`,
      ),
    );
    await asAdmin('DeleteUserPermissionsBoundary', { UserName: 'bob' });
    expect(await ask(bob, 'ListRoles')).toBe('ok');
  });
});

describe('AssumeRole', () => {
  const noReason = (role: string, arn = bobArn) => denied(arn, 'sts:AssumeRole', ` on resource: ${role}`);

  it('hands out a session of the role, with the rights of the role', async () => {
    const role = await createRole('ops', trusting(account));
    await asAdmin('PutRolePolicy', { RoleName: 'ops', PolicyName: 'p', PolicyDocument: write(allow('iam:ListRoles')) });
    const xml = await asAdmin('AssumeRole', { RoleArn: role, RoleSessionName: 'run-1' });
    const arn = `arn:aws:sts::${account}:assumed-role/ops/run-1`;
    expect(readElement(xml, 'Arn')).toBe(arn);
    expect(readElement(xml, 'AssumedRoleId')).toMatch(/^AROA[A-Z2-7]{17}:run-1$/);
    expect(xml).not.toContain('PackedPolicySize');
    const session = readCredentials(xml);
    expect(session.accessKeyId).toMatch(/^ASIARZPUZDIK/);
    expect(readElement(await callWell(endpoint, session, 'GetCallerIdentity'), 'Arn')).toBe(arn);
    expect(await ask(session, 'ListRoles')).toBe('ok');
    expect(await ask(session, 'GetUser', { UserName: 'admin' })).toBe(unallowed('iam:GetUser', 'user admin', arn));
    await asAdmin('DeleteRolePolicy', { RoleName: 'ops', PolicyName: 'p' });
    expect(await ask(session, 'ListRoles')).toMatch(/^AccessDenied/);
    await asAdmin('DeleteRole', { RoleName: 'ops' });
    expect(await ask(session, 'GetCallerIdentity')).toBe(
      'InvalidClientTokenId: The security token included in the request is invalid.',
    );
  });

  it('needs the trust of the role, and of the caller the permission unless it is named', async () => {
    const bob = await createUser('bob');
    const role = await createRole('ops', trusting(account));
    const named = { RoleArn: role, RoleSessionName: 'run-1' };
    expect(await ask(bob, 'AssumeRole', named)).toBe(noReason(role));
    await putUserPolicy('bob', write(allow('sts:AssumeRole')));
    expect(await ask(bob, 'AssumeRole', named)).toBe('ok');
    const others = { RoleName: 'ops', PolicyDocument: write(trusting(`arn:aws:iam::${account}:user/admin`)) };
    await asAdmin('UpdateAssumeRolePolicy', others);
    expect(await ask(bob, 'AssumeRole', named)).toBe(noReason(role));
    const absent = `arn:aws:iam::${account}:role/absent`;
    expect(await ask(bob, 'AssumeRole', { ...named, RoleArn: absent })).toBe(noReason(absent));
    await asAdmin('DeleteUserPolicy', { UserName: 'bob', PolicyName: 'p' });
    await asAdmin('UpdateAssumeRolePolicy', { RoleName: 'ops', PolicyDocument: write(trusting(bobArn)) });
    expect(await ask(bob, 'AssumeRole', named)).toBe('ok');
  });

  it('is limited by the policies given to the session', async () => {
    const role = await createRole('ops', trusting(account));
    await asAdmin('PutRolePolicy', { RoleName: 'ops', PolicyName: 'p', PolicyDocument: write(allow('iam:*')) });
    const session = await assumeRole(admin, role, { Policy: write(allow('iam:ListRoles')) });
    expect(await ask(session, 'ListRoles')).toBe('ok');
    const arn = `arn:aws:sts::${account}:assumed-role/ops/run-1`;
    expect(await ask(session, 'ListUsers')).toBe(
      denied(
        arn,
        'iam:ListUsers',
        ` on resource: arn:aws:iam::${account}:user/ because no session policy allows the iam:ListUsers action`,
      ),
    );
    const managed = await assumeRole(admin, role, {
      'PolicyArns.member.1.arn': 'arn:aws:iam::aws:policy/IAMReadOnlyAccess',
    });
    expect(await ask(managed, 'ListUsers')).toBe('ok');
    expect(await ask(managed, 'CreateUser', { UserName: 'bob' })).toMatch(/no session policy allows/);
    const named = { RoleArn: role, RoleSessionName: 'run-1' };
    expect(await ask(admin, 'AssumeRole', { ...named, Policy: '{' })).toMatch(/^MalformedPolicyDocument/);
  });

  it('takes ten policies, and as much of them and of tags as fits', async () => {
    const named = { RoleArn: await createRole('ops', trusting(account)), RoleSessionName: 'run-1' };
    const policies = (count: number) =>
      Object.fromEntries(
        Array.from({ length: count }, (_, index) => [
          `PolicyArns.member.${index + 1}.arn`,
          'arn:aws:iam::aws:policy/ReadOnlyAccess',
        ]),
      );
    expect(await ask(admin, 'AssumeRole', { ...named, ...policies(10) })).toBe('ok');
    for (const parameters of [
      { ...named, ...policies(11) },
      { Name: 'guest', ...policies(11) },
    ]) {
      const action = 'Name' in parameters ? 'GetFederationToken' : 'AssumeRole';
      expect(await ask(admin, action, parameters)).toMatch(
        /at 'policyArns' failed to satisfy constraint: Member must have length less than or equal to 10$/,
      );
    }
    const Policy = write(allow(Array.from({ length: 9 }, (_, index) => `s3:${drawText(index, 200)}`)));
    expect(await ask(admin, 'AssumeRole', { ...named, Policy })).toMatch(
      /^PackedPolicyTooLarge: Packed policy consumes 1\d\d% of allotted space, please use smaller policy\.$/,
    );
    const tags = Array.from({ length: 10 }, (_, index): [string, string][] => [
      [`Tags.member.${index + 1}.Key`, `key${index}`],
      [`Tags.member.${index + 1}.Value`, drawText(index, 200)],
    ]).flat();
    const trust = {
      RoleName: 'ops',
      PolicyDocument: write(trusting(account, undefined, ['sts:AssumeRole', 'sts:TagSession'])),
    };
    await asAdmin('UpdateAssumeRolePolicy', trust);
    expect(await ask(admin, 'AssumeRole', { ...named, ...Object.fromEntries(tags) })).toMatch(
      /^PackedPolicyTooLarge: Packed size of session tags consumes \d{3}% of allotted space\.$/,
    );
  });

  it('wants the external id that the role wants', async () => {
    const role = await createRole('ops', trusting(account, { StringEquals: { 'sts:ExternalId': '42' } }));
    const named = { RoleArn: role, RoleSessionName: 'run-1' };
    const adminArn = `arn:aws:iam::${account}:user/admin`;
    expect(await ask(admin, 'AssumeRole', named)).toBe(noReason(role, adminArn));
    expect(await ask(admin, 'AssumeRole', { ...named, ExternalId: '41' })).toBe(noReason(role, adminArn));
    expect(await ask(admin, 'AssumeRole', { ...named, ExternalId: '42' })).toBe('ok');
  });

  it('tags sessions, and hands transitive tags down', async () => {
    const trust = trusting(account, undefined, ['sts:AssumeRole', 'sts:TagSession']);
    const first = await createRole('first', trust);
    const second = await createRole('second', trust);
    const policy = write(
      allow('sts:*'),
      allow('iam:ListRoles', '*', { StringEquals: { 'aws:PrincipalTag/Team': 'red' } }),
    );
    for (const RoleName of ['first', 'second']) {
      await asAdmin('PutRolePolicy', { RoleName, PolicyName: 'p', PolicyDocument: policy });
    }
    const tags = { 'Tags.member.1.Key': 'team', 'Tags.member.1.Value': 'red' };
    const transitive = { ...tags, 'TransitiveTagKeys.member.1': 'Team' };
    const session = await assumeRole(admin, first, transitive);
    expect(await ask(session, 'ListRoles')).toBe('ok');
    expect(await ask(await assumeRole(session, second), 'ListRoles')).toBe('ok');
    const plain = await assumeRole(admin, first, tags);
    expect(await ask(await assumeRole(plain, second), 'ListRoles')).toMatch(/^AccessDenied/);
    const named = { RoleArn: second, RoleSessionName: 'run-1' };
    expect(await ask(session, 'AssumeRole', { ...named, ...tags })).toBe(
      "InvalidParameterValue: One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.",
    );
    expect(await ask(admin, 'AssumeRole', { ...named, 'TransitiveTagKeys.member.1': 'x' })).toBe(
      'InvalidParameterValue: The specified transitive tag key must be included in the requested tags.',
    );
    const twice = { ...tags, 'Tags.member.2.Key': 'TEAM', 'Tags.member.2.Value': '' };
    expect(await ask(admin, 'AssumeRole', { ...named, ...twice })).toBe(
      'InvalidParameterValue: Duplicate tag keys found. Please note that Tag keys are case insensitive.',
    );
    const untagged = await createRole('untagged', trusting(account));
    expect(await ask(admin, 'AssumeRole', { ...named, RoleArn: untagged, ...tags })).toBe(
      denied(`arn:aws:iam::${account}:user/admin`, 'sts:TagSession', ` on resource: ${untagged}`),
    );
  });

  it('hands its source identity down, and keeps it', async () => {
    const condition = { StringEquals: { 'sts:SourceIdentity': 'ann' } };
    const actions = ['sts:AssumeRole', 'sts:SetSourceIdentity'];
    const first = await createRole('first', trusting(account, undefined, actions));
    const second = await createRole('second', trusting(account, condition, actions));
    await asAdmin('PutRolePolicy', { RoleName: 'first', PolicyName: 'p', PolicyDocument: write(allow('sts:*')) });
    const named = { RoleArn: second, RoleSessionName: 'run-1' };
    const adminArn = `arn:aws:iam::${account}:user/admin`;
    expect(await ask(admin, 'AssumeRole', named)).toBe(noReason(second, adminArn));
    expect(await ask(admin, 'AssumeRole', { ...named, SourceIdentity: 'bob' })).toBe(
      denied(adminArn, 'sts:SetSourceIdentity', ` on resource: ${second}`),
    );
    const session = await assumeRole(admin, first, { SourceIdentity: 'ann' });
    expect(readElement(await callWell(endpoint, session, 'AssumeRole', named), 'SourceIdentity')).toBe('ann');
    expect(await ask(session, 'AssumeRole', { ...named, SourceIdentity: 'ann' })).toBe('ok');
    const open = await createRole('open', trusting(account, undefined, actions));
    expect(await ask(session, 'AssumeRole', { ...named, RoleArn: open, SourceIdentity: 'bob' })).toBe(
      'ValidationError: The source identity is already set for this assume role session',
    );
    const closed = await createRole('closed', trusting(account));
    expect(await ask(session, 'AssumeRole', { ...named, RoleArn: closed })).toBe(
      denied(`arn:aws:sts::${account}:assumed-role/first/run-1`, 'sts:SetSourceIdentity', ` on resource: ${closed}`),
    );
  });

  it('lasts as long as the role lets it, an hour at most from one role to the next', async () => {
    const role = await createRole('ops', trusting(account));
    await asAdmin('PutRolePolicy', { RoleName: 'ops', PolicyName: 'p', PolicyDocument: write(allow('sts:*')) });
    const named = { RoleArn: role, RoleSessionName: 'run-1' };
    expect(await ask(admin, 'AssumeRole', { ...named, DurationSeconds: '3601' })).toBe(
      'ValidationError: The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    );
    await asAdmin('UpdateRole', { RoleName: 'ops', MaxSessionDuration: '7200' });
    const session = await assumeRole(admin, role, { DurationSeconds: '7200' });
    const short = await createRole('short', trusting(account));
    expect(await ask(session, 'AssumeRole', { ...named, RoleArn: short, DurationSeconds: '3601' })).toBe(
      'ValidationError: The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    );
    expect(await ask(session, 'AssumeRole', { ...named, DurationSeconds: '3601' })).toBe(
      'ValidationError: The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.',
    );
    endpoint.advanceClock(7_200_000);
    expect(
      (await call(endpoint, session, 'GetCallerIdentity', {}, { date: new Date(Date.now() + 7_200_000) })).code,
    ).toBe('ExpiredToken');
  });

  it('refuses root, and what is no ARN', async () => {
    const { AccessKeyId, SecretAccessKey } = endpoint.issueRootKey();
    const root = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey.reveal() };
    const role = await createRole('ops', trusting(account));
    expect(await ask(root, 'AssumeRole', { RoleArn: role, RoleSessionName: 'run-1' })).toBe(
      'AccessDenied: Roles may not be assumed by root accounts.',
    );
    const RoleSessionName = 'run-1';
    for (const RoleArn of ['nothing-valid-in-here', 'arn::b:::something/test-role', 'arn:a:a::aaaaaaaaaa:']) {
      expect(await ask(admin, 'AssumeRole', { RoleArn, RoleSessionName })).toBe(
        `ValidationError: ${RoleArn} is invalid`,
      );
    }
    expect(await ask(admin, 'AssumeRole', { RoleArn: role, RoleSessionName: 'Session1:2' })).toBe(
      "ValidationError: 1 validation error detected: Value 'Session1:2' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*",
    );
  });
});

describe('GetSessionToken', () => {
  it('makes a session that may not call IAM without MFA', async () => {
    const bob = await createUser('bob');
    const session = readCredentials(await callWell(endpoint, bob, 'GetSessionToken'));
    expect(readElement(await callWell(endpoint, session, 'GetCallerIdentity'), 'Arn')).toBe(bobArn);
    expect(await ask(session, 'ListUsers')).toBe(
      'InvalidClientTokenId: The security token included in the request is invalid',
    );
    expect(await ask(session, 'GetSessionToken')).toBe(
      'AccessDenied: Cannot call GetSessionToken with session credentials',
    );
    expect(await ask(bob, 'GetSessionToken', { TokenCode: '123456' })).toBe(
      'AccessDenied: MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code.',
    );
  });

  it('with MFA may call IAM, and the conditions know of it', async () => {
    const bob = await createUser('bob');
    const Condition = { Bool: { 'aws:MultiFactorAuthPresent': 'true' } };
    await putUserPolicy('bob', write(allow('iam:ListUsers', '*', Condition)));
    expect(await ask(bob, 'ListUsers')).toMatch(/^AccessDenied/);
    const device = await asAdmin('CreateVirtualMFADevice', { VirtualMFADeviceName: 'phone' });
    const SerialNumber = readElement(device, 'SerialNumber');
    const seed = readElement(device, 'Base32StringSeed');
    const codes = { AuthenticationCode1: showCode(seed, -1), AuthenticationCode2: showCode(seed) };
    await asAdmin('EnableMFADevice', { UserName: 'bob', SerialNumber, ...codes });
    const TokenCode = showCode(seed, 1);
    const proof = { SerialNumber, TokenCode };
    expect(await ask(bob, 'GetSessionToken', { SerialNumber, TokenCode: '000000' })).toBe(
      'AccessDenied: MultiFactorAuthentication failed with invalid MFA one time pass code. ',
    );
    const session = readCredentials(await callWell(endpoint, bob, 'GetSessionToken', proof));
    expect(await ask(session, 'ListUsers')).toBe('ok');
    expect(await ask(bob, 'GetSessionToken', proof)).toMatch(/invalid MFA one time pass code/);
    expect(await ask(admin, 'GetSessionToken', proof)).toBe(
      'AccessDenied: MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.',
    );
  });
});

describe('GetFederationToken', () => {
  it('makes a federated user, who may do what caller and session both allow, and nothing in IAM', async () => {
    const xml = await asAdmin('GetFederationToken', { Name: 'guest', Policy: write(allow('sts:GetAccessKeyInfo')) });
    expect(readElement(xml, 'FederatedUserId')).toBe(`${account}:guest`);
    const guestArn = `arn:aws:sts::${account}:federated-user/guest`;
    expect(readElement(xml, 'Arn')).toBe(guestArn);
    const guest = readCredentials(xml);
    const { accessKeyId: AccessKeyId } = admin;
    expect(readElement(await callWell(endpoint, guest, 'GetCallerIdentity'), 'UserId')).toBe(`${account}:guest`);
    expect(await ask(guest, 'GetAccessKeyInfo', { AccessKeyId })).toBe('ok');
    expect(await ask(guest, 'GetUser')).toMatch(/^InvalidClientTokenId/);
    expect(await ask(guest, 'GetFederationToken', { Name: 'other' })).toBe(
      'AccessDenied: Cannot call GetFederationToken with session credentials',
    );
    const unlimited = readCredentials(await asAdmin('GetFederationToken', { Name: 'guest' }));
    expect(await ask(unlimited, 'GetAccessKeyInfo', { AccessKeyId })).toBe(
      denied(guestArn, 'sts:GetAccessKeyInfo', ' because no session policy allows the sts:GetAccessKeyInfo action'),
    );
  });

  it('needs permission', async () => {
    const bob = await createUser('bob');
    expect(await ask(bob, 'GetFederationToken', { Name: 'guest' })).toBe(
      unallowed('sts:GetFederationToken', `arn:aws:sts::${account}:federated-user/guest`),
    );
  });
});

describe('an organization', () => {
  const [management, member] = ['111111111111', '222222222222'];
  const secret = 'a-secret-of-forty-characters-for-a-test!';
  const keyOf = (AccessKeyId: string): Pair => ({ accessKeyId: AccessKeyId, secretAccessKey: secret });
  const hub = keyOf('AKIAHUBHUBHUBHUBHUB1');
  const spoke = keyOf('AKIASPOKESPOKESPOKE1');
  const rootOfSpoke = keyOf('AKIAROOTROOTROOTROO1');
  const everything = ['arn:aws:iam::aws:policy/AdministratorAccess'];
  const planted = (AccessKeyId: string) => [{ AccessKeyId, SecretAccessKey: secret }];

  beforeEach(() => {
    const trust = { AWS: '*' };
    endpoint.plant({
      organization: {
        Id: 'o-aaaaaaaaaa',
        managementAccountId: management,
        units: [
          {
            Name: 'limited',
            accounts: [member],
            controlPolicies: {
              FullAWSAccess: { Version: '2012-10-17', Statement: [allow('*')] },
              NoNewKeys: { Version: '2012-10-17', Statement: [deny('iam:CreateAccessKey')] },
            },
          },
        ],
      },
      accounts: [
        {
          accountId: management,
          users: [{ UserName: 'hub', AttachedPolicies: everything, AccessKeys: planted(hub.accessKeyId) }],
        },
        {
          accountId: member,
          rootAccessKeys: planted(rootOfSpoke.accessKeyId),
          users: [{ UserName: 'spoke', AttachedPolicies: everything, AccessKeys: planted(spoke.accessKeyId) }],
          roles: [
            {
              RoleName: 'auditor',
              AttachedPolicies: ['arn:aws:iam::aws:policy/IAMReadOnlyAccess'],
              AssumeRolePolicyDocument: {
                Version: '2012-10-17',
                Statement: [
                  {
                    Effect: 'Allow',
                    Principal: trust,
                    Action: 'sts:AssumeRole',
                    Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-aaaaaaaaaa' } },
                  },
                ],
              },
            },
          ],
        },
      ],
    });
  });

  it('limits its accounts, even their root users, by service control policies', async () => {
    const rest = ' with an explicit deny in a service control policy';
    const create = { UserName: 'spoke' };
    expect(await ask(spoke, 'CreateAccessKey', create)).toBe(
      denied(`arn:aws:iam::${member}:user/spoke`, 'iam:CreateAccessKey', ` on resource: user spoke${rest}`),
    );
    expect(await ask(spoke, 'ListUsers')).toBe('ok');
    expect(await ask(rootOfSpoke, 'CreateAccessKey', create)).toBe(
      denied(`arn:aws:iam::${member}:root`, 'iam:CreateAccessKey', ` on resource: user spoke${rest}`),
    );
    expect(await ask(rootOfSpoke, 'ListUsers')).toBe('ok');
    expect(await ask(hub, 'CreateAccessKey')).toBe('ok');
  });

  it('lets a role be assumed across accounts, by its members alone', async () => {
    const role = `arn:aws:iam::${member}:role/auditor`;
    const auditor = await assumeRole(hub, role);
    const xml = await callWell(endpoint, auditor, 'GetCallerIdentity');
    expect(readElement(xml, 'Arn')).toBe(`arn:aws:sts::${member}:assumed-role/auditor/run-1`);
    expect(readElement(await callWell(endpoint, auditor, 'ListUsers'), 'UserName')).toBe('spoke');
    expect(await ask(auditor, 'CreateUser', { UserName: 'bob' })).toMatch(/^AccessDenied/);
    expect(await ask(admin, 'AssumeRole', { RoleArn: role, RoleSessionName: 'run-1' })).toBe(
      denied(`arn:aws:iam::${account}:user/admin`, 'sts:AssumeRole', ` on resource: ${role}`),
    );
  });

  it('needs permission on both sides of a border', async () => {
    const PolicyDocument = write(trusting(`arn:aws:iam::${management}:user/hub`));
    await callWell(endpoint, spoke, 'UpdateAssumeRolePolicy', { RoleName: 'auditor', PolicyDocument });
    const named = { RoleArn: `arn:aws:iam::${member}:role/auditor`, RoleSessionName: 'run-1' };
    expect(await ask(hub, 'AssumeRole', named)).toBe('ok');
    await callWell(endpoint, hub, 'DetachUserPolicy', { UserName: 'hub', PolicyArn: everything[0] ?? '' });
    expect(await ask(hub, 'AssumeRole', named)).toBe(
      denied(`arn:aws:iam::${management}:user/hub`, 'sts:AssumeRole', ` on resource: ${named.RoleArn}`),
    );
  });
});
