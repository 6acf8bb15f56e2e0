import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { readDate, readText, type Row } from './columns.ts';
import type { Slice } from './records.ts';

export interface Account {
  readonly accountId: string;
  readonly CreateDate: Date;
}

/** All accounts, whether or not they are in an organization. */
export class Accounts {
  readonly #insert: StatementSync;
  readonly #find: StatementSync;
  readonly #list: StatementSync;

  constructor(database: DatabaseSync) {
    this.#insert = database.prepare('INSERT INTO accounts (account_id, created_at) VALUES (?, ?)');
    this.#find = database.prepare('SELECT * FROM accounts WHERE account_id = ?');
    this.#list = database.prepare('SELECT * FROM accounts WHERE account_id > ? ORDER BY account_id LIMIT ?');
  }

  /** Makes an account without users. The caller has made sure that there is none of this id. */
  create({ accountId, CreateDate }: Account): void {
    this.#insert.run(accountId, CreateDate.getTime());
  }

  find(accountId: string): Account | undefined {
    const row = this.#find.get(accountId);
    return row === undefined ? undefined : toAccount(row);
  }

  /** In the order of their ids; `after` is the id last seen. */
  list({ after = '', limit }: Slice): Account[] {
    return this.#list.all(after, limit).map(toAccount);
  }
}

function toAccount(row: Row): Account {
  return { accountId: readText(row, 'account_id'), CreateDate: readDate(row, 'created_at') };
}
