import { KeyturnError } from '../../errors.ts';
import type { Directory } from '../directory/directory.ts';
import type { Fleet, FleetAccount, FleetOrganization } from '../directory/fleet.ts';

/** How much was written. */
export interface Planted {
  readonly accounts: number;
  readonly users: number;
  readonly accessKeys: number;
}

/**
 * Writes a fleet into a directory, each account in a transaction of its own, so that memory does not grow with the fleet.
 * Accounts that are there already are added to.
 *
 * @param now the creation of the management account, where it has to be made before its turn
 * @throws KeyturnError ERR_USAGE where something of the same name is there already
 */
export function plant(directory: Directory, { organization, accounts }: Fleet, now: Date): Planted {
  const planted = { accounts: 0, users: 0, accessKeys: 0 };
  try {
    directory.fleet.work(() => {
      if (organization !== undefined) plantOrganization(directory, organization, now);
      for (const account of accounts) {
        directory.transact(() => {
          plantAccount(directory, organization, account, planted);
        });
        planted.accounts += 1;
      }
    });
    return planted;
  } catch (error) {
    throw explain(error);
  } finally {
    directory.forget();
  }
}

function plantOrganization(directory: Directory, organization: FleetOrganization, now: Date): void {
  const { Id, rootId, managementAccountId, units, controlPolicies } = organization;
  directory.transact(() => {
    const { accounts, organizations } = directory;
    if (accounts.find(managementAccountId) === undefined) {
      accounts.create({ accountId: managementAccountId, CreateDate: now });
    }
    organizations.create({ Id, rootId, managementAccountId });
    for (const unit of units) organizations.addUnit({ ...unit, organizationId: Id });
    for (const policy of controlPolicies) organizations.addControlPolicy(policy);
  });
}

function plantAccount(
  directory: Directory,
  organization: FleetOrganization | undefined,
  account: FleetAccount,
  planted: { users: number; accessKeys: number },
): void {
  const { accountId, CreateDate, alias, member, rootKeys, roles, users } = account;
  const { accounts, organizations, fleet } = directory;
  if (accounts.find(accountId) === undefined) accounts.create({ accountId, CreateDate });
  if (organization !== undefined && member !== undefined) {
    organizations.addAccount({
      ...member,
      Id: accountId,
      organizationId: organization.Id,
      JoinedTimestamp: CreateDate,
    });
  }
  if (alias !== undefined) fleet.addAlias(accountId, alias);
  for (const key of rootKeys) fleet.addKey(accountId, accountId, key);
  for (const role of roles) fleet.addRole(accountId, role);
  planted.accessKeys += rootKeys.length;
  for (const user of users) {
    fleet.addUser(accountId, user);
    planted.users += 1;
    planted.accessKeys += user.accessKeys.length;
  }
}

/** SQLite says which of the unique columns a row was at odds with. */
function explain(error: unknown): unknown {
  const message = error instanceof Error ? error.message : '';
  const columns = /UNIQUE constraint failed: (.+)/.exec(message)?.[1];
  if (columns === undefined) return error;
  const hint = 'plant it into an empty data folder, or leave out what is there';
  return new KeyturnError('ERR_USAGE', `something of the same name is there already (${columns})`, {
    hint,
    cause: error,
  });
}
