import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { readInteger, readText } from './columns.ts';
import type { Revision } from './revision.ts';

/** Which managed policies are attached to which users, groups and roles, by the owner's unique id. */
export class AttachedPolicies {
  readonly #permissions: Revision;
  readonly #attach: StatementSync;
  readonly #detach: StatementSync;
  readonly #list: StatementSync;
  readonly #listOwners: StatementSync;
  readonly #countOwners: StatementSync;
  readonly #listInUse: StatementSync;

  constructor(database: DatabaseSync, permissions: Revision) {
    this.#permissions = permissions;
    this.#attach = database.prepare(
      'INSERT INTO attached_policies (owner_id, policy_arn, account_id) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
    );
    this.#detach = database.prepare('DELETE FROM attached_policies WHERE owner_id = ? AND policy_arn = ?');
    this.#list = database.prepare('SELECT policy_arn FROM attached_policies WHERE owner_id = ?');
    this.#listOwners = database.prepare(
      'SELECT owner_id FROM attached_policies WHERE account_id = ? AND policy_arn = ? ORDER BY owner_id',
    );
    this.#countOwners = database.prepare(
      'SELECT count(*) AS count FROM attached_policies WHERE account_id = ? AND policy_arn = ?',
    );
    this.#listInUse = database.prepare(
      `SELECT policy_arn FROM attached_policies WHERE account_id = ?1
       UNION SELECT boundary_arn FROM users WHERE account_id = ?1 AND boundary_arn IS NOT NULL
       UNION SELECT boundary_arn FROM roles WHERE account_id = ?1 AND boundary_arn IS NOT NULL`,
    );
  }

  /** Attaches a policy, which may be attached already. */
  attach(accountId: string, ownerId: string, policyArn: string): void {
    this.#attach.run(ownerId, policyArn, accountId);
    this.#permissions.advance();
  }

  /** Returns whether it was attached. */
  detach(ownerId: string, policyArn: string): boolean {
    this.#permissions.advance();
    return this.#detach.run(ownerId, policyArn).changes > 0;
  }

  /** The ARNs of an owner's policies, in the order of the policies' names, case ignored. */
  list(ownerId: string): string[] {
    const arns = this.#list.all(ownerId).map((row) => readText(row, 'policy_arn'));
    return arns.length < 2 ? arns : arns.sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
  }

  /** The unique ids of whom a policy is attached to within an account. */
  listOwners(accountId: string, policyArn: string): string[] {
    return this.#listOwners.all(accountId, policyArn).map((row) => readText(row, 'owner_id'));
  }

  countOwners(accountId: string, policyArn: string): number {
    return readInteger(this.#countOwners.get(accountId, policyArn) ?? {}, 'count');
  }

  /** How many policies, the account's own and AWS's, are attached to somebody of an account or bound somebody. */
  countInUse(accountId: string): number {
    return this.#listInUse.all(accountId).length;
  }
}

/** Policies of AWS and of the account may have one name. */
function placeOf(arn: string): string {
  return `${arn.slice(arn.lastIndexOf('/') + 1).toLowerCase()} ${arn}`;
}
