import { Kysely, PostgresDialect, sql } from 'kysely';
import { Client, Pool, TypeOverrides } from 'pg';
import { KeyturnError } from '../errors.ts';
import { transact, type Database } from './database.ts';
import { explainPostgresError } from './postgres-errors.ts';
import type { Tables } from './tables.ts';

/** The type `bigint`, which `pg` would give as text. Ours are milliseconds and counts. */
const bigint = 20;

/** The advisory lock of whoever changes the tables: "Keyt" in ASCII. */
const schemaLock = 0x4b65_7974;

/**
 * Opens a database that many machines share. What `pg` reads from the environment (PGPASSWORD, PGSSLMODE) counts.
 *
 * @param url `postgres://user:password@host:port/database?sslmode=…`
 * @throws KeyturnError ERR_USAGE for a URL that cannot be read
 */
export function openPostgresDatabase(url: string): Database {
  const connectionString = keepVerifying(url);
  const place = describePlace(connectionString);
  const pool = openPool(connectionString);
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  const explained = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      throw explainPostgresError(error, place);
    }
  };
  return {
    place,
    bytesCollation: '"C"',
    read: (work) => explained(work(db)),
    write: (work) =>
      explained(
        transact(db, async (transaction) => {
          await setBounds.execute(transaction);
          return work(transaction);
        }),
      ),
    readTime: async (transaction) => {
      const { rows } = await readClock.execute(transaction);
      return Number(rows[0]?.now);
    },
    hasTable: async (db, name) => {
      const { rows } = await sql<{ there: boolean }>`SELECT to_regclass(${name}) IS NOT NULL AS there`.execute(db);
      return rows[0]?.there === true;
    },
    lockSchema: async (transaction) => {
      await sql`SELECT pg_advisory_xact_lock(${sql.lit(schemaLock)})`.execute(transaction);
    },
    close: () => db.destroy(),
  };
}

/** The clock's time, not the transaction's: between the two may lie the wait for a lock. */
const readClock = sql<{ now: number }>`SELECT floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint AS now`;

/**
 * A process that is stopped in the middle of a transaction keeps others waiting for ten seconds at most; then the server
 * takes the transaction back. A server set to answer before the disk has the data is told otherwise.
 *
 * Source: https://www.postgresql.org/docs/current/runtime-config-client.html
 */
const setBounds = sql`SELECT
  set_config('idle_in_transaction_session_timeout', '10s', true),
  set_config('lock_timeout', '20s', true),
  set_config('statement_timeout', '25s', true),
  set_config('synchronous_commit', replace(current_setting('synchronous_commit'), 'off', 'on'), true)`;

function openPool(connectionString: string): Pool {
  const types = new TypeOverrides();
  types.setTypeParser(bigint, Number);
  const pool = new Pool({
    connectionString,
    types,
    application_name: 'keyturn',
    max: 4,
    connectionTimeoutMillis: 10_000,
    query_timeout: 30_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    allowExitOnIdle: true,
  });
  // A connection may die while nobody waits for it, in the pool or in the middle of a transaction (this process was
  // stopped, and the server did not wait): the next query says so or makes another.
  const ignore = () => undefined;
  pool.on('error', ignore).on('connect', (client) => client.on('error', ignore));
  return pool;
}

/**
 * `pg` takes these modes for `verify-full`, says at length that this will change, and Keyturn means it: a server that
 * cannot show who it is would be given the right to hold rotations up.
 */
function keepVerifying(url: string): string {
  if (/[?&]uselibpqcompat=true\b/.test(url)) return url;
  return url.replace(/([?&]sslmode=)(?:prefer|require|verify-ca)(?=&|$)/, '$1verify-full');
}

function describePlace(connectionString: string): string {
  try {
    const { user, host, port, database } = new Client({ connectionString });
    return `postgres://${user ?? ''}@${host}:${port}/${database ?? ''}`;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new KeyturnError('ERR_USAGE', `the URL of the journal cannot be read: ${reason}`, {
      hint: 'write postgres://USER@HOST:PORT/DATABASE, special characters as %XX',
      cause,
    });
  }
}
