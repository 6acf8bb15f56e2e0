import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { readDate, readText, type Row } from './columns.ts';
import type { Slice } from './records.ts';

export interface Account {
  readonly accountId: string;
  readonly CreateDate: Date;
  /** When the root user's password was set; absent where it has none. */
  readonly rootPasswordAt?: Date | undefined;
}

/** All accounts, whether or not they are in an organization. */
export class Accounts {
  readonly #insert: StatementSync;
  readonly #find: StatementSync;
  readonly #list: StatementSync;
  readonly #setRootPassword: StatementSync;

  constructor(database: DatabaseSync) {
    this.#insert = database.prepare('INSERT INTO accounts (account_id, created_at) VALUES (?, ?)');
    this.#find = database.prepare('SELECT * FROM accounts WHERE account_id = ?');
    this.#list = database.prepare('SELECT * FROM accounts WHERE account_id > ? ORDER BY account_id LIMIT ?');
    this.#setRootPassword = database.prepare('UPDATE accounts SET root_password_at = ? WHERE account_id = ?');
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

  /** Gives the root user a password, or takes it away. What it is nobody asks here. */
  setRootPassword(accountId: string, at: Date | undefined): void {
    this.#setRootPassword.run(at?.getTime() ?? null, accountId);
  }
}

function toAccount(row: Row): Account {
  return {
    accountId: readText(row, 'account_id'),
    CreateDate: readDate(row, 'created_at'),
    rootPasswordAt: row.root_password_at === null ? undefined : readDate(row, 'root_password_at'),
  };
}
