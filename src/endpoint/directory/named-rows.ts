import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { readInteger, type Row } from './columns.ts';
import type { PathSlice } from './records.ts';

/**
 * What groups, roles and policies have in common: rows of an account, by a unique id or by a name that is unique in the
 * account, and found, without regard to case; each under a path.
 */
export class NamedRows<T> {
  readonly #toRecord: (row: Row) => T;
  readonly #find: StatementSync;
  readonly #findById: StatementSync;
  readonly #list: StatementSync;
  readonly #count: StatementSync;

  /** @param table with the columns `${kind}_id` and `${kind}_name` */
  constructor(database: DatabaseSync, table: string, kind: string, toRecord: (row: Row) => T) {
    this.#toRecord = toRecord;
    this.#find = database.prepare(`SELECT * FROM ${table} WHERE account_id = ? AND ${kind}_name = ?`);
    this.#findById = database.prepare(`SELECT * FROM ${table} WHERE ${kind}_id = ?`);
    this.#list = database.prepare(
      `SELECT * FROM ${table} WHERE account_id = ? AND ${kind}_name > ? AND substr(path, 1, ?) = ?
       ORDER BY ${kind}_name LIMIT ?`,
    );
    this.#count = database.prepare(`SELECT count(*) AS count FROM ${table} WHERE account_id = ?`);
  }

  find(accountId: string, name: string): T | undefined {
    return this.#read(this.#find.get(accountId, name));
  }

  findById(id: string): T | undefined {
    return this.#read(this.#findById.get(id));
  }

  /** In the order of their names, case ignored; `after` is the name last seen. All of them with a limit of -1. */
  list(accountId: string, { PathPrefix = '/', after = '', limit }: PathSlice): T[] {
    return this.#list.all(accountId, after, PathPrefix.length, PathPrefix, limit).map(this.#toRecord);
  }

  count(accountId: string): number {
    return readInteger(this.#count.get(accountId) ?? {}, 'count');
  }

  #read(row: Row | undefined): T | undefined {
    return row === undefined ? undefined : this.#toRecord(row);
  }
}
