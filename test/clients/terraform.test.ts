// Terraform's aws provider, call by call as its source makes them: after each apply a refresh reads everything back, and
// what it reads must be what was applied, or every later plan has a diff. What it calls for users stands in
// python/terraform_calls.py; here are roles, groups, memberships, managed policies, and imports.
import {
  AddUserToGroupCommand,
  AttachGroupPolicyCommand,
  AttachRolePolicyCommand,
  CreateAccessKeyCommand,
  CreateGroupCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateRoleCommand,
  CreateUserCommand,
  DeleteGroupCommand,
  DeleteGroupPolicyCommand,
  DeletePolicyCommand,
  DeletePolicyVersionCommand,
  DeleteRoleCommand,
  DeleteRolePermissionsBoundaryCommand,
  DeleteRolePolicyCommand,
  DetachGroupPolicyCommand,
  DetachRolePolicyCommand,
  GetAccessKeyLastUsedCommand,
  GetGroupCommand,
  GetGroupPolicyCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  GetUserCommand,
  IAMClient,
  ListInstanceProfilesForRoleCommand,
  ListPolicyVersionsCommand,
  NoSuchEntityException,
  paginateListAccessKeys,
  paginateListAttachedGroupPolicies,
  paginateListAttachedRolePolicies,
  paginateListRolePolicies,
  PutGroupPolicyCommand,
  PutRolePermissionsBoundaryCommand,
  PutRolePolicyCommand,
  RemoveUserFromGroupCommand,
  TagPolicyCommand,
  TagRoleCommand,
  UntagPolicyCommand,
  UntagRoleCommand,
  UpdateAssumeRolePolicyCommand,
  UpdateGroupCommand,
  UpdateRoleCommand,
  type Tag,
} from '@aws-sdk/client-iam';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startEndpoint, type Endpoint } from '../../src/endpoint/index.ts';

let endpoint: Endpoint;
let iam: IAMClient;

beforeEach(async () => {
  endpoint = await startEndpoint();
  const { accessKeyId, secretAccessKey } = endpoint.administrator;
  const credentials = { accessKeyId, secretAccessKey: secretAccessKey?.reveal() ?? '' };
  iam = new IAMClient({ endpoint: endpoint.url, region: 'us-east-1', credentials, maxAttempts: 1 });
});
afterEach(async () => {
  iam.destroy();
  await endpoint.close();
});

const readOnly = 'arn:aws:iam::aws:policy/ReadOnlyAccess';

/** As jsonencode() of Terraform writes it: its keys in order, and < > & escaped. */
function encode(Action: string, more: Readonly<Record<string, unknown>> = { Resource: '*' }): string {
  const statement = Object.entries({ Action, Effect: 'Allow', ...more }).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify({ Statement: [Object.fromEntries(statement)], Version: '2012-10-17' });
}

const trust = (Service: string) => encode('sts:AssumeRole', { Principal: { Service } });
const decode = (document: string | undefined): string => decodeURIComponent(document ?? '');
const asMap = (tags: readonly Tag[] = []): Record<string, string> =>
  Object.fromEntries(tags.map(({ Key = '', Value = '' }): [string, string] => [Key, Value]));

async function collect<Page, Item>(
  pages: AsyncIterable<Page>,
  read: (page: Page) => Item[] | undefined,
): Promise<Item[]> {
  const found: Item[] = [];
  for await (const page of pages) found.push(...(read(page) ?? []));
  return found;
}

describe('aws_iam_role and what hangs on it', () => {
  const RoleName = 'deployer';

  /** The attributes of the state, as a refresh reads them. */
  async function refresh() {
    const { Role } = await iam.send(new GetRoleCommand({ RoleName }));
    return {
      id: Role?.RoleId,
      arn: Role?.Arn,
      path: Role?.Path,
      description: Role?.Description,
      duration: Role?.MaxSessionDuration,
      boundary: Role?.PermissionsBoundary?.PermissionsBoundaryArn,
      trust: decode(Role?.AssumeRolePolicyDocument),
      tags: asMap(Role?.Tags),
      inline: await collect(paginateListRolePolicies({ client: iam }, { RoleName }), (page) => page.PolicyNames),
      managed: (
        await collect(paginateListAttachedRolePolicies({ client: iam }, { RoleName }), (page) => page.AttachedPolicies)
      ).map(({ PolicyArn }) => PolicyArn),
    };
  }

  it('reads back what was applied, through updates to the end', async () => {
    const { Role } = await iam.send(
      new CreateRoleCommand({
        RoleName,
        Path: '/tf/',
        AssumeRolePolicyDocument: trust('ec2.amazonaws.com'),
        Description: 'deploys & more',
        MaxSessionDuration: 7_200,
        PermissionsBoundary: readOnly,
        Tags: [{ Key: 'Team', Value: 'keys' }],
      }),
    );
    const applied = {
      ...{ id: Role?.RoleId, arn: 'arn:aws:iam::123456789012:role/tf/deployer', path: '/tf/' },
      ...{ description: 'deploys & more', duration: 7_200, boundary: readOnly, trust: trust('ec2.amazonaws.com') },
      ...{ tags: { Team: 'keys' }, inline: [] as string[], managed: [] as string[] },
    };
    expect(await refresh()).toEqual(applied);

    await iam.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: trust('lambda.amazonaws.com') }));
    await iam.send(new UpdateRoleCommand({ RoleName, Description: 'new', MaxSessionDuration: 3_600 }));
    await iam.send(new DeleteRolePermissionsBoundaryCommand({ RoleName }));
    await iam.send(new UntagRoleCommand({ RoleName, TagKeys: ['Team'] }));
    await iam.send(new TagRoleCommand({ RoleName, Tags: [{ Key: 'env', Value: '' }] }));
    await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'inline', PolicyDocument: encode('s3:Get*') }));
    for (let twice = 0; twice < 2; twice++) {
      await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: readOnly }));
    }
    const updated = {
      ...applied,
      ...{ trust: trust('lambda.amazonaws.com'), description: 'new', duration: 3_600, boundary: undefined },
      ...{ tags: { env: '' }, inline: ['inline'], managed: [readOnly] },
    };
    expect(await refresh()).toEqual(updated);
    const { PolicyDocument } = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName: 'inline' }));
    expect(decode(PolicyDocument)).toBe(encode('s3:Get*'));
    await iam.send(new PutRolePermissionsBoundaryCommand({ RoleName, PermissionsBoundary: readOnly }));
    expect(await refresh()).toEqual({ ...updated, boundary: readOnly });

    await expect(iam.send(new DeleteRoleCommand({ RoleName }))).rejects.toMatchObject({
      name: 'DeleteConflictException',
    });
    const { InstanceProfiles } = await iam.send(new ListInstanceProfilesForRoleCommand({ RoleName }));
    expect(InstanceProfiles).toEqual([]);
    await iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn: readOnly }));
    await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName: 'inline' }));
    await iam.send(new DeleteRoleCommand({ RoleName }));
    await expect(refresh()).rejects.toBeInstanceOf(NoSuchEntityException);
    await expect(iam.send(new GetRolePolicyCommand({ RoleName, PolicyName: 'inline' }))).rejects.toBeInstanceOf(
      NoSuchEntityException,
    );
  });
});

describe('aws_iam_group and what hangs on it', () => {
  it('reads back what was applied, through a new name to the end', async () => {
    const made = await iam.send(new CreateGroupCommand({ GroupName: 'ops', Path: '/tf/' }));
    const { Group, Users } = await iam.send(new GetGroupCommand({ GroupName: 'ops' }));
    expect([Group, Users]).toEqual([made.Group, []]);
    await iam.send(new UpdateGroupCommand({ GroupName: 'ops', NewGroupName: 'operators', NewPath: '/' }));
    const GroupName = 'operators';
    const renamed = { ...made.Group, GroupName, Path: '/', Arn: 'arn:aws:iam::123456789012:group/operators' };
    expect((await iam.send(new GetGroupCommand({ GroupName }))).Group).toEqual(renamed);
    await expect(iam.send(new GetGroupCommand({ GroupName: 'ops' }))).rejects.toBeInstanceOf(NoSuchEntityException);

    // aws_iam_group_membership
    for (const UserName of ['ada', 'bob', 'carl']) {
      await iam.send(new CreateUserCommand({ UserName }));
      await iam.send(new AddUserToGroupCommand({ GroupName, UserName }));
    }
    await iam.send(new RemoveUserFromGroupCommand({ GroupName, UserName: 'bob' }));
    const members = await iam.send(new GetGroupCommand({ GroupName }));
    expect(members.Users?.map(({ UserName }) => UserName)).toEqual(['ada', 'carl']);

    // aws_iam_group_policy and aws_iam_group_policy_attachment
    const PolicyName = 'inline';
    await iam.send(new PutGroupPolicyCommand({ GroupName, PolicyName, PolicyDocument: encode('iam:Get*') }));
    const inline = await iam.send(new GetGroupPolicyCommand({ GroupName, PolicyName }));
    expect([inline.GroupName, decode(inline.PolicyDocument)]).toEqual([GroupName, encode('iam:Get*')]);
    await iam.send(new AttachGroupPolicyCommand({ GroupName, PolicyArn: readOnly }));
    const attached = paginateListAttachedGroupPolicies({ client: iam }, { GroupName });
    expect(await collect(attached, (page) => page.AttachedPolicies)).toEqual([
      { PolicyName: 'ReadOnlyAccess', PolicyArn: readOnly },
    ]);

    await iam.send(new DetachGroupPolicyCommand({ GroupName, PolicyArn: readOnly }));
    await iam.send(new DeleteGroupPolicyCommand({ GroupName, PolicyName }));
    for (const UserName of ['ada', 'carl']) await iam.send(new RemoveUserFromGroupCommand({ GroupName, UserName }));
    await iam.send(new DeleteGroupCommand({ GroupName }));
    await expect(iam.send(new DeleteGroupCommand({ GroupName }))).rejects.toBeInstanceOf(NoSuchEntityException);
  });
});

describe('aws_iam_policy', () => {
  async function refresh(PolicyArn: string) {
    const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn }));
    const VersionId = Policy?.DefaultVersionId;
    const { PolicyVersion } = await iam.send(new GetPolicyVersionCommand({ PolicyArn, VersionId }));
    const { Arn, Description, Path, PolicyName, PolicyId, AttachmentCount } = Policy ?? {};
    const document = decode(PolicyVersion?.Document);
    return { Arn, Description, Path, PolicyName, PolicyId, AttachmentCount, document, tags: asMap(Policy?.Tags) };
  }

  it('reads back what was applied, version after version', async () => {
    const { Policy } = await iam.send(
      new CreatePolicyCommand({
        PolicyName: 'own',
        Path: '/tf/',
        Description: 'ours',
        PolicyDocument: encode('s3:Get0'),
        Tags: [{ Key: 'Team', Value: 'keys' }],
      }),
    );
    const PolicyArn = 'arn:aws:iam::123456789012:policy/tf/own';
    const applied = {
      ...{ Arn: PolicyArn, Description: 'ours', Path: '/tf/', PolicyName: 'own', PolicyId: Policy?.PolicyId },
      ...{ AttachmentCount: 0, document: encode('s3:Get0'), tags: { Team: 'keys' } },
    };
    expect(await refresh(PolicyArn)).toEqual(applied);
    await iam.send(new UntagPolicyCommand({ PolicyArn, TagKeys: ['Team'] }));
    await iam.send(new TagPolicyCommand({ PolicyArn, Tags: [{ Key: 'env', Value: 'test' }] }));

    // seven changes: where there are five versions, the oldest that is not in force goes first
    for (let change = 1; change <= 7; change++) {
      const { Versions = [] } = await iam.send(new ListPolicyVersionsCommand({ PolicyArn }));
      if (Versions.length >= 5) {
        const spare = Versions.filter(({ IsDefaultVersion }) => IsDefaultVersion !== true);
        const [oldest] = spare.sort((a, b) => Number(a.VersionId?.slice(1)) - Number(b.VersionId?.slice(1)));
        await iam.send(new DeletePolicyVersionCommand({ PolicyArn, VersionId: oldest?.VersionId }));
      }
      const PolicyDocument = encode(`s3:Get${change}`);
      await iam.send(new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument, SetAsDefault: true }));
      expect(await refresh(PolicyArn)).toEqual({ ...applied, document: PolicyDocument, tags: { env: 'test' } });
    }

    const { Versions = [] } = await iam.send(new ListPolicyVersionsCommand({ PolicyArn }));
    expect(Versions.map(({ VersionId }) => VersionId).sort()).toEqual(['v4', 'v5', 'v6', 'v7', 'v8']);
    for (const { VersionId, IsDefaultVersion } of Versions) {
      if (IsDefaultVersion !== true) await iam.send(new DeletePolicyVersionCommand({ PolicyArn, VersionId }));
    }
    await iam.send(new DeletePolicyCommand({ PolicyArn }));
    await expect(refresh(PolicyArn)).rejects.toBeInstanceOf(NoSuchEntityException);
  });
});

describe('terraform import', () => {
  it('finds a user by its name, and the user of a key by the key', async () => {
    const { User } = await iam.send(new CreateUserCommand({ UserName: 'Ada', Tags: [{ Key: 'k', Value: 'v' }] }));
    expect((await iam.send(new GetUserCommand({ UserName: 'Ada' }))).User).toEqual(User);
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'Ada' }));
    const { AccessKeyId } = AccessKey ?? {};
    const { UserName } = await iam.send(new GetAccessKeyLastUsedCommand({ AccessKeyId }));
    expect(UserName).toBe('Ada');
    const keys = await collect(paginateListAccessKeys({ client: iam }, { UserName }), (page) => page.AccessKeyMetadata);
    const { CreateDate } = AccessKey ?? {};
    expect(keys).toEqual([{ UserName: 'Ada', AccessKeyId, Status: 'Active', CreateDate }]);
  });
});
