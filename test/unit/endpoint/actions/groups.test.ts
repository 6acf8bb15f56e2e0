import { describe, expect, it } from 'vitest';
import { addUserToGroup } from '../../../../src/endpoint/actions/add-user-to-group.ts';
import { attachGroupPolicy } from '../../../../src/endpoint/actions/attach-group-policy.ts';
import { createGroup } from '../../../../src/endpoint/actions/create-group.ts';
import { deleteGroup } from '../../../../src/endpoint/actions/delete-group.ts';
import { getGroup } from '../../../../src/endpoint/actions/get-group.ts';
import { listGroupsForUser } from '../../../../src/endpoint/actions/list-groups-for-user.ts';
import { listGroups } from '../../../../src/endpoint/actions/list-groups.ts';
import { putGroupPolicy } from '../../../../src/endpoint/actions/put-group-policy.ts';
import { removeUserFromGroup } from '../../../../src/endpoint/actions/remove-user-from-group.ts';
import { updateGroup } from '../../../../src/endpoint/actions/update-group.ts';
import { accountId, invalidMarker, now, openAccount, refusal, unknownUser } from './rehearsal.ts';

const unknownGroup = (name: string) => refusal('NoSuchEntity', 404, `The group with name ${name} cannot be found.`);
const taken = (name: string) => refusal('EntityAlreadyExists', 409, `Group with name ${name} already exists.`);
const document = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iam:*","Resource":"*"}]}';

describe('CreateGroup', () => {
  it('makes a group, and says which', () => {
    const { perform } = openAccount();
    expect(perform(createGroup, { GroupName: 'Ops', Path: '/a/' }).Group).toEqual({
      Path: '/a/',
      GroupName: 'Ops',
      GroupId: expect.stringMatching(/^AGPARZPUZDIK[A-Z2-7]{9}$/) as string,
      Arn: `arn:aws:iam::${accountId}:group/a/Ops`,
      CreateDate: now,
    });
  });

  it('refuses a name that is taken, in any case', () => {
    const { perform, attempt } = openAccount();
    perform(createGroup, { GroupName: 'Ops' });
    expect(attempt(createGroup, { GroupName: 'OPS' })).toThrow(taken('OPS'));
  });

  it('makes 300 groups and no more', () => {
    const { directory, attempt, perform } = openAccount();
    for (let index = 0; index < 299; index++) perform(createGroup, { GroupName: `group-${index}` });
    expect(directory.groups.count(accountId)).toBe(299);
    perform(createGroup, { GroupName: 'last' });
    expect(attempt(createGroup, { GroupName: 'one-too-many' })).toThrow(
      refusal('LimitExceeded', 409, 'Cannot exceed quota for GroupsPerAccount: 300'),
    );
  });

  it('needs permission for the ARN it would make', () => {
    expect(openAccount().resource(createGroup, { GroupName: 'ops', Path: '/t/' })).toBe(
      `arn:aws:iam::${accountId}:group/t/ops`,
    );
  });
});

describe('GetGroup', () => {
  it('shows the members by name, a page at a time', () => {
    const { perform, attempt, addUser } = openAccount();
    perform(createGroup, { GroupName: 'Ops' });
    for (const UserName of ['carl', 'Ada', 'bob']) {
      addUser(UserName);
      perform(addUserToGroup, { GroupName: 'ops', UserName });
    }
    const first = perform(getGroup, { GroupName: 'OPS', MaxItems: 2 });
    expect(first).toMatchObject({ Group: { GroupName: 'Ops' }, IsTruncated: true });
    expect(first.Users.map(({ UserName }) => UserName)).toEqual(['Ada', 'bob']);
    const second = perform(getGroup, { GroupName: 'Ops', Marker: first.Marker });
    expect(second.Users.map(({ UserName }) => UserName)).toEqual(['carl']);
    expect(second).toMatchObject({ IsTruncated: false });
    expect(attempt(getGroup, { GroupName: 'Ops', Marker: 'x' })).toThrow(invalidMarker);
  });

  it('refuses a group that is not there', () => {
    const { attempt, resource } = openAccount();
    expect(attempt(getGroup, { GroupName: 'ops' })).toThrow(unknownGroup('ops'));
    expect(resource(getGroup, { GroupName: 'ops' })).toBe('group ops');
  });
});

describe('ListGroups', () => {
  it('lists by name under a path', () => {
    const { perform, resource } = openAccount();
    for (const [GroupName, Path] of [
      ['c', '/t/'],
      ['A', '/t/x/'],
      ['b', '/'],
    ] as const) {
      perform(createGroup, { GroupName, Path });
    }
    const names = (PathPrefix?: string) => perform(listGroups, { PathPrefix }).Groups.map((group) => group.GroupName);
    expect(names()).toEqual(['A', 'b', 'c']);
    expect(names('/t/')).toEqual(['A', 'c']);
    const { Marker, IsTruncated } = perform(listGroups, { MaxItems: 1 });
    expect(IsTruncated).toBe(true);
    expect(perform(listGroups, { Marker }).Groups.map((group) => group.GroupName)).toEqual(['b', 'c']);
    expect(resource(listGroups, {})).toBe(`arn:aws:iam::${accountId}:group/`);
  });
});

describe('UpdateGroup', () => {
  it('renames and moves a group, which keeps id and members', () => {
    const { perform, addUser } = openAccount();
    addUser('bob');
    const GroupId = perform(createGroup, { GroupName: 'ops' }).Group.GroupId;
    perform(addUserToGroup, { GroupName: 'ops', UserName: 'bob' });
    perform(updateGroup, { GroupName: 'ops', NewGroupName: 'Ops' });
    perform(updateGroup, { GroupName: 'ops', NewPath: '/x/' });
    const { Group, Users } = perform(getGroup, { GroupName: 'ops' });
    expect(Group).toMatchObject({ GroupId, GroupName: 'Ops', Arn: `arn:aws:iam::${accountId}:group/x/Ops` });
    expect(Users).toHaveLength(1);
  });

  it('refuses an unknown group and a name that is taken', () => {
    const { perform, attempt } = openAccount();
    perform(createGroup, { GroupName: 'a' });
    perform(createGroup, { GroupName: 'b' });
    expect(attempt(updateGroup, { GroupName: 'c' })).toThrow(unknownGroup('c'));
    expect(attempt(updateGroup, { GroupName: 'a', NewGroupName: 'B' })).toThrow(taken('B'));
  });
});

describe('DeleteGroup', () => {
  it('wants the group empty, one thing after the other', () => {
    const { perform, attempt, addUser } = openAccount();
    const group = { GroupName: 'ops' };
    const PolicyArn = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
    addUser('bob');
    perform(createGroup, group);
    perform(attachGroupPolicy, { ...group, PolicyArn });
    const conflict = (rest: string) => refusal('DeleteConflict', 409, `Cannot delete entity, must ${rest} first.`);
    expect(attempt(deleteGroup, group)).toThrow(conflict('detach all policies'));
    perform(putGroupPolicy, { ...group, PolicyName: 'p', PolicyDocument: document });
    expect(attempt(deleteGroup, group)).toThrow(conflict('delete policies'));
    perform(addUserToGroup, { ...group, UserName: 'bob' });
    expect(attempt(deleteGroup, group)).toThrow(conflict('remove users from group'));
    perform(createGroup, { GroupName: 'empty' });
    perform(deleteGroup, { GroupName: 'empty' });
    expect(attempt(deleteGroup, { GroupName: 'empty' })).toThrow(unknownGroup('empty'));
  });
});

describe('membership', () => {
  it('is added and removed as often as one likes', () => {
    const { perform, addUser } = openAccount();
    const member = { GroupName: 'ops', UserName: 'bob' };
    addUser('bob');
    perform(createGroup, { GroupName: 'ops' });
    perform(addUserToGroup, member);
    perform(addUserToGroup, member);
    expect(perform(listGroupsForUser, { UserName: 'bob' })).toMatchObject({
      Groups: [{ GroupName: 'ops' }],
      IsTruncated: false,
    });
    perform(removeUserFromGroup, member);
    perform(removeUserFromGroup, member);
    expect(perform(listGroupsForUser, { UserName: 'bob' })).toEqual({ Groups: [], IsTruncated: false });
  });

  it('asks for the user first, then for the group', () => {
    const { perform, attempt, addUser } = openAccount();
    addUser('bob');
    for (const action of [addUserToGroup, removeUserFromGroup]) {
      expect(attempt(action, { GroupName: 'ops', UserName: 'eve' })).toThrow(unknownUser('eve'));
      expect(attempt(action, { GroupName: 'ops', UserName: 'bob' })).toThrow(unknownGroup('ops'));
    }
    expect(attempt(listGroupsForUser, { UserName: 'eve' })).toThrow(unknownUser('eve'));
    perform(createGroup, { GroupName: 'ops' });
    expect(openAccount().resource(addUserToGroup, { GroupName: 'ops', UserName: 'bob' })).toBe('group ops');
  });

  it('is limited to ten groups', () => {
    const { perform, attempt, addUser } = openAccount();
    addUser('bob');
    for (let index = 0; index <= 10; index++) perform(createGroup, { GroupName: `group-${index}` });
    for (let index = 0; index < 10; index++) {
      perform(addUserToGroup, { GroupName: `group-${index}`, UserName: 'bob' });
    }
    perform(addUserToGroup, { GroupName: 'group-0', UserName: 'bob' });
    expect(attempt(addUserToGroup, { GroupName: 'group-10', UserName: 'bob' })).toThrow(
      refusal('LimitExceeded', 409, 'Cannot exceed quota for GroupsPerUser: 10'),
    );
    const { Groups, Marker } = perform(listGroupsForUser, { UserName: 'bob', MaxItems: 9 });
    expect(Groups).toHaveLength(9);
    expect(perform(listGroupsForUser, { UserName: 'bob', Marker }).Groups).toHaveLength(1);
  });
});
