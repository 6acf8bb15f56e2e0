import { describe, expect, it } from 'vitest';
import { getAccountAuthorizationDetails } from '../../../../src/endpoint/actions/get-account-authorization-details.ts';
import { iam } from '../../../../src/endpoint/model/overlay.ts';
import { requireValid } from '../../../../src/protocol/constraints.ts';
import { accountId, now, openAccount, refusal } from './rehearsal.ts';

const document = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:ListBucket","Resource":"*"}]}';
const encoded = encodeURIComponent(document).replaceAll('*', '%2A');
const readOnly = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
const administrator = { PolicyName: 'AdministratorAccess', PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' };

function openWithEntities() {
  const account = openAccount();
  const { directory } = account;
  const made = { accountId, Path: '/', CreateDate: now };
  const bob = account.addUser('bob', '/team/');
  const ops = directory.groups.create({ ...made, GroupName: 'ops' });
  const role = directory.roles.create({
    ...made,
    RoleName: 'deployer',
    trustPolicy: document,
    Description: 'not shown',
    MaxSessionDuration: 3_600,
    boundaryArn: readOnly,
  });
  const policy = directory.policies.create({ ...made, PolicyName: 'own', Description: 'mine', document });
  directory.groups.addMember(ops, bob.UserId);
  directory.inlinePolicies.put(accountId, bob.UserId, { PolicyName: 'inline', document });
  directory.attachedPolicies.attach(accountId, bob.UserId, policy.Arn);
  directory.tags.put(accountId, bob.UserId, [{ Key: 'team', Value: 'keys' }]);
  return { ...account, bob, ops, role, policy };
}

describe('GetAccountAuthorizationDetails', () => {
  it('shows users, roles, groups and the policies in use', () => {
    const { perform, bob, ops, role, policy, admin } = openWithEntities();
    const { Policies, ...details } = perform(getAccountAuthorizationDetails, {});
    expect(details).toEqual({
      IsTruncated: false,
      UserDetailList: [
        {
          ...{ Path: '/', UserName: 'admin', UserId: admin.userId, Arn: admin.arn },
          CreateDate: expect.any(Date) as Date,
          GroupList: [],
          AttachedManagedPolicies: [administrator],
          Tags: [],
        },
        {
          ...{ Path: '/team/', UserName: 'bob', UserId: bob.UserId, Arn: bob.Arn, CreateDate: now },
          UserPolicyList: [{ PolicyName: 'inline', PolicyDocument: encoded }],
          GroupList: ['ops'],
          AttachedManagedPolicies: [{ PolicyName: 'own', PolicyArn: policy.Arn }],
          Tags: [{ Key: 'team', Value: 'keys' }],
        },
      ],
      RoleDetailList: [
        {
          ...{ Path: '/', RoleName: 'deployer', RoleId: role.RoleId, Arn: role.Arn, CreateDate: now },
          AssumeRolePolicyDocument: encoded,
          InstanceProfileList: [],
          RolePolicyList: [],
          AttachedManagedPolicies: [],
          PermissionsBoundary: { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: readOnly },
          Tags: [],
          RoleLastUsed: {},
        },
      ],
      GroupDetailList: [
        {
          ...{ Path: '/', GroupName: 'ops', GroupId: ops.GroupId, Arn: ops.Arn, CreateDate: now },
          GroupPolicyList: [],
          AttachedManagedPolicies: [],
        },
      ],
    });
    expect(Policies?.map(({ PolicyName }) => PolicyName)).toEqual(['own', 'AdministratorAccess', 'ReadOnlyAccess']);
    expect(Policies?.[0]).not.toHaveProperty('Description');
    expect(Policies?.[0]).toMatchObject({
      AttachmentCount: 1,
      PolicyVersionList: [{ Document: encoded, VersionId: 'v1', IsDefaultVersion: true, CreateDate: now }],
    });
  });

  it('shows what the filter wants, the other lists empty', () => {
    const { perform } = openWithEntities();
    const details = perform(getAccountAuthorizationDetails, { Filter: ['Role', 'LocalManagedPolicy'] });
    expect(details.UserDetailList).toEqual([]);
    expect(details.GroupDetailList).toEqual([]);
    expect(details.RoleDetailList).toHaveLength(1);
    expect(details.Policies?.map(({ PolicyName }) => PolicyName)).toEqual(['own']);
  });

  it.each([1, 2, 3, 4, 100])('shows everything once in pages of %d', (MaxItems) => {
    const { perform } = openWithEntities();
    const shown: (string | undefined)[] = [];
    let Marker: string | undefined;
    do {
      const page = perform(getAccountAuthorizationDetails, { MaxItems, Marker });
      const names = [
        ...(page.UserDetailList ?? []).map(({ UserName }) => UserName),
        ...(page.RoleDetailList ?? []).map(({ RoleName }) => RoleName),
        ...(page.GroupDetailList ?? []).map(({ GroupName }) => GroupName),
        ...(page.Policies ?? []).map(({ PolicyName }) => PolicyName),
      ];
      expect(names.length).toBeLessThanOrEqual(MaxItems);
      shown.push(...names);
      Marker = page.Marker;
    } while (Marker !== undefined);
    expect(shown).toEqual(['admin', 'bob', 'deployer', 'ops', 'own', 'AdministratorAccess', 'ReadOnlyAccess']);
  });

  it('continues the selection it began', () => {
    const { perform, attempt } = openWithEntities();
    const { Marker } = perform(getAccountAuthorizationDetails, { Filter: ['User'], MaxItems: 1 });
    const refused = refusal('ValidationError', 400, 'Marker and Filter do not match');
    expect(attempt(getAccountAuthorizationDetails, { Filter: ['Role'], Marker })).toThrow(refused);
    expect(attempt(getAccountAuthorizationDetails, { Marker: 'not-an-aws-marker' })).toThrow(refused);
    const invalid = refusal('ValidationError', 400, 'Invalid Marker.');
    expect(attempt(getAccountAuthorizationDetails, { Filter: ['User', 'Role'], Marker })).toThrow(invalid);
    expect(attempt(getAccountAuthorizationDetails, { Marker })).toThrow(invalid);
    const again = perform(getAccountAuthorizationDetails, { Filter: ['User', 'User'], Marker });
    expect(again.UserDetailList?.map(({ UserName }) => UserName)).toEqual(['bob']);
  });

  it('says which families there are to whoever wants another', () => {
    const values = '[LocalManagedPolicy, User, AWSManagedPolicy, Role, Group]';
    const words = `Member must satisfy constraint: [Member must satisfy enum value set: ${values}]`;
    const message = `1 validation error detected: Value at 'filter' failed to satisfy constraint: ${words}`;
    expect(() => {
      requireValid(iam, 'GetAccountAuthorizationDetails', { Filter: ['user'] });
    }).toThrow(refusal('ValidationError', 400, message));
  });
});
