import { sql, type Kysely, type Transaction } from 'kysely';
import { KeyturnError } from '../errors.ts';
import type { Database } from './database.ts';
import type { Tables } from './tables.ts';

/**
 * The schema, one step a version, in SQL that SQLite and PostgreSQL both read but for the name of the collation that
 * compares bytes. Steps are only ever added, never changed, and there is no way back. Names begin with `keyturn_`,
 * because a team's database may hold more than ours.
 */
const migrations: readonly ((bytes: string) => readonly string[])[] = [
  () => [
    `CREATE TABLE keyturn_records (
      record     text NOT NULL PRIMARY KEY,
      subject    text NOT NULL,
      is_open    integer NOT NULL CHECK (is_open IN (0, 1)),
      entries    integer NOT NULL,
      head       text NOT NULL,
      opened_at  bigint NOT NULL,
      changed_at bigint NOT NULL
    )`,
    'CREATE UNIQUE INDEX keyturn_records_open ON keyturn_records (subject) WHERE is_open = 1',
    'CREATE INDEX keyturn_records_by_subject ON keyturn_records (subject, opened_at, record)',
    'CREATE INDEX keyturn_records_by_time ON keyturn_records (opened_at, record)',
    `CREATE TABLE keyturn_entries (
      record   text NOT NULL REFERENCES keyturn_records (record),
      number   integer NOT NULL,
      at       bigint NOT NULL,
      type     text NOT NULL,
      data     text NOT NULL,
      closes   integer NOT NULL CHECK (closes IN (0, 1)),
      previous text NOT NULL,
      hash     text NOT NULL,
      PRIMARY KEY (record, number)
    )`,
    `CREATE TABLE keyturn_leases (
      subject text NOT NULL PRIMARY KEY,
      holder  text NOT NULL,
      token   bigint NOT NULL,
      ends_at bigint NOT NULL
    )`,
  ],
  (bytes) => [
    `CREATE TABLE keyturn_scans (
      scope      text NOT NULL PRIMARY KEY,
      refresh    text NOT NULL,
      started_at bigint NOT NULL
    )`,
    `CREATE TABLE keyturn_accounts (
      account    text NOT NULL PRIMARY KEY,
      facts      text NOT NULL,
      started_at bigint NOT NULL
    )`,
    `CREATE TABLE keyturn_users (
      account     text NOT NULL,
      name_key    text COLLATE ${bytes} NOT NULL,
      position    integer NOT NULL,
      key_columns text,
      facts       text NOT NULL,
      put_at      bigint NOT NULL,
      PRIMARY KEY (account, name_key)
    )`,
    'CREATE INDEX keyturn_users_by_position ON keyturn_users (account, position, name_key)',
    `CREATE TABLE keyturn_spool (
      account  text NOT NULL,
      kind     text NOT NULL,
      name_key text COLLATE ${bytes} NOT NULL,
      id       text COLLATE ${bytes} NOT NULL,
      facts    text NOT NULL,
      PRIMARY KEY (account, kind, name_key, id)
    )`,
  ],
];

/**
 * Brings a database to the newest schema, all of it or nothing; any number of processes may try at once.
 *
 * @throws KeyturnError ERR_JOURNAL when a newer Keyturn has already taken it further
 */
export async function migrate(database: Database): Promise<void> {
  // Looked at first without the right to make tables, which a user of a team's database need not have.
  const version = await database.read(async (db) => {
    return (await database.hasTable(db, 'keyturn_schema')) ? readVersion(db) : 0;
  });
  requireKnown(version, database.place);
  if (version < migrations.length) await database.write((transaction) => takeSteps(database, transaction));
}

async function takeSteps(database: Database, transaction: Transaction<Tables>): Promise<void> {
  await database.lockSchema(transaction);
  await sql`CREATE TABLE IF NOT EXISTS keyturn_schema (version integer NOT NULL)`.execute(transaction);
  const version = await readVersion(transaction);
  requireKnown(version, database.place);
  const statements = migrations.slice(version).flatMap((step) => step(database.bytesCollation));
  for (const statement of statements) await sql.raw(statement).execute(transaction);
  await transaction.deleteFrom('keyturn_schema').execute();
  await transaction.insertInto('keyturn_schema').values({ version: migrations.length }).execute();
}

async function readVersion(db: Kysely<Tables>): Promise<number> {
  const row = await db.selectFrom('keyturn_schema').select('version').executeTakeFirst();
  return row?.version ?? 0;
}

function requireKnown(version: number, place: string): void {
  if (version <= migrations.length) return;
  const known = `schema ${version}; this one knows ${migrations.length}`;
  throw new KeyturnError('ERR_JOURNAL', `the journal ${place} was made by a newer Keyturn (${known})`, {
    hint: 'use that newer Keyturn, or another journal',
  });
}
