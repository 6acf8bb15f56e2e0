import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { readText } from './columns.ts';
import type { Slice, Tag } from './records.ts';
import { transact } from './transact.ts';

/**
 * The tags of whatever has tags, by its owner's unique id.
 *
 * Keys of users and roles that differ in case alone are one key, which keeps the case of its last writing; elsewhere they
 * are two. Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html#id_tags_rules_creating
 */
export class Tags {
  readonly #database: DatabaseSync;
  readonly #list: StatementSync;
  readonly #put: StatementSync;
  readonly #remove: StatementSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#list = database.prepare(
      'SELECT tag_key, tag_value FROM tags WHERE owner_id = ? AND folded_key > ? ORDER BY folded_key LIMIT ?',
    );
    this.#put = database.prepare(
      `INSERT INTO tags (owner_id, folded_key, tag_key, tag_value, account_id) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET tag_key = excluded.tag_key, tag_value = excluded.tag_value`,
    );
    this.#remove = database.prepare('DELETE FROM tags WHERE owner_id = ? AND folded_key = ?');
  }

  /** Tags in the order of their keys; all of them without a slice. `after` is the Key last seen. */
  list(ownerId: string, slice?: Slice): Tag[] {
    const rows = this.#list.all(ownerId, foldKey(ownerId, slice?.after ?? ''), slice?.limit ?? -1);
    return rows.map((row) => ({ Key: readText(row, 'tag_key'), Value: readText(row, 'tag_value') }));
  }

  /** Adds the tags or replaces those of the same keys; all of them or none. */
  put(accountId: string, ownerId: string, tags: readonly Tag[]): void {
    if (tags.length === 0) return;
    transact(this.#database, () => {
      for (const { Key, Value } of tags) this.#put.run(ownerId, foldKey(ownerId, Key), Key, Value, accountId);
    });
  }

  /** Removes the tags of these keys; keys that are not there are ignored. */
  remove(ownerId: string, TagKeys: readonly string[]): void {
    transact(this.#database, () => {
      for (const Key of TagKeys) this.#remove.run(ownerId, foldKey(ownerId, Key));
    });
  }
}

/** Two keys of an owner are the same key when this is the same. */
export function foldKey(ownerId: string, Key: string): string {
  return /^A(?:IDA|ROA)/.test(ownerId) ? Key.toLowerCase() : Key;
}
