import { describe, expect, it } from 'vitest';
import { attachRolePolicy } from '../../../../src/endpoint/actions/attach-role-policy.ts';
import { createPolicy } from '../../../../src/endpoint/actions/create-policy.ts';
import { createRole } from '../../../../src/endpoint/actions/create-role.ts';
import { createUser } from '../../../../src/endpoint/actions/create-user.ts';
import { deleteRolePermissionsBoundary } from '../../../../src/endpoint/actions/delete-role-permissions-boundary.ts';
import { deleteRolePolicy } from '../../../../src/endpoint/actions/delete-role-policy.ts';
import { deleteRole } from '../../../../src/endpoint/actions/delete-role.ts';
import { deleteUserPermissionsBoundary } from '../../../../src/endpoint/actions/delete-user-permissions-boundary.ts';
import { detachRolePolicy } from '../../../../src/endpoint/actions/detach-role-policy.ts';
import { getRole } from '../../../../src/endpoint/actions/get-role.ts';
import { getUser } from '../../../../src/endpoint/actions/get-user.ts';
import { listRoleTags } from '../../../../src/endpoint/actions/list-role-tags.ts';
import { listRoles } from '../../../../src/endpoint/actions/list-roles.ts';
import { putRolePermissionsBoundary } from '../../../../src/endpoint/actions/put-role-permissions-boundary.ts';
import { putRolePolicy } from '../../../../src/endpoint/actions/put-role-policy.ts';
import { putUserPermissionsBoundary } from '../../../../src/endpoint/actions/put-user-permissions-boundary.ts';
import { tagRole } from '../../../../src/endpoint/actions/tag-role.ts';
import { untagRole } from '../../../../src/endpoint/actions/untag-role.ts';
import { updateAssumeRolePolicy } from '../../../../src/endpoint/actions/update-assume-role-policy.ts';
import { updateRoleDescription } from '../../../../src/endpoint/actions/update-role-description.ts';
import { updateRole } from '../../../../src/endpoint/actions/update-role.ts';
import { trust } from './policy-holders.ts';
import { accountId, now, openAccount, refusal, unknownUser } from './rehearsal.ts';

const named = { RoleName: 'Ops' };
const unknownRole = (name: string) => refusal('NoSuchEntity', 404, `The role with name ${name} cannot be found.`);
const malformed = (message: string) => refusal('MalformedPolicyDocument', 400, message);
const PolicyDocument = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iam:*","Resource":"*"}]}';
const bounds = `arn:aws:iam::${accountId}:policy/bounds`;
const boundary = { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: bounds };

function openRole(more: Partial<Parameters<typeof createRole.perform>[0]['input']> = {}) {
  const account = openAccount();
  account.perform(createPolicy, { PolicyName: 'bounds', PolicyDocument });
  const created = account.perform(createRole, { ...named, AssumeRolePolicyDocument: trust, ...more });
  const get = () => account.perform(getRole, named).Role;
  return { ...account, created, get };
}

describe('CreateRole and GetRole', () => {
  const known = {
    Path: '/x/',
    RoleName: 'Ops',
    RoleId: expect.stringMatching(/^AROARZPUZDIK[A-Z2-7]{9}$/) as string,
    Arn: `arn:aws:iam::${accountId}:role/x/Ops`,
    CreateDate: now,
    AssumeRolePolicyDocument: encodeURIComponent(trust),
  };

  it('say what there is, the second more than the first', () => {
    const Tags = [{ Key: 'a', Value: 'b' }];
    const more = { Path: '/x/', Description: 'd', MaxSessionDuration: 7_200, PermissionsBoundary: bounds, Tags };
    const { created, get } = openRole(more);
    expect(created).toEqual({ Role: { ...known, PermissionsBoundary: boundary, Tags } });
    expect(get()).toEqual({
      ...known,
      Description: 'd',
      MaxSessionDuration: 7_200,
      PermissionsBoundary: boundary,
      Tags,
      RoleLastUsed: {},
    });
  });

  it('leave out what is not set', () => {
    const { created, get } = openRole({ Path: '/x/' });
    expect(created).toEqual({ Role: known });
    expect(get()).toEqual({ ...known, MaxSessionDuration: 3_600, RoleLastUsed: {} });
  });

  it('refuse in turn tags, boundary, document, name and quota', () => {
    const { directory, attempt } = openRole();
    const create = (input: object) =>
      attempt(createRole, { RoleName: 'OPS', AssumeRolePolicyDocument: trust, ...input });
    const tag = { Key: 'a', Value: '' };
    expect(create({ Tags: [tag, { ...tag, Key: 'A' }] })).toThrow(
      refusal('InvalidInput', 400, 'Duplicate tag keys found. Please note that Tag keys are case insensitive.'),
    );
    const invalid = `arn:aws:iam::${accountId}:not_a_policy/invalid`;
    expect(create({ PermissionsBoundary: invalid })).toThrow(
      refusal('InvalidInput', 400, `ARN ${invalid} is not valid.`),
    );
    const absent = `arn:aws:iam::${accountId}:policy/nonexistent-policy`;
    expect(create({ PermissionsBoundary: absent })).toThrow(
      refusal('NoSuchEntity', 404, `Scope ARN: ${absent} does not exist or is not attachable.`),
    );
    expect(create({ AssumeRolePolicyDocument: '{' })).toThrow(malformed('This policy contains invalid Json'));
    expect(create({})).toThrow(refusal('EntityAlreadyExists', 409, 'Role with name OPS already exists.'));
    directory.transact(() => {
      const role = { accountId, Path: '/', CreateDate: now, trustPolicy: trust, MaxSessionDuration: 3600 };
      for (let index = 1; index < 1_000; index++) {
        directory.roles.create({ ...role, RoleName: `r${index}`, Description: undefined, boundaryArn: undefined });
      }
    });
    expect(create({ RoleName: 'one-too-many' })).toThrow(
      refusal('LimitExceeded', 409, 'Cannot exceed quota for RolesPerAccount: 1000'),
    );
  });

  it('need permission for the role', () => {
    const { attempt, resource } = openAccount();
    const input = { ...named, AssumeRolePolicyDocument: trust };
    expect(resource(createRole, input)).toBe(`arn:aws:iam::${accountId}:role/Ops`);
    expect(resource(getRole, named)).toBe('role Ops');
    expect(attempt(getRole, named)).toThrow(unknownRole('Ops'));
  });
});

describe('ListRoles', () => {
  it('shows description and duration, no tags and no boundary', () => {
    const { perform, resource } = openRole({ Path: '/x/', Description: 'd', PermissionsBoundary: bounds });
    perform(createRole, { RoleName: 'a', AssumeRolePolicyDocument: trust });
    const { Roles, IsTruncated } = perform(listRoles, {});
    expect(Roles.map(({ RoleName }) => RoleName)).toEqual(['a', 'Ops']);
    expect(IsTruncated).toBe(false);
    expect(Roles[1]).toMatchObject({ Description: 'd', MaxSessionDuration: 3_600 });
    expect(Roles[1]).not.toHaveProperty('PermissionsBoundary');
    expect(Roles[1]).not.toHaveProperty('RoleLastUsed');
    expect(perform(listRoles, { PathPrefix: '/x/' }).Roles).toHaveLength(1);
    const { Marker } = perform(listRoles, { MaxItems: 1 });
    expect(perform(listRoles, { Marker }).Roles).toHaveLength(1);
    expect(resource(listRoles, {})).toBe(`arn:aws:iam::${accountId}:role/`);
  });
});

describe('UpdateRole and UpdateRoleDescription', () => {
  it('change what is given', () => {
    const { perform, attempt, get, created } = openRole({ Description: 'initial' });
    expect(perform(updateRole, { ...named, Description: 'updated', MaxSessionDuration: 7_200 })).toEqual({});
    expect(get()).toMatchObject({ Description: 'updated', MaxSessionDuration: 7_200 });
    expect(perform(updateRoleDescription, { ...named, Description: 'again' })).toEqual({
      Role: { ...created.Role, Description: 'again', PermissionsBoundary: undefined, Tags: undefined },
    });
    perform(updateRole, named);
    expect(get()).toMatchObject({ Description: 'again', MaxSessionDuration: 7_200 });
    for (const action of [updateRole, updateRoleDescription]) {
      expect(attempt(action, { RoleName: 'eve', Description: '' })).toThrow(unknownRole('eve'));
    }
  });
});

describe('UpdateAssumeRolePolicy', () => {
  const allow = (more: object) =>
    JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', ...more }] });

  it('sets another document', () => {
    const { perform, get } = openRole();
    const document = allow({ Principal: { AWS: `arn:aws:iam::${accountId}:user/admin` } });
    perform(updateAssumeRolePolicy, { ...named, PolicyDocument: document });
    expect(decodeURIComponent(get().AssumeRolePolicyDocument ?? '')).toBe(document);
  });

  it('refuses in the words of AWS', () => {
    const { attempt } = openRole();
    const update = (document: string) => attempt(updateAssumeRolePolicy, { ...named, PolicyDocument: document });
    const Principal = { Service: 'ec2.amazonaws.com' };
    expect(update('{')).toThrow(malformed('This policy contains invalid Json'));
    expect(update(allow({ Principal, Resource: '*' }))).toThrow(malformed('Has prohibited field Resource'));
    expect(update(allow({ Principal, Action: 's3:GetObject' }))).toThrow(
      malformed('AssumeRole policy may only specify STS AssumeRole actions.'),
    );
    const absent = `arn:aws:iam::${accountId}:user/absent`;
    expect(update(allow({ Principal: { AWS: absent } }))).toThrow(
      malformed(`Invalid principal in policy: "AWS":"${absent}"`),
    );
    const long = allow({ Principal, Condition: { StringEquals: { 'aws:PrincipalTag/a': 'x'.repeat(2_048) } } });
    expect(update(long)).toThrow(refusal('LimitExceeded', 409, 'Cannot exceed quota for ACLSizePerRole: 2048'));
    expect(attempt(updateAssumeRolePolicy, { RoleName: 'eve', PolicyDocument: trust })).toThrow(unknownRole('eve'));
  });
});

describe('DeleteRole', () => {
  it('wants policies gone first', () => {
    const { perform, attempt } = openRole();
    const conflict = (rest: string) => refusal('DeleteConflict', 409, `Cannot delete entity, must ${rest} first.`);
    perform(attachRolePolicy, { ...named, PolicyArn: bounds });
    expect(attempt(deleteRole, named)).toThrow(conflict('detach all policies'));
    perform(putRolePolicy, { ...named, PolicyName: 'p', PolicyDocument });
    expect(attempt(deleteRole, named)).toThrow(conflict('delete policies'));
    perform(deleteRolePolicy, { ...named, PolicyName: 'p' });
    perform(detachRolePolicy, { ...named, PolicyArn: bounds });
    perform(deleteRole, named);
    expect(attempt(deleteRole, named)).toThrow(unknownRole('Ops'));
  });
});

describe('tags of a role', () => {
  it('are the same in any case', () => {
    const { perform, attempt } = openRole();
    perform(tagRole, {
      ...named,
      Tags: [
        { Key: 'b', Value: '1' },
        { Key: 'A', Value: '2' },
      ],
    });
    perform(tagRole, { ...named, Tags: [{ Key: 'a', Value: '3' }] });
    expect(perform(listRoleTags, named)).toEqual({
      Tags: [
        { Key: 'a', Value: '3' },
        { Key: 'b', Value: '1' },
      ],
      IsTruncated: false,
    });
    perform(untagRole, { ...named, TagKeys: ['A'] });
    expect(perform(listRoleTags, named).Tags).toEqual([{ Key: 'b', Value: '1' }]);
    const eve = { RoleName: 'eve' };
    expect(attempt(tagRole, { ...eve, Tags: [{ Key: 'a', Value: '' }] })).toThrow(unknownRole('eve'));
    expect(attempt(untagRole, { ...eve, TagKeys: ['a'] })).toThrow(unknownRole('eve'));
    expect(attempt(listRoleTags, eve)).toThrow(unknownRole('eve'));
  });
});

describe('permissions boundaries', () => {
  it('of a role are put and deleted', () => {
    const { perform, attempt, get } = openRole();
    perform(putRolePermissionsBoundary, { ...named, PermissionsBoundary: bounds });
    expect(get().PermissionsBoundary).toEqual(boundary);
    perform(deleteRolePermissionsBoundary, named);
    expect(get().PermissionsBoundary).toBeUndefined();
    const eve = { RoleName: 'eve' };
    expect(attempt(putRolePermissionsBoundary, { ...eve, PermissionsBoundary: bounds })).toThrow(unknownRole('eve'));
    expect(attempt(deleteRolePermissionsBoundary, eve)).toThrow(unknownRole('eve'));
    expect(attempt(deleteRolePermissionsBoundary, named)).toThrow(
      refusal('NoSuchEntity', 404, `The role with name ${named.RoleName} has no permissions boundary.`),
    );
  });

  it('of a user are given at its creation, put and deleted', () => {
    const { perform, attempt } = openRole();
    const user = { UserName: 'bob' };
    expect(perform(createUser, { ...user, PermissionsBoundary: bounds }).User?.PermissionsBoundary).toEqual(boundary);
    expect(perform(getUser, user).User.PermissionsBoundary).toEqual(boundary);
    perform(deleteUserPermissionsBoundary, user);
    expect(perform(getUser, user).User.PermissionsBoundary).toBeUndefined();
    expect(attempt(deleteUserPermissionsBoundary, user)).toThrow(
      refusal('NoSuchEntity', 404, 'The user with name bob has no permissions boundary.'),
    );
    perform(putUserPermissionsBoundary, { ...user, PermissionsBoundary: bounds });
    expect(perform(getUser, user).User.PermissionsBoundary).toEqual(boundary);
    expect(attempt(putUserPermissionsBoundary, { UserName: 'eve', PermissionsBoundary: bounds })).toThrow(
      unknownUser('eve'),
    );
    expect(attempt(putUserPermissionsBoundary, { ...user, PermissionsBoundary: 'not-an-arn-at-all-sir' })).toThrow(
      refusal('ValidationError', 400, 'ARN not-an-arn-at-all-sir is not valid.'),
    );
  });
});
