import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEndpoint, type Endpoint } from '../../../src/endpoint/index.ts';
import { administratorOf, call, callWell, type Pair } from './signed-call.ts';
import { callJson } from './signed-json-call.ts';

const management = '123456789012';
const member = { accessKeyId: 'AKIAEXAMPLEMEMBER', secretAccessKey: 'a secret of the member account' };
const stranger = { accessKeyId: 'AKIAEXAMPLESTRANGER', secretAccessKey: 'a secret of another account' };
const powerless = { accessKeyId: 'AKIAEXAMPLEPOWERLESS', secretAccessKey: 'a secret of nobody much' };
const administrator = 'arn:aws:iam::aws:policy/AdministratorAccess';
const ids = Array.from({ length: 25 }, (_, index) => `2000000000${String(index).padStart(2, '0')}`);

function user(UserName: string, pair: Pair, AttachedPolicies: string[] = []) {
  return {
    UserName,
    AttachedPolicies,
    AccessKeys: [{ AccessKeyId: pair.accessKeyId, SecretAccessKey: pair.secretAccessKey }],
  };
}

const seed = {
  organization: {
    Id: 'o-exampleorg1',
    RootId: 'r-exam',
    managementAccountId: management,
    units: [
      { Id: 'ou-exam-11111111', Name: 'Production', accounts: ids.slice(0, 22) },
      {
        Id: 'ou-exam-22222222',
        Name: 'Development',
        accounts: ids.slice(22),
        units: [{ Id: 'ou-exam-33333333', Name: 'Sandbox' }],
      },
    ],
  },
  accounts: [
    { accountId: management, Name: 'management', Email: 'root@example.com', users: [user('nobody', powerless)] },
    ...ids.map((accountId) => ({
      accountId,
      CreateDate: '2025-01-02T03:04:05Z',
      users: accountId === ids[0] ? [user('admin', member, [administrator])] : [],
    })),
    { accountId: '999999999999', users: [user('admin', stranger, [administrator])] },
  ],
};

let endpoint: Endpoint;
let admin: Pair;
beforeAll(async () => {
  endpoint = await startEndpoint({ seed });
  admin = administratorOf(endpoint);
});
afterAll(() => endpoint.close());

const ask = (action: string, input?: unknown, pair = admin) => callJson(endpoint, pair, 'organizations', action, input);

const first = {
  Id: ids[0],
  Arn: `arn:aws:organizations::${management}:account/o-exampleorg1/${ids[0] ?? ''}`,
  Email: `aws+${ids[0] ?? ''}@example.com`,
  Name: ids[0],
  Status: 'ACTIVE',
  State: 'ACTIVE',
  Paths: [`o-exampleorg1/r-exam/ou-exam-11111111/${ids[0] ?? ''}/`],
  JoinedMethod: 'CREATED',
  JoinedTimestamp: Date.parse('2025-01-02T03:04:05Z') / 1_000,
};

describe('Organizations', () => {
  it('says what was planted', () => {
    expect(endpoint.planted).toEqual({ accounts: 27, users: 3, accessKeys: 3 });
  });

  it('describes the organization to every account in it', async () => {
    const Organization = {
      Id: 'o-exampleorg1',
      Arn: `arn:aws:organizations::${management}:organization/o-exampleorg1`,
      FeatureSet: 'ALL',
      MasterAccountArn: `arn:aws:organizations::${management}:account/o-exampleorg1/${management}`,
      MasterAccountId: management,
      MasterAccountEmail: 'root@example.com',
      AvailablePolicyTypes: [{ Type: 'SERVICE_CONTROL_POLICY', Status: 'ENABLED' }],
    };
    for (const pair of [admin, member]) {
      const reply = await ask('DescribeOrganization', {}, pair);
      expect(reply).toEqual({ status: 200, contentType: 'application/x-amz-json-1.1', json: { Organization } });
    }
  });

  it('lists all accounts, twenty a page', async () => {
    const { json } = await ask('ListAccounts');
    const accounts = json.Accounts as { Id: string }[];
    expect(accounts).toHaveLength(20);
    expect(accounts[0]).toMatchObject({ Id: management, JoinedMethod: 'INVITED' });
    expect(accounts[1]).toEqual(first);
    const { json: rest } = await ask('ListAccounts', { NextToken: json.NextToken, MaxResults: 20 });
    expect([...accounts, ...(rest.Accounts as { Id: string }[])].map(({ Id }) => Id)).toEqual([management, ...ids]);
    expect(rest.NextToken).toBeUndefined();
  });

  it('walks the tree', async () => {
    const Arn = `arn:aws:organizations::${management}:root/o-exampleorg1/r-exam`;
    const PolicyTypes = [{ Type: 'SERVICE_CONTROL_POLICY', Status: 'ENABLED' }];
    expect((await ask('ListRoots')).json).toEqual({ Roots: [{ Id: 'r-exam', Arn, Name: 'Root', PolicyTypes }] });
    const units = await ask('ListOrganizationalUnitsForParent', { ParentId: 'r-exam' });
    expect(units.json.OrganizationalUnits).toMatchObject([
      {
        Id: 'ou-exam-11111111',
        Name: 'Production',
        Arn: `arn:aws:organizations::${management}:ou/o-exampleorg1/ou-exam-11111111`,
        Path: 'o-exampleorg1/r-exam/ou-exam-11111111/',
      },
      { Id: 'ou-exam-22222222', Name: 'Development' },
    ]);
    const below = await ask('ListOrganizationalUnitsForParent', { ParentId: 'ou-exam-22222222' });
    expect(below.json.OrganizationalUnits).toMatchObject([
      { Name: 'Sandbox', Path: 'o-exampleorg1/r-exam/ou-exam-22222222/ou-exam-33333333/' },
    ]);
    const accounts = await ask('ListAccountsForParent', { ParentId: 'ou-exam-22222222', MaxResults: 2 });
    expect(accounts.json.Accounts).toMatchObject([{ Id: ids[22] }, { Id: ids[23] }]);
    expect((await ask('ListAccountsForParent', { ParentId: 'r-exam' })).json.Accounts).toMatchObject([
      { Id: management },
    ]);
    expect((await ask('ListAccountsForParent', { ParentId: 'ou-exam-33333333' })).json).toEqual({ Accounts: [] });
  });

  it('knows parents and single accounts', async () => {
    const parents = async (ChildId: string) => (await ask('ListParents', { ChildId })).json.Parents;
    expect(await parents(management)).toEqual([{ Id: 'r-exam', Type: 'ROOT' }]);
    expect(await parents('ou-exam-33333333')).toEqual([{ Id: 'ou-exam-22222222', Type: 'ORGANIZATIONAL_UNIT' }]);
    expect((await ask('DescribeAccount', { AccountId: ids[0] })).json).toEqual({ Account: first });
    expect((await ask('DescribeOrganizationalUnit', { OrganizationalUnitId: 'ou-exam-11111111' })).json).toMatchObject({
      OrganizationalUnit: { Name: 'Production' },
    });
  });

  it.each([
    [
      'ListAccountsForParent',
      { ParentId: 'ou-exam-99999999' },
      'ParentNotFoundException',
      "You specified parent that doesn't exist.",
    ],
    ['ListParents', { ChildId: '999999999999' }, 'ChildNotFoundException', "You specified a child that doesn't exist."],
    [
      'DescribeAccount',
      { AccountId: '999999999999' },
      'AccountNotFoundException',
      "You specified an account that doesn't exist.",
    ],
    ['DescribeAccount', { AccountId: 'bob' }, 'InvalidInputException', 'You specified an invalid value.'],
    ['ListAccounts', { MaxResults: 21 }, 'InvalidInputException', 'You specified an invalid value.'],
    ['ListAccounts', { NextToken: 'x' }, 'InvalidInputException', 'You specified an invalid value.'],
    ['ListParents', {}, 'InvalidInputException', 'You specified an invalid value.'],
    ['ListAccounts', { MaxResults: '5' }, 'SerializationException', 'STRING_VALUE can not be converted to an Integer'],
  ])('refuses %s of %j', async (action, input, __type, Message) => {
    expect(await ask(action, input)).toMatchObject({ status: 400, json: { __type, Message } });
  });

  it('shows the tree to the management account alone', async () => {
    const Message = "You don't have permissions to access this resource.";
    for (const [pair, action] of [[member, 'ListAccounts'] as const, [powerless, 'DescribeOrganization'] as const]) {
      expect((await ask(action, {}, pair)).json).toEqual({ __type: 'AccessDeniedException', Message });
    }
    expect((await ask('DescribeOrganization', {}, stranger)).json).toEqual({
      __type: 'AWSOrganizationsNotInUseException',
      Message: 'Your account is not a member of an organization.',
    });
  });

  it('refuses in the form of AWS JSON', async () => {
    const wrong = { ...admin, secretAccessKey: 'wrong' };
    expect(await ask('ListRoots', {}, wrong)).toMatchObject({
      status: 400,
      contentType: 'application/x-amz-json-1.1',
      json: { __type: 'InvalidSignatureException', message: expect.stringContaining('does not match') as string },
    });
    const unknown = { accessKeyId: 'AKIAUNKNOWNUNKNOWN', secretAccessKey: 'unknown' };
    expect((await ask('ListRoots', {}, unknown)).json).toEqual({
      __type: 'UnrecognizedClientException',
      message: 'The security token included in the request is invalid.',
    });
    expect(await ask('MoveAccount')).toMatchObject({ status: 400, json: { __type: 'UnknownOperationException' } });
    expect((await ask('ListRoots', '{')).json).toEqual({ __type: 'SerializationException' });
    const scoped = await callJson(endpoint, admin, 'organizations', 'ListRoots', {}, { service: 'iam' });
    expect(scoped.json).toEqual({
      __type: 'InvalidSignatureException',
      message: "Credential should be scoped to correct service: 'organizations'. ",
    });
  });
});

describe('many accounts in one directory', () => {
  it('are told apart by the key', async () => {
    expect(await callWell(endpoint, member, 'GetCallerIdentity')).toContain(`<Account>${ids[0] ?? ''}</Account>`);
    const users = await callWell(endpoint, member, 'ListUsers');
    expect(users.match(/<UserName>/g)).toHaveLength(1);
    expect(users).toContain(`<Arn>arn:aws:iam::${ids[0] ?? ''}:user/admin</Arn>`);
  });

  it('have users of the same name and do not see each other', async () => {
    await callWell(endpoint, member, 'CreateUser', { UserName: 'nobody' });
    expect((await call(endpoint, stranger, 'GetUser', { UserName: 'nobody' })).code).toBe('NoSuchEntity');
    const used = await call(endpoint, stranger, 'GetAccessKeyLastUsed', { AccessKeyId: member.accessKeyId });
    expect([used.status, used.code]).toEqual([403, 'AccessDenied']);
    const parameters = { UserName: 'admin', AccessKeyId: member.accessKeyId, Status: 'Inactive' };
    expect(await call(endpoint, stranger, 'UpdateAccessKey', parameters)).toMatchObject({
      status: 404,
      message: `The Access Key with id ${member.accessKeyId} cannot be found.`,
    });
    expect((await call(endpoint, stranger, 'DeleteAccessKey', { AccessKeyId: member.accessKeyId })).status).toBe(404);
    const whose = await callWell(endpoint, stranger, 'GetAccessKeyInfo', { AccessKeyId: member.accessKeyId });
    expect(whose).toContain(`<Account>${ids[0] ?? ''}</Account>`);
  });

  it('hold as many users as they may', async () => {
    await using small = await startEndpoint({ usersQuota: 2 });
    const pair = administratorOf(small);
    await callWell(small, pair, 'CreateUser', { UserName: 'second' });
    expect(await call(small, pair, 'CreateUser', { UserName: 'third' })).toMatchObject({
      status: 409,
      code: 'LimitExceeded',
      message: 'Cannot exceed quota for UsersPerAccount: 2',
    });
    expect(await callWell(small, pair, 'GetAccountSummary')).toMatch(/<key>UsersQuota<\/key>\s*<value>2<\/value>/);
  });
});
