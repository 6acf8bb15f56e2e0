import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { readText } from './columns.ts';
import type { Slice, Tag } from './records.ts';
import { transact } from './transact.ts';

/**
 * The tags of users. Keys that differ in case alone are one key, which keeps the case of its last writing.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html#id_tags_rules_creating
 */
export class UserTags {
  readonly #database: DatabaseSync;
  readonly #list: StatementSync;
  readonly #put: StatementSync;
  readonly #remove: StatementSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#list = database.prepare(
      'SELECT tag_key, tag_value FROM user_tags WHERE user_id = ? AND folded_key > ? ORDER BY folded_key LIMIT ?',
    );
    this.#put = database.prepare(
      `INSERT INTO user_tags (user_id, folded_key, tag_key, tag_value, account_id)
       SELECT user_id, ?, ?, ?, account_id FROM users WHERE user_id = ?
       ON CONFLICT DO UPDATE SET tag_key = excluded.tag_key, tag_value = excluded.tag_value`,
    );
    this.#remove = database.prepare('DELETE FROM user_tags WHERE user_id = ? AND folded_key = ?');
  }

  /** Tags in the order of their keys, case ignored; all of them without a slice. `after` is the Key last seen. */
  list(UserId: string, slice?: Slice): Tag[] {
    const rows = this.#list.all(UserId, foldKey(slice?.after ?? ''), slice?.limit ?? -1);
    return rows.map((row) => ({ Key: readText(row, 'tag_key'), Value: readText(row, 'tag_value') }));
  }

  /** Adds the tags or replaces those of the same keys; all of them or none. */
  put(UserId: string, tags: readonly Tag[]): void {
    transact(this.#database, () => {
      for (const { Key, Value } of tags) this.#put.run(foldKey(Key), Key, Value, UserId);
    });
  }

  /** Removes the tags of these keys; keys that are not there are ignored. */
  remove(UserId: string, TagKeys: readonly string[]): void {
    transact(this.#database, () => {
      for (const Key of TagKeys) this.#remove.run(UserId, foldKey(Key));
    });
  }
}

function foldKey(Key: string): string {
  return Key.toLowerCase();
}
