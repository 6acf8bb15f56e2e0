import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { readInteger, readText } from './columns.ts';
import type { Tag } from './records.ts';
import { transact } from './transact.ts';

/**
 * The tags of whatever has tags, by its owner's unique id.
 *
 * Keys of users and roles that differ in case alone are one key, which keeps the case of its last writing; elsewhere they
 * are two. Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html#id_tags_rules_creating
 *
 * As AWS was recorded to do, those of users and roles are listed by the time of their writing, the latest first, and then
 * by their keys; others by the length of their keys first.
 */
export class Tags {
  readonly #database: DatabaseSync;
  readonly #list: StatementSync;
  readonly #put: StatementSync;
  readonly #remove: StatementSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#list = database.prepare(
      'SELECT tag_key, tag_value, written FROM tags WHERE owner_id = ? ORDER BY folded_key',
    );
    this.#put = database.prepare(
      `INSERT INTO tags (owner_id, folded_key, tag_key, tag_value, account_id, written) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET tag_key = excluded.tag_key, tag_value = excluded.tag_value, written = excluded.written`,
    );
    this.#remove = database.prepare('DELETE FROM tags WHERE owner_id = ? AND folded_key = ?');
  }

  list(ownerId: string): Tag[] {
    const tags = this.#read(ownerId);
    // The sort is stable: within one writing, or one length, keys stay in the order in which they were read.
    if (foldsCase(ownerId)) tags.sort((one, other) => other.written - one.written);
    else tags.sort((one, other) => one.Key.length - other.Key.length);
    return tags.map(({ Key, Value }) => ({ Key, Value }));
  }

  #read(ownerId: string): (Tag & { written: number })[] {
    return this.#list.all(ownerId).map((row) => ({
      Key: readText(row, 'tag_key'),
      Value: readText(row, 'tag_value'),
      written: readInteger(row, 'written'),
    }));
  }

  /** Adds the tags or replaces those of the same keys; all of them or none. */
  put(accountId: string, ownerId: string, tags: readonly Tag[]): void {
    if (tags.length === 0) return;
    transact(this.#database, () => {
      const written = 1 + Math.max(0, ...this.#read(ownerId).map((tag) => tag.written));
      for (const { Key, Value } of tags) this.#put.run(ownerId, foldKey(ownerId, Key), Key, Value, accountId, written);
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
