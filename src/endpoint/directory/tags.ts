import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { readText } from './columns.ts';
import type { Tag } from './records.ts';
import { transact } from './transact.ts';

/**
 * The tags of whatever has tags, by its owner's unique id.
 *
 * Keys of users and roles that differ in case alone are one key, which keeps the case of its last writing; elsewhere they
 * are two. Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html#id_tags_rules_creating
 *
 * They are listed in the order of their keys; where keys differ by case, shorter ones come first, as AWS was recorded to do.
 */
export class Tags {
  readonly #database: DatabaseSync;
  readonly #list: StatementSync;
  readonly #put: StatementSync;
  readonly #remove: StatementSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#list = database.prepare('SELECT tag_key, tag_value FROM tags WHERE owner_id = ? ORDER BY folded_key');
    this.#put = database.prepare(
      `INSERT INTO tags (owner_id, folded_key, tag_key, tag_value, account_id) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET tag_key = excluded.tag_key, tag_value = excluded.tag_value`,
    );
    this.#remove = database.prepare('DELETE FROM tags WHERE owner_id = ? AND folded_key = ?');
  }

  list(ownerId: string): Tag[] {
    const tags = this.#list
      .all(ownerId)
      .map((row) => ({ Key: readText(row, 'tag_key'), Value: readText(row, 'tag_value') }));
    // The sort is stable: keys of one length stay in the order in which they were read.
    return foldsCase(ownerId) ? tags : tags.sort((one, other) => one.Key.length - other.Key.length);
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
  return foldsCase(ownerId) ? Key.toLowerCase() : Key;
}

function foldsCase(ownerId: string): boolean {
  return ownerId.startsWith('AIDA') || ownerId.startsWith('AROA');
}
