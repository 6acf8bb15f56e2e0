import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { readDate, readInteger, readText, type Row } from './columns.ts';
import type { Slice } from './records.ts';

/** An organization, its root in it. */
export interface Organization {
  /** `o-…` */
  readonly Id: string;
  /** `r-…` */
  readonly rootId: string;
  readonly managementAccountId: string;
  /** Whether the root users of its accounts may be asked about, and their credentials be deleted. */
  readonly rootCredentials: boolean;
  /** Whether root users may be assumed for what only they can mend. */
  readonly rootSessions: boolean;
}

export type NewOrganization = Omit<Organization, 'rootCredentials' | 'rootSessions'>;

/** An organizational unit under the root or under another. */
export interface OrganizationalUnit {
  readonly organizationId: string;
  /** `ou-…` */
  readonly Id: string;
  readonly parentId: string;
  readonly Name: string;
}

/** An account as its organization has it. */
export interface MemberAccount {
  readonly organizationId: string;
  readonly Id: string;
  /** The root or a unit. */
  readonly parentId: string;
  readonly Name: string;
  readonly Email: string;
  readonly State: 'ACTIVE' | 'SUSPENDED';
  readonly JoinedMethod: 'INVITED' | 'CREATED';
  readonly JoinedTimestamp: Date;
}

/** A service control policy, attached to the root, to a unit or to an account. */
export interface ControlPolicy {
  readonly targetId: string;
  readonly PolicyName: string;
  readonly document: string;
}

/** Organizations: the tree of their units, the accounts in it, the service control policies on it. */
export class Organizations {
  readonly #insert: StatementSync;
  readonly #switchCredentials: StatementSync;
  readonly #switchSessions: StatementSync;
  readonly #find: StatementSync;
  readonly #insertUnit: StatementSync;
  readonly #findUnit: StatementSync;
  readonly #listUnits: StatementSync;
  readonly #insertAccount: StatementSync;
  readonly #findAccount: StatementSync;
  readonly #listAccounts: StatementSync;
  readonly #listAccountsUnder: StatementSync;
  readonly #insertPolicy: StatementSync;
  readonly #listPolicies: StatementSync;

  constructor(database: DatabaseSync) {
    this.#insert = database.prepare(
      'INSERT INTO organizations (organization_id, root_id, management_account_id) VALUES (?, ?, ?)',
    );
    this.#switchCredentials = database.prepare(
      'UPDATE organizations SET root_credentials = ? WHERE organization_id = ?',
    );
    this.#switchSessions = database.prepare('UPDATE organizations SET root_sessions = ? WHERE organization_id = ?');
    this.#find = database.prepare('SELECT * FROM organizations WHERE organization_id = ?');
    this.#insertUnit = database.prepare(
      'INSERT INTO organizational_units (unit_id, organization_id, parent_id, unit_name) VALUES (?, ?, ?, ?)',
    );
    this.#findUnit = database.prepare('SELECT * FROM organizational_units WHERE unit_id = ?');
    this.#listUnits = database.prepare(
      'SELECT * FROM organizational_units WHERE parent_id = ? AND unit_id > ? ORDER BY unit_id LIMIT ?',
    );
    this.#insertAccount = database.prepare(
      `INSERT INTO member_accounts (account_id, organization_id, parent_id, account_name, email, state, joined_method,
       joined_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#findAccount = database.prepare('SELECT * FROM member_accounts WHERE account_id = ?');
    this.#listAccounts = database.prepare(
      'SELECT * FROM member_accounts WHERE organization_id = ? AND account_id > ? ORDER BY account_id LIMIT ?',
    );
    this.#listAccountsUnder = database.prepare(
      'SELECT * FROM member_accounts WHERE parent_id = ? AND account_id > ? ORDER BY account_id LIMIT ?',
    );
    this.#insertPolicy = database.prepare(
      'INSERT INTO control_policies (target_id, policy_name, document) VALUES (?, ?, ?)',
    );
    this.#listPolicies = database.prepare('SELECT * FROM control_policies WHERE target_id = ? ORDER BY policy_name');
  }

  /** Makes an organization with both features on. */
  create({ Id, rootId, managementAccountId }: NewOrganization): void {
    this.#insert.run(Id, rootId, managementAccountId);
  }

  switchFeature(Id: string, feature: 'rootCredentials' | 'rootSessions', on: boolean): void {
    const update = feature === 'rootCredentials' ? this.#switchCredentials : this.#switchSessions;
    update.run(on ? 1 : 0, Id);
  }

  addUnit({ Id, organizationId, parentId, Name }: OrganizationalUnit): void {
    this.#insertUnit.run(Id, organizationId, parentId, Name);
  }

  addAccount(account: MemberAccount): void {
    const { Id, organizationId, parentId, Name, Email, State, JoinedMethod, JoinedTimestamp } = account;
    this.#insertAccount.run(Id, organizationId, parentId, Name, Email, State, JoinedMethod, JoinedTimestamp.getTime());
  }

  addControlPolicy({ targetId, PolicyName, document }: ControlPolicy): void {
    this.#insertPolicy.run(targetId, PolicyName, document);
  }

  /** The organization that an account is in. */
  findOf(accountId: string): Organization | undefined {
    const account = this.findAccount(accountId);
    const row = account && this.#find.get(account.organizationId);
    if (row === undefined) return undefined;
    return {
      Id: readText(row, 'organization_id'),
      rootId: readText(row, 'root_id'),
      managementAccountId: readText(row, 'management_account_id'),
      rootCredentials: readInteger(row, 'root_credentials') === 1,
      rootSessions: readInteger(row, 'root_sessions') === 1,
    };
  }

  findUnit(Id: string): OrganizationalUnit | undefined {
    const row = this.#findUnit.get(Id);
    return row === undefined ? undefined : toUnit(row);
  }

  findAccount(Id: string): MemberAccount | undefined {
    const row = this.#findAccount.get(Id);
    return row === undefined ? undefined : toAccount(row);
  }

  /** The units right under the root or a unit, in the order of their ids; `after` is the Id last seen. */
  listUnits(parentId: string, { after = '', limit }: Slice): OrganizationalUnit[] {
    return this.#listUnits.all(parentId, after, limit).map(toUnit);
  }

  /** All accounts of an organization, in the order of their ids; `after` is the Id last seen. */
  listAccounts(organizationId: string, { after = '', limit }: Slice): MemberAccount[] {
    return this.#listAccounts.all(organizationId, after, limit).map(toAccount);
  }

  /** The accounts right under the root or a unit, likewise. */
  listAccountsUnder(parentId: string, { after = '', limit }: Slice): MemberAccount[] {
    return this.#listAccountsUnder.all(parentId, after, limit).map(toAccount);
  }

  /**
   * The root and the units above an account or a unit, from the root down; empty for one that is in no organization.
   *
   * @param parentId what it is right under
   */
  listAbove(parentId: string): string[] {
    const above: string[] = [];
    let next: string | undefined = parentId;
    while (next !== undefined) {
      above.unshift(next);
      next = this.findUnit(next)?.parentId;
    }
    return above;
  }

  /** The service control policies right on the root, a unit or an account. */
  listControlPolicies(targetId: string): ControlPolicy[] {
    return this.#listPolicies.all(targetId).map((row) => ({
      targetId,
      PolicyName: readText(row, 'policy_name'),
      document: readText(row, 'document'),
    }));
  }

  /**
   * The service control policies that limit an account, level by level from the root to the account. A level without any
   * limits nothing and is left out, as if FullAWSAccess were attached there. Undefined for an account that none limits:
   * one in no organization, or the management account.
   *
   * Source: https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html
   */
  findLimits(accountId: string): ControlPolicy[][] | undefined {
    const account = this.findAccount(accountId);
    if (account === undefined || this.findOf(accountId)?.managementAccountId === accountId) return undefined;
    const levels = [...this.listAbove(account.parentId), accountId].map((targetId) =>
      this.listControlPolicies(targetId),
    );
    const limits = levels.filter((policies) => policies.length > 0);
    return limits.length === 0 ? undefined : limits;
  }
}

function toUnit(row: Row): OrganizationalUnit {
  return {
    organizationId: readText(row, 'organization_id'),
    Id: readText(row, 'unit_id'),
    parentId: readText(row, 'parent_id'),
    Name: readText(row, 'unit_name'),
  };
}

function toAccount(row: Row): MemberAccount {
  return {
    organizationId: readText(row, 'organization_id'),
    Id: readText(row, 'account_id'),
    parentId: readText(row, 'parent_id'),
    Name: readText(row, 'account_name'),
    Email: readText(row, 'email'),
    State: readText(row, 'state') === 'ACTIVE' ? 'ACTIVE' : 'SUSPENDED',
    JoinedMethod: readText(row, 'joined_method') === 'INVITED' ? 'INVITED' : 'CREATED',
    JoinedTimestamp: readDate(row, 'joined_at'),
  };
}
