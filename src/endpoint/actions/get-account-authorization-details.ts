import type { Call } from '../action.ts';
import type { Slice } from '../directory/records.ts';
import { listAwsPolicies } from '../managed-policies.ts';
import { detailGroup, detailPolicy, detailRole, detailUser } from './entity-details.ts';
import { countUses } from './named-policy.ts';
import { peekPlace, takeSlice, type PageRequest } from './page.ts';
import { refuseInvalid } from './refusals.ts';
import type { IamAction } from './service-action.ts';

/** An entity of an account, in one of the families. */
interface Entity {
  readonly family: Family;
  readonly name: string;
  readonly UserDetailList?: ReturnType<typeof detailUser>;
  readonly RoleDetailList?: ReturnType<typeof detailRole>;
  readonly GroupDetailList?: ReturnType<typeof detailGroup>;
  readonly Policies?: ReturnType<typeof detailPolicy>;
}

type Family = keyof typeof families;

/** How the entities of each family are read, in the order in which families follow one another over the pages. */
const families = {
  User: (call: Call<unknown>, slice: Slice): Entity[] =>
    call.directory.users
      .list(call.caller.accountId, slice)
      .map((user) => ({ family: 'User', name: user.UserName, UserDetailList: detailUser(call, user) })),
  Role: (call: Call<unknown>, slice: Slice): Entity[] =>
    call.directory.roles
      .list(call.caller.accountId, slice)
      .map((role) => ({ family: 'Role', name: role.RoleName, RoleDetailList: detailRole(call, role) })),
  Group: (call: Call<unknown>, slice: Slice): Entity[] =>
    call.directory.groups
      .list(call.caller.accountId, slice)
      .map((group) => ({ family: 'Group', name: group.GroupName, GroupDetailList: detailGroup(call, group) })),
  LocalManagedPolicy: (call: Call<unknown>, slice: Slice): Entity[] =>
    call.directory.policies.list(call.caller.accountId, slice).map((policy) => ({
      family: 'LocalManagedPolicy',
      name: policy.PolicyName,
      Policies: detailPolicy(call, policy),
    })),
  AWSManagedPolicy: (call: Call<unknown>, { after = '', limit }: Slice): Entity[] =>
    listAwsPolicies()
      .filter(({ PolicyName, Arn }) => PolicyName > after && isInUse(call, Arn))
      .slice(0, limit)
      .map((policy) => ({ family: 'AWSManagedPolicy', name: policy.PolicyName, Policies: detailPolicy(call, policy) })),
} as const;

/** Of its own policies AWS shows those that the account uses. */
function isInUse({ caller, directory }: Call<unknown>, arn: string): boolean {
  const { AttachmentCount, PermissionsBoundaryUsageCount } = countUses(directory, caller.accountId, arn);
  return AttachmentCount + PermissionsBoundaryUsageCount > 0;
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html */
export const getAccountAuthorizationDetails: IamAction<'GetAccountAuthorizationDetails'> = {
  resource() {
    return '*';
  },

  perform(call) {
    const { input, caller } = call;
    const wanted = listFamilies(input.Filter ?? []);
    const selection = ['GetAccountAuthorizationDetails', caller.accountId, ...wanted];
    requireFamily(input, wanted);
    const { items, ...more } = takeSlice(selection, input, {
      read: (slice) => readEntities(call, wanted, slice),
      placeOf: ({ family, name }) => `${family} ${name}`,
    });
    return {
      UserDetailList: items.flatMap(({ UserDetailList }) => UserDetailList ?? []),
      GroupDetailList: items.flatMap(({ GroupDetailList }) => GroupDetailList ?? []),
      RoleDetailList: items.flatMap(({ RoleDetailList }) => RoleDetailList ?? []),
      Policies: items.flatMap(({ Policies }) => Policies ?? []),
      ...more,
    };
  },
};

/**
 * A marker in a family that is not asked for is refused in words of its own.
 *
 * @throws AwsFault ValidationError
 */
function requireFamily({ Marker }: PageRequest, wanted: readonly Family[]): void {
  if (Marker === undefined) return;
  const [family] = peekPlace(Marker).split(' ');
  if (!wanted.some((name) => name === family)) throw refuseInvalid('Marker and Filter do not match');
}

/** Those of a filter, or all; in our order and each once, whatever the filter's. */
function listFamilies(filter: readonly Family[]): Family[] {
  const all: readonly Family[] = ['User', 'Role', 'Group', 'LocalManagedPolicy', 'AWSManagedPolicy'];
  return filter.length === 0 ? [...all] : all.filter((family) => filter.includes(family));
}

/** Family after family, each in the order of its names, until there are enough. */
function readEntities(call: Call<unknown>, wanted: readonly Family[], { after = '', limit }: Slice): Entity[] {
  const [family, name] = after.split(' ');
  const start = wanted.findIndex((candidate) => candidate === family);
  const found: Entity[] = [];
  for (const [index, next] of wanted.slice(Math.max(0, start)).entries()) {
    if (found.length >= limit) break;
    const from = index === 0 && start >= 0 ? name : undefined;
    found.push(...families[next](call, { after: from, limit: limit - found.length }));
  }
  return found;
}
