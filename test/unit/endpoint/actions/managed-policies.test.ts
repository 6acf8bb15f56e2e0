import { describe, expect, it } from 'vitest';
import { attachUserPolicy } from '../../../../src/endpoint/actions/attach-user-policy.ts';
import { createGroup } from '../../../../src/endpoint/actions/create-group.ts';
import { attachGroupPolicy } from '../../../../src/endpoint/actions/attach-group-policy.ts';
import { createPolicyVersion } from '../../../../src/endpoint/actions/create-policy-version.ts';
import { createPolicy } from '../../../../src/endpoint/actions/create-policy.ts';
import { deletePolicyVersion } from '../../../../src/endpoint/actions/delete-policy-version.ts';
import { deletePolicy } from '../../../../src/endpoint/actions/delete-policy.ts';
import { detachUserPolicy } from '../../../../src/endpoint/actions/detach-user-policy.ts';
import { getPolicyVersion } from '../../../../src/endpoint/actions/get-policy-version.ts';
import { getPolicy } from '../../../../src/endpoint/actions/get-policy.ts';
import { listEntitiesForPolicy } from '../../../../src/endpoint/actions/list-entities-for-policy.ts';
import { listPolicies } from '../../../../src/endpoint/actions/list-policies.ts';
import { listPolicyTags } from '../../../../src/endpoint/actions/list-policy-tags.ts';
import { listPolicyVersions } from '../../../../src/endpoint/actions/list-policy-versions.ts';
import { putUserPermissionsBoundary } from '../../../../src/endpoint/actions/put-user-permissions-boundary.ts';
import { setDefaultPolicyVersion } from '../../../../src/endpoint/actions/set-default-policy-version.ts';
import { tagPolicy } from '../../../../src/endpoint/actions/tag-policy.ts';
import { untagPolicy } from '../../../../src/endpoint/actions/untag-policy.ts';
import { accountId, now, openAccount, refusal } from './rehearsal.ts';

const PolicyDocument = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iam:*","Resource":"*"}]}';
const PolicyArn = `arn:aws:iam::${accountId}:policy/limits`;
const administratorAccess = 'arn:aws:iam::aws:policy/AdministratorAccess';
const absent = `arn:aws:iam::${accountId}:policy/absent`;
const notFound = refusal('NoSuchEntity', 404, `Policy ${absent} was not found.`);
const notAttachable = refusal('NoSuchEntity', 404, `Policy ${absent} does not exist or is not attachable.`);

function openPolicy() {
  const account = openAccount();
  const created = account.perform(createPolicy, { PolicyName: 'limits', PolicyDocument, Description: 'all of iam' });
  const addVersion = (SetAsDefault?: boolean) =>
    account.perform(createPolicyVersion, { PolicyArn, PolicyDocument, SetAsDefault }).PolicyVersion;
  const versions = () => {
    const { Versions = [] } = account.perform(listPolicyVersions, { PolicyArn });
    return Versions.map(({ VersionId, IsDefaultVersion }) => `${VersionId}${IsDefaultVersion ? ' default' : ''}`);
  };
  return { ...account, created, addVersion, versions };
}

describe('CreatePolicy', () => {
  it('says what it made, without description', () => {
    expect(openPolicy().created).toEqual({
      Policy: {
        PolicyName: 'limits',
        PolicyId: expect.stringMatching(/^ANPARZPUZDIK[A-Z2-7]{9}$/) as string,
        Arn: PolicyArn,
        Path: '/',
        DefaultVersionId: 'v1',
        AttachmentCount: 0,
        PermissionsBoundaryUsageCount: 0,
        IsAttachable: true,
        CreateDate: now,
        UpdateDate: now,
        Tags: undefined,
      },
    });
  });

  it('shows tags as given, whose keys differ by case', () => {
    const { perform } = openAccount();
    const Tags = [
      { Key: 'a', Value: '1' },
      { Key: 'A', Value: '2' },
    ];
    expect(perform(createPolicy, { PolicyName: 'limits', PolicyDocument, Tags }).Policy?.Tags).toEqual(Tags);
    expect(perform(listPolicyTags, { PolicyArn })).toEqual({ Tags: [...Tags].reverse(), IsTruncated: false });
  });

  it('refuses a name that is taken, a bad document, one too long, and tags given twice', () => {
    const { attempt } = openPolicy();
    const name = { PolicyName: 'LIMITS' };
    expect(attempt(createPolicy, { ...name, PolicyDocument })).toThrow(
      refusal('EntityAlreadyExists', 409, 'A policy called LIMITS already exists. Duplicate names are not allowed.'),
    );
    expect(attempt(createPolicy, { PolicyName: 'new', PolicyDocument: '[]' })).toThrow(
      refusal('MalformedPolicyDocument', 400, 'Syntax errors in policy.'),
    );
    const long = PolicyDocument.replace('iam:*', `iam:${'x'.repeat(6_144)}`);
    expect(attempt(createPolicy, { PolicyName: 'new', PolicyDocument: long })).toThrow(
      refusal('LimitExceeded', 409, 'Cannot exceed quota for PolicySize: 6144'),
    );
    const tag = { Key: 'a', Value: '' };
    expect(attempt(createPolicy, { PolicyName: 'new', PolicyDocument, Tags: [tag, tag] })).toThrow(
      refusal('InvalidInput', 400, 'Duplicate tag keys found.'),
    );
  });

  it('makes 1500 policies and no more', () => {
    const { directory, attempt } = openAccount();
    directory.transact(() => {
      for (let index = 0; index < 1_500; index++) {
        const named = { accountId, PolicyName: `p${index}`, Path: '/', Description: undefined, CreateDate: now };
        directory.policies.create({ ...named, document: PolicyDocument });
      }
    });
    expect(attempt(createPolicy, { PolicyName: 'one-too-many', PolicyDocument })).toThrow(
      refusal('LimitExceeded', 409, 'Cannot exceed quota for PoliciesPerAccount: 1500'),
    );
  });

  it('needs permission for the policy', () => {
    expect(openAccount().resource(createPolicy, { PolicyName: 'limits', PolicyDocument })).toBe('policy limits');
  });
});

describe('GetPolicy', () => {
  it('adds description, tags and how often it is used', () => {
    const { perform, addUser } = openPolicy();
    addUser('bob');
    perform(attachUserPolicy, { UserName: 'bob', PolicyArn });
    perform(putUserPermissionsBoundary, { UserName: 'bob', PermissionsBoundary: PolicyArn });
    expect(perform(getPolicy, { PolicyArn }).Policy).toMatchObject({
      Description: 'all of iam',
      Tags: [],
      AttachmentCount: 1,
      PermissionsBoundaryUsageCount: 1,
    });
  });

  it("shows AWS's own policies, and refuses what is not there", () => {
    const { perform, attempt, resource } = openPolicy();
    expect(perform(getPolicy, { PolicyArn: administratorAccess }).Policy).toEqual({
      PolicyName: 'AdministratorAccess',
      PolicyId: 'ANPAIWMBCKSKIEE64ZLYK',
      Arn: administratorAccess,
      Path: '/',
      DefaultVersionId: 'v1',
      AttachmentCount: 1,
      PermissionsBoundaryUsageCount: 0,
      IsAttachable: true,
      Description: 'Provides full access to AWS services and resources.',
      CreateDate: new Date('2015-02-06T18:39:46Z'),
      UpdateDate: new Date('2015-02-06T18:39:46Z'),
      Tags: [],
    });
    expect(attempt(getPolicy, { PolicyArn: absent })).toThrow(notFound);
    expect(attempt(getPolicy, { PolicyArn: 'arn:aws:iam::999999999999:policy/theirs' })).toThrow('was not found.');
    expect(resource(getPolicy, { PolicyArn })).toBe(`policy ${PolicyArn}`);
  });
});

describe('ListPolicies', () => {
  it('selects by scope, path and use: own ones by name, then those of AWS by age', () => {
    const { perform, addUser, resource } = openPolicy();
    perform(createPolicy, { PolicyName: 'Bounds', Path: '/b/', PolicyDocument });
    addUser('bob');
    const PermissionsBoundary = `arn:aws:iam::${accountId}:policy/b/Bounds`;
    perform(putUserPermissionsBoundary, { UserName: 'bob', PermissionsBoundary });
    const names = (...[input]: Parameters<typeof select>) => select(input).map(({ PolicyName }) => PolicyName);
    const select = (input: Parameters<typeof listPolicies.perform>[0]['input']) =>
      perform(listPolicies, input).Policies ?? [];
    expect(names({ Scope: 'Local' })).toEqual(['Bounds', 'limits']);
    expect(names({ Scope: 'AWS' }).slice(0, 3)).toEqual(['AdministratorAccess', 'PowerUserAccess', 'ReadOnlyAccess']);
    expect(names({ Scope: 'AWS' })).not.toContain('limits');
    expect(names({})).toEqual([...names({ Scope: 'Local' }), ...names({ Scope: 'AWS' })]);
    expect(names({ PathPrefix: '/b/' })).toEqual(['Bounds']);
    expect(names({ OnlyAttached: true })).toEqual(['Bounds', 'AdministratorAccess']);
    expect(names({ OnlyAttached: true, PolicyUsageFilter: 'PermissionsBoundary' })).toEqual(['Bounds']);
    expect(names({ OnlyAttached: true, PolicyUsageFilter: 'PermissionsPolicy' })).toEqual(['AdministratorAccess']);
    expect(names({ PolicyUsageFilter: 'PermissionsPolicy' })).toEqual(names({}));
    const { Marker } = perform(listPolicies, { Scope: 'Local', MaxItems: 1 });
    expect(names({ Scope: 'Local', Marker })).toEqual(['limits']);
    expect(select({ Scope: 'Local' })[0]).not.toHaveProperty('Tags');
    expect(resource(listPolicies, {})).toBe('policy path /');
  });
});

describe('DeletePolicy', () => {
  it('wants it detached, without other versions, and then is thorough', () => {
    const { perform, attempt, addUser, addVersion } = openPolicy();
    addUser('bob');
    addVersion();
    perform(attachUserPolicy, { UserName: 'bob', PolicyArn });
    expect(attempt(deletePolicy, { PolicyArn })).toThrow(
      refusal('DeleteConflict', 409, 'Cannot delete a policy attached to entities.'),
    );
    perform(detachUserPolicy, { UserName: 'bob', PolicyArn });
    expect(attempt(deletePolicy, { PolicyArn })).toThrow(
      refusal(
        'DeleteConflict',
        409,
        "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.",
      ),
    );
    perform(deletePolicyVersion, { PolicyArn, VersionId: 'v2' });
    perform(deletePolicy, { PolicyArn });
    expect(attempt(getPolicy, { PolicyArn })).toThrow('was not found.');
    expect(attempt(deletePolicy, { PolicyArn: absent })).toThrow(notFound);
  });

  it("is nobody's to do with a policy of AWS", () => {
    const { attempt, addUser } = openAccount();
    for (const PolicyArn of [administratorAccess, 'arn:aws:iam::aws:policy/gone']) {
      const denied = (change: string) => refusal('AccessDenied', 403, `Cannot ${change} outside your own account.`);
      expect(attempt(deletePolicy, { PolicyArn })).toThrow(denied('delete policies'));
      const version = { PolicyArn, VersionId: 'v1' };
      expect(attempt(deletePolicyVersion, version)).toThrow(denied('delete policy versions for policies'));
      expect(attempt(setDefaultPolicyVersion, version)).toThrow(denied('update policies'));
      expect(attempt(createPolicyVersion, { PolicyArn, PolicyDocument })).toThrow(
        denied('create versions for policies'),
      );
      const untaggable = refusal('InvalidInput', 400, 'Tags not supported for policies in this domain');
      expect(attempt(tagPolicy, { PolicyArn, Tags: [{ Key: 'a', Value: 'b' }] })).toThrow(untaggable);
      expect(attempt(untagPolicy, { PolicyArn, TagKeys: ['a'] })).toThrow(untaggable);
    }
    const abroad = { PolicyArn: administratorAccess.replace('arn:aws:', 'arn:aws-cn:') };
    expect(attempt(getPolicy, abroad)).toThrow(refusal('ValidationError', 400, 'Invalid ARN partition'));
    addUser('bob');
    const reserved = 'arn:aws:iam::aws:policy/root-task/IAMAuditRootUserCredentials';
    const unattachable = refusal('PolicyNotAttachable', 400, 'Cannot attach AWS reserved policy to an IAM user.');
    expect(attempt(attachUserPolicy, { UserName: 'bob', PolicyArn: reserved })).toThrow(unattachable);
    const bound = attempt(putUserPermissionsBoundary, { UserName: 'bob', PermissionsBoundary: reserved });
    expect(bound).toThrow(unattachable);
  });
});

describe('versions', () => {
  it('count on, newest first, five at most', () => {
    const { perform, attempt, addVersion, versions } = openPolicy();
    expect(addVersion()).toEqual({ VersionId: 'v2', IsDefaultVersion: false, CreateDate: now });
    for (let version = 3; version <= 5; version++) addVersion();
    expect(versions()).toEqual(['v5', 'v4', 'v3', 'v2', 'v1 default']);
    expect(attempt(createPolicyVersion, { PolicyArn, PolicyDocument })).toThrow(
      refusal(
        'LimitExceeded',
        409,
        'A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.',
      ),
    );
    perform(deletePolicyVersion, { PolicyArn, VersionId: 'v5' });
    expect(addVersion(true)).toEqual({ VersionId: 'v6', IsDefaultVersion: true, CreateDate: now });
    expect(versions()).toEqual(['v6 default', 'v4', 'v3', 'v2', 'v1']);
    perform(setDefaultPolicyVersion, { PolicyArn, VersionId: 'v2' });
    expect(versions()).toEqual(['v6', 'v4', 'v3', 'v2 default', 'v1']);
  });

  it('show their document, encoded', () => {
    const { perform } = openPolicy();
    expect(perform(getPolicyVersion, { PolicyArn, VersionId: 'v1' }).PolicyVersion).toEqual({
      Document: encodeURIComponent(PolicyDocument).replaceAll('*', '%2A'),
      VersionId: 'v1',
      IsDefaultVersion: true,
      CreateDate: now,
    });
    const aws = perform(getPolicyVersion, { PolicyArn: administratorAccess, VersionId: 'v1' }).PolicyVersion;
    expect(JSON.parse(decodeURIComponent(aws?.Document ?? ''))).toEqual({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
    });
  });

  it('refuse what is not there, and the deletion of the default one', () => {
    const { attempt } = openPolicy();
    const gone = (arn: string, version: string) =>
      refusal('NoSuchEntity', 404, `Policy ${arn} version ${version} does not exist or is not attachable.`);
    for (const action of [getPolicyVersion, setDefaultPolicyVersion, deletePolicyVersion]) {
      expect(attempt(action, { PolicyArn, VersionId: 'v9' })).toThrow(gone(PolicyArn, 'v9'));
      expect(attempt(action, { PolicyArn: absent, VersionId: 'v1' })).toThrow(gone(absent, 'v1'));
    }
    expect(attempt(deletePolicyVersion, { PolicyArn, VersionId: 'v1' })).toThrow(
      refusal('DeleteConflict', 409, 'Cannot delete the default version of a policy.'),
    );
    expect(attempt(createPolicyVersion, { PolicyArn: absent, PolicyDocument })).toThrow(notFound);
    expect(attempt(listPolicyVersions, { PolicyArn: absent })).toThrow(notFound);
  });
});

describe('tags of a policy', () => {
  it('are put, replaced, listed and removed, by case', () => {
    const { perform, attempt } = openPolicy();
    perform(tagPolicy, {
      PolicyArn,
      Tags: [
        { Key: 'b', Value: '1' },
        { Key: 'a', Value: '2' },
      ],
    });
    perform(tagPolicy, {
      PolicyArn,
      Tags: [
        { Key: 'A', Value: '3' },
        { Key: 'b', Value: '' },
      ],
    });
    perform(untagPolicy, { PolicyArn, TagKeys: ['a', 'absent'] });
    expect(perform(listPolicyTags, { PolicyArn })).toEqual({
      Tags: [
        { Key: 'A', Value: '3' },
        { Key: 'b', Value: '' },
      ],
      IsTruncated: false,
    });
    expect(attempt(tagPolicy, { PolicyArn: absent, Tags: [] })).toThrow(notFound);
    expect(attempt(untagPolicy, { PolicyArn: absent, TagKeys: ['a'] })).toThrow(notFound);
    const many = Array.from({ length: 49 }, (_, index) => ({ Key: `k${index}`, Value: '' }));
    expect(attempt(tagPolicy, { PolicyArn, Tags: many })).toThrow(
      refusal('LimitExceeded', 409, 'The number of tags has reached the maximum limit.'),
    );
  });
});

describe('ListEntitiesForPolicy', () => {
  it('shows whom it is attached to and whom it bounds', () => {
    const { perform, attempt, addUser } = openPolicy();
    const bob = addUser('bob', '/x/');
    const eve = addUser('eve');
    const GroupId = perform(createGroup, { GroupName: 'ops' }).Group.GroupId;
    perform(attachUserPolicy, { UserName: 'bob', PolicyArn });
    perform(attachGroupPolicy, { GroupName: 'ops', PolicyArn });
    perform(putUserPermissionsBoundary, { UserName: 'eve', PermissionsBoundary: PolicyArn });
    const users = { bob: { UserName: 'bob', UserId: bob.UserId }, eve: { UserName: 'eve', UserId: eve.UserId } };
    const none = { PolicyGroups: [], PolicyUsers: [], PolicyRoles: [], IsTruncated: false };
    const ask = (filter: object) => perform(listEntitiesForPolicy, { PolicyArn, ...filter });
    expect(ask({}).PolicyUsers).toEqual(expect.arrayContaining(Object.values(users)));
    expect(ask({ PolicyUsageFilter: 'PermissionsBoundary' })).toEqual({ ...none, PolicyUsers: [users.eve] });
    expect(ask({ PolicyUsageFilter: 'PermissionsPolicy', PathPrefix: '/x/' })).toEqual({
      ...none,
      PolicyUsers: [users.bob],
    });
    expect(ask({ EntityFilter: 'Group' })).toEqual({ ...none, PolicyGroups: [{ GroupName: 'ops', GroupId }] });
    const { Marker, IsTruncated } = perform(listEntitiesForPolicy, { PolicyArn, MaxItems: 1 });
    expect(IsTruncated).toBe(true);
    const rest = perform(listEntitiesForPolicy, { PolicyArn, Marker });
    expect([...(rest.PolicyGroups ?? []), ...(rest.PolicyUsers ?? [])]).toHaveLength(2);
    expect(attempt(listEntitiesForPolicy, { PolicyArn: absent })).toThrow(notAttachable);
  });
});
