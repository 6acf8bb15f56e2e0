import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { Secret } from '../../secret.ts';
import { readDate, readText } from './columns.ts';

/** What the first start makes: one account, and its administrator with one key. */
export interface Origin {
  readonly accountId: string;
  readonly UserId: string;
  readonly AccessKeyId: string;
  readonly SecretAccessKey: Secret;
  readonly CreateDate: Date;
}

/** The one row that says how the directory began. */
export class Origins {
  readonly #find: StatementSync;
  readonly #write: StatementSync;

  constructor(database: DatabaseSync) {
    this.#find = database.prepare('SELECT * FROM bootstrap WHERE only_row = 1');
    this.#write = database.prepare(
      `INSERT INTO bootstrap (only_row, account_id, user_id, access_key_id, secret_access_key, created_at)
       VALUES (1, ?, ?, ?, ?, ?)`,
    );
  }

  find(): Origin | undefined {
    const row = this.#find.get();
    if (row === undefined) return undefined;
    return {
      accountId: readText(row, 'account_id'),
      UserId: readText(row, 'user_id'),
      AccessKeyId: readText(row, 'access_key_id'),
      SecretAccessKey: new Secret(readText(row, 'secret_access_key')),
      CreateDate: readDate(row, 'created_at'),
    };
  }

  write({ accountId, UserId, AccessKeyId, SecretAccessKey, CreateDate }: Origin): void {
    this.#write.run(accountId, UserId, AccessKeyId, SecretAccessKey.reveal(), CreateDate.getTime());
  }
}
