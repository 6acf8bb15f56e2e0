import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { readText } from './columns.ts';
import type { InlinePolicy } from './records.ts';
import type { Revision } from './revision.ts';

/**
 * The policies embedded in users, groups and roles, by the owner's unique id. Names that differ in case alone are one name,
 * which keeps the case it was first written in.
 */
export class InlinePolicies {
  readonly #permissions: Revision;
  readonly #put: StatementSync;
  readonly #find: StatementSync;
  readonly #list: StatementSync;
  readonly #delete: StatementSync;

  constructor(database: DatabaseSync, permissions: Revision) {
    this.#permissions = permissions;
    this.#put = database.prepare(
      `INSERT INTO inline_policies (owner_id, policy_name, account_id, document) VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET document = excluded.document`,
    );
    this.#find = database.prepare('SELECT document FROM inline_policies WHERE owner_id = ? AND policy_name = ?');
    this.#list = database.prepare(
      'SELECT policy_name, document FROM inline_policies WHERE owner_id = ? ORDER BY policy_name',
    );
    this.#delete = database.prepare('DELETE FROM inline_policies WHERE owner_id = ? AND policy_name = ?');
  }

  /** Adds a policy or replaces the one of the same name. */
  put(accountId: string, ownerId: string, { PolicyName, document }: InlinePolicy): void {
    this.#put.run(ownerId, PolicyName, accountId, document);
    this.#permissions.advance();
  }

  /** Under the name it is asked for by, as on AWS. */
  find(ownerId: string, PolicyName: string): InlinePolicy | undefined {
    const row = this.#find.get(ownerId, PolicyName);
    return row === undefined ? undefined : { PolicyName, document: readText(row, 'document') };
  }

  /** In the order of their names. */
  list(ownerId: string): InlinePolicy[] {
    return this.#list
      .all(ownerId)
      .map((row) => ({ PolicyName: readText(row, 'policy_name'), document: readText(row, 'document') }));
  }

  delete(ownerId: string, PolicyName: string): void {
    this.#delete.run(ownerId, PolicyName);
    this.#permissions.advance();
  }
}
