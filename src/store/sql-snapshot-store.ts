import type { NameKey, Scan, SnapshotStore, SpooledPiece, StoredAccount, StoredUser } from '../fleet/snapshot-store.ts';
import type { Database } from './database.ts';
import { readPages } from './pages.ts';
import { keepLast, readPiece, readUser, selectSpoolPage, selectUserPage, writeUser } from './snapshot-rows.ts';
import type { SpoolRow, UserRow } from './tables.ts';

/** The port on a database. */
export class SqlSnapshotStore implements SnapshotStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  get place(): string {
    return this.#database.place;
  }

  openScan(wish: Scan, { resumeFrom }: { readonly resumeFrom: Date }): Promise<Scan> {
    const row = { scope: wish.scope, refresh: wish.refresh, started_at: wish.startedAt.getTime() };
    return this.#database.write(async (transaction) => {
      // Where there is one, it is locked and read: whoever asks at the same time waits here, and then finds this one.
      const found = await transaction
        .insertInto('keyturn_scans')
        .values(row)
        .onConflict((conflict) => conflict.column('scope').doUpdateSet({ scope: wish.scope }))
        .returningAll()
        .executeTakeFirstOrThrow();
      if (found.refresh === wish.refresh && found.started_at >= resumeFrom.getTime()) {
        return { scope: found.scope, refresh: found.refresh, startedAt: new Date(found.started_at) };
      }
      await transaction.updateTable('keyturn_scans').set(row).where('scope', '=', wish.scope).execute();
      return wish;
    });
  }

  async closeScan({ scope, refresh, startedAt }: Scan): Promise<void> {
    await this.#database.write((transaction) =>
      transaction
        .deleteFrom('keyturn_scans')
        .where('scope', '=', scope)
        .where('refresh', '=', refresh)
        .where('started_at', '=', startedAt.getTime())
        .execute(),
    );
  }

  async readAccount(account: string): Promise<StoredAccount | undefined> {
    const row = await this.#database.read((db) =>
      db.selectFrom('keyturn_accounts').selectAll().where('account', '=', account).executeTakeFirst(),
    );
    return row && { account: row.account, facts: row.facts, startedAt: new Date(row.started_at) };
  }

  async finishAccount({ account, facts, startedAt }: StoredAccount): Promise<void> {
    const started_at = startedAt.getTime();
    await this.#database.write(async (transaction) => {
      await transaction
        .insertInto('keyturn_accounts')
        .values({ account, facts, started_at })
        .onConflict((conflict) => conflict.column('account').doUpdateSet({ facts, started_at }))
        .execute();
      await transaction
        .deleteFrom('keyturn_users')
        .where('account', '=', account)
        .where('put_at', '<', started_at)
        .execute();
      await transaction.deleteFrom('keyturn_spool').where('account', '=', account).execute();
    });
  }

  async forgetAccounts(startedBefore: Date): Promise<void> {
    await this.#database.write(async (transaction) => {
      const forgotten = transaction
        .selectFrom('keyturn_accounts')
        .select('account')
        .where('started_at', '<', startedBefore.getTime());
      await transaction.deleteFrom('keyturn_users').where('account', 'in', forgotten).execute();
      await transaction.deleteFrom('keyturn_spool').where('account', 'in', forgotten).execute();
      await transaction.deleteFrom('keyturn_accounts').where('started_at', '<', startedBefore.getTime()).execute();
    });
  }

  async clearSpool(account: string): Promise<void> {
    await this.#database.write((transaction) =>
      transaction.deleteFrom('keyturn_spool').where('account', '=', account).execute(),
    );
  }

  async spool(account: string, pieces: readonly SpooledPiece[]): Promise<void> {
    if (pieces.length === 0) return;
    const rows = keepLast(pieces, ({ kind, nameKey, id }) => JSON.stringify([kind, nameKey, id])).map(
      ({ kind, nameKey, id, facts }) => ({ account, kind, name_key: nameKey, id, facts }),
    );
    await this.#database.write((transaction) =>
      transaction
        .insertInto('keyturn_spool')
        .values(rows)
        .onConflict((conflict) =>
          conflict
            .columns(['account', 'kind', 'name_key', 'id'])
            .doUpdateSet((eb) => ({ facts: eb.ref('excluded.facts') })),
        )
        .execute(),
    );
  }

  async readSpool(account: string, nameKeys: readonly NameKey[]): Promise<readonly SpooledPiece[]> {
    if (nameKeys.length === 0) return [];
    const rows = await this.#database.read((db) =>
      db
        .selectFrom('keyturn_spool')
        .selectAll()
        .where('account', '=', account)
        // So that the key of the table finds them.
        .where('kind', 'in', ['details', 'service-credential'])
        .where('name_key', 'in', nameKeys)
        .execute(),
    );
    return rows.map(readPiece);
  }

  async *listSpool(account: string, kind: SpooledPiece['kind']): AsyncGenerator<SpooledPiece> {
    for await (const row of readPages<SpoolRow>(this.#database, (db, last) =>
      selectSpoolPage(db, account, kind, last),
    )) {
      yield readPiece(row);
    }
  }

  async putUsers(account: string, users: readonly StoredUser[], at: Date): Promise<void> {
    if (users.length === 0) return;
    const rows = keepLast(users, ({ nameKey }) => nameKey).map((user) => writeUser(account, user, at));
    await this.#database.write((transaction) =>
      transaction
        .insertInto('keyturn_users')
        .values(rows)
        .onConflict((conflict) =>
          conflict.columns(['account', 'name_key']).doUpdateSet((eb) => ({
            position: eb.ref('excluded.position'),
            key_columns: eb.ref('excluded.key_columns'),
            facts: eb.ref('excluded.facts'),
            put_at: eb.ref('excluded.put_at'),
          })),
        )
        .execute(),
    );
  }

  async findUsers(account: string, nameKeys: readonly NameKey[]): Promise<readonly StoredUser[]> {
    if (nameKeys.length === 0) return [];
    const rows = await this.#database.read((db) =>
      db
        .selectFrom('keyturn_users')
        .selectAll()
        .where('account', '=', account)
        .where('name_key', 'in', nameKeys)
        .execute(),
    );
    return rows.map(readUser);
  }

  async *listUsers(account: string): AsyncGenerator<StoredUser> {
    for await (const row of readPages<UserRow>(this.#database, (db, last) => selectUserPage(db, account, last))) {
      yield readUser(row);
    }
  }

  close(): Promise<void> {
    return this.#database.close();
  }
}
