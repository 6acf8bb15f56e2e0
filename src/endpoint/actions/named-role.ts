import type { Call } from '../action.ts';
import type { Role } from '../directory/records.ts';
import type { Resource } from '../resource.ts';
import { encodeDocument } from './policy-text.ts';
import { refuse } from './refusals.ts';

type NamingCall = Call<{ readonly RoleName: string }>;

/** The role that a request names. @throws AwsFault NoSuchEntity */
export function findNamedRole({ input, caller, directory }: NamingCall): Role {
  const role = directory.roles.find(caller.accountId, input.RoleName);
  if (role === undefined) throw refuse('NoSuchEntity', `The role with name ${input.RoleName} cannot be found.`);
  return role;
}

/** The role a request names as a resource: by its stored name, or as written where there is no such role. */
export function nameRole({ input, caller, directory }: NamingCall): Resource {
  const { RoleName } = input;
  const role = directory.roles.find(caller.accountId, RoleName);
  if (role === undefined)
    return { arn: `arn:aws:iam::${caller.accountId}:role/${RoleName}`, words: `role ${RoleName}` };
  const { Arn, RoleId, boundaryArn } = role;
  return { arn: Arn, words: `role ${role.RoleName}`, taggedId: RoleId, boundaryArn };
}

type DescribedRole = Pick<Role, 'Path' | 'RoleName' | 'RoleId' | 'Arn' | 'CreateDate'> & {
  readonly AssumeRolePolicyDocument: string;
};

/** What IAM shows of a role wherever it shows one. */
export function describeRole({ Path, RoleName, RoleId, Arn, CreateDate, trustPolicy }: Role): DescribedRole {
  return { Path, RoleName, RoleId, Arn, CreateDate, AssumeRolePolicyDocument: encodeDocument(trustPolicy) };
}
