import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { readDate, readInteger, readText, type Row } from './columns.ts';
import { drawUniqueId, type RandomBytes } from './identifiers.ts';
import { NamedRows } from './named-rows.ts';
import type { Group, PathSlice, Slice, User } from './records.ts';
import type { Revision } from './revision.ts';
import { toUser } from './users.ts';

export type NewGroup = Pick<Group, 'accountId' | 'GroupName' | 'Path' | 'CreateDate'>;

/** The groups of all accounts and who belongs to them. */
export class Groups {
  readonly #random: RandomBytes;
  readonly #permissions: Revision;
  readonly #rows: NamedRows<Group>;
  readonly #insert: StatementSync;
  readonly #update: StatementSync;
  readonly #delete: StatementSync;
  readonly #add: StatementSync;
  readonly #remove: StatementSync;
  readonly #members: StatementSync;
  readonly #listOf: StatementSync;
  readonly #countOf: StatementSync;

  constructor(database: DatabaseSync, random: RandomBytes, permissions: Revision) {
    this.#random = random;
    this.#permissions = permissions;
    this.#rows = new NamedRows(database, 'groups', 'group', toGroup);
    this.#insert = database.prepare(
      'INSERT INTO groups (group_id, account_id, group_name, path, created_at) VALUES (?, ?, ?, ?, ?)',
    );
    this.#update = database.prepare('UPDATE groups SET group_name = ?, path = ? WHERE group_id = ?');
    this.#delete = database.prepare('DELETE FROM groups WHERE group_id = ?');
    this.#add = database.prepare(
      'INSERT INTO group_members (group_id, user_id, account_id) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
    );
    this.#remove = database.prepare('DELETE FROM group_members WHERE group_id = ? AND user_id = ?');
    this.#members = database.prepare(
      `SELECT users.* FROM group_members JOIN users USING (user_id)
       WHERE group_id = ? AND user_name > ? ORDER BY user_name LIMIT ?`,
    );
    this.#listOf = database.prepare(
      `SELECT groups.* FROM group_members JOIN groups USING (group_id) WHERE user_id = ? ORDER BY group_name`,
    );
    this.#countOf = database.prepare('SELECT count(*) AS count FROM group_members WHERE user_id = ?');
  }

  /** Makes a group. The caller has made sure that the name is free. */
  create({ accountId, GroupName, Path, CreateDate }: NewGroup): Group {
    const GroupId = drawUniqueId('AGPA', accountId, this.#random);
    this.#insert.run(GroupId, accountId, GroupName, Path, CreateDate.getTime());
    return { accountId, GroupId, GroupName, Path, Arn: composeArn(accountId, Path, GroupName), CreateDate };
  }

  /** The group of a name, written in any case. */
  find(accountId: string, GroupName: string): Group | undefined {
    return this.#rows.find(accountId, GroupName);
  }

  findById(GroupId: string): Group | undefined {
    return this.#rows.findById(GroupId);
  }

  list(accountId: string, slice: PathSlice): Group[] {
    return this.#rows.list(accountId, slice);
  }

  count(accountId: string): number {
    return this.#rows.count(accountId);
  }

  /** Sets a new name, path or both; members and policies stay. */
  update({ GroupId, GroupName, Path }: Pick<Group, 'GroupId' | 'GroupName' | 'Path'>): void {
    this.#update.run(GroupName, Path, GroupId);
  }

  /** Deletes a group. The caller has made sure that nothing hangs on it. */
  delete(GroupId: string): void {
    this.#delete.run(GroupId);
    this.#permissions.advance();
  }

  /** Makes a user a member, which it may be already. */
  addMember({ GroupId, accountId }: Group, UserId: string): void {
    this.#add.run(GroupId, UserId, accountId);
    this.#permissions.advance();
  }

  removeMember({ GroupId }: Group, UserId: string): void {
    this.#remove.run(GroupId, UserId);
    this.#permissions.advance();
  }

  /** Members in the order of their names, case ignored; `after` is the UserName last seen. */
  members(GroupId: string, { after = '', limit }: Slice): User[] {
    return this.#members.all(GroupId, after, limit).map(toUser);
  }

  /** The groups of a user in the order of their names. */
  listOf(UserId: string): Group[] {
    return this.#listOf.all(UserId).map(toGroup);
  }

  countOf(UserId: string): number {
    return readInteger(this.#countOf.get(UserId) ?? {}, 'count');
  }
}

function toGroup(row: Row): Group {
  const accountId = readText(row, 'account_id');
  const GroupName = readText(row, 'group_name');
  const Path = readText(row, 'path');
  return {
    accountId,
    GroupId: readText(row, 'group_id'),
    GroupName,
    Path,
    Arn: composeArn(accountId, Path, GroupName),
    CreateDate: readDate(row, 'created_at'),
  };
}

function composeArn(accountId: string, Path: string, GroupName: string): string {
  return `arn:aws:iam::${accountId}:group${Path}${GroupName}`;
}
