import type { Call } from '../action.ts';
import type { Directory } from '../directory/directory.ts';
import { findAttachablePolicy, namePolicy } from './named-policy.ts';
import { readSorted, takeSlice } from './page.ts';
import type { IamAction } from './service-action.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListEntitiesForPolicy.html */
export const listEntitiesForPolicy: IamAction<'ListEntitiesForPolicy'> = {
  resource: namePolicy,

  perform(call) {
    const { PathPrefix = '/', EntityFilter = '', PolicyUsageFilter = '' } = call.input;
    const { Arn } = findAttachablePolicy(call);
    const all = listEntities(call, Arn).filter(
      ({ kind, Path }) => Path.startsWith(PathPrefix) && (EntityFilter === '' || kind === EntityFilter),
    );
    const selection = [
      'ListEntitiesForPolicy',
      call.caller.accountId,
      Arn,
      PathPrefix,
      EntityFilter,
      PolicyUsageFilter,
    ];
    const { items, ...more } = takeSlice(
      selection,
      call.input,
      readSorted(all, ({ id }) => id),
    );
    const select = (wanted: Entity['kind']) => items.filter(({ kind }) => kind === wanted);
    return {
      PolicyGroups: select('Group').map(({ name, id }) => ({ GroupName: name, GroupId: id })),
      PolicyUsers: select('User').map(({ name, id }) => ({ UserName: name, UserId: id })),
      PolicyRoles: select('Role').map(({ name, id }) => ({ RoleName: name, RoleId: id })),
      ...more,
    };
  },
};

interface Entity {
  readonly kind: 'User' | 'Group' | 'Role';
  readonly id: string;
  readonly name: string;
  readonly Path: string;
}

type ListCall = Call<Parameters<typeof listEntitiesForPolicy.perform>[0]['input']>;

/** Groups, users and roles in this order, each by its id. */
function listEntities({ input, caller, directory }: ListCall, arn: string): readonly Entity[] {
  const { users, roles, attachedPolicies } = directory;
  const { accountId } = caller;
  const attached = attachedPolicies.listOwners(accountId, arn);
  const bounded = [
    ...users.listBounded(accountId, arn).map(({ UserId }) => UserId),
    ...roles.listBounded(accountId, arn).map(({ RoleId }) => RoleId),
  ];
  const { PolicyUsageFilter } = input;
  const ids = new Set([
    ...(PolicyUsageFilter === 'PermissionsBoundary' ? [] : attached),
    ...(PolicyUsageFilter === 'PermissionsPolicy' ? [] : bounded),
  ]);
  return [...ids].sort().flatMap((id) => findEntity(directory, id) ?? []);
}

function findEntity({ users, groups, roles }: Directory, id: string): Entity | undefined {
  const user = users.findById(id);
  if (user !== undefined) return { kind: 'User', id, name: user.UserName, Path: user.Path };
  const group = groups.findById(id);
  if (group !== undefined) return { kind: 'Group', id, name: group.GroupName, Path: group.Path };
  const role = roles.findById(id);
  return role && { kind: 'Role', id, name: role.RoleName, Path: role.Path };
}
