import type { DatabaseSync } from 'node:sqlite';
import { KeyturnError } from '../../errors.ts';

/**
 * The schema, one step a version: `PRAGMA user_version` counts the steps taken. Steps are only ever added, never changed,
 * and there is no way back. Times are whole milliseconds since 1970 in UTC; every row belongs to one account.
 */
const migrations: readonly string[] = [
  `
  CREATE TABLE accounts (
    account_id TEXT PRIMARY KEY,
    user_count INTEGER NOT NULL DEFAULT 0
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE users (
    user_id       TEXT PRIMARY KEY,
    account_id    TEXT NOT NULL REFERENCES accounts (account_id),
    user_name     TEXT NOT NULL COLLATE NOCASE,
    path          TEXT NOT NULL,
    created_at    INTEGER NOT NULL,
    administrator INTEGER NOT NULL CHECK (administrator IN (0, 1)),
    UNIQUE (account_id, user_name)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX users_by_path ON users (account_id, path, user_name);

  CREATE TRIGGER users_counted AFTER INSERT ON users BEGIN
    UPDATE accounts SET user_count = user_count + 1 WHERE account_id = new.account_id;
  END;
  CREATE TRIGGER users_uncounted AFTER DELETE ON users BEGIN
    UPDATE accounts SET user_count = user_count - 1 WHERE account_id = old.account_id;
  END;

  CREATE TABLE user_tags (
    user_id    TEXT NOT NULL REFERENCES users (user_id) ON DELETE CASCADE,
    folded_key TEXT NOT NULL,
    tag_key    TEXT NOT NULL,
    tag_value  TEXT NOT NULL,
    account_id TEXT NOT NULL REFERENCES accounts (account_id),
    PRIMARY KEY (user_id, folded_key)
  ) STRICT, WITHOUT ROWID;

  -- owner_id is a user_id, or the account_id for a key of the root user, which is no row of users
  CREATE TABLE access_keys (
    access_key_id     TEXT PRIMARY KEY,
    account_id        TEXT NOT NULL REFERENCES accounts (account_id),
    owner_id          TEXT NOT NULL,
    secret_access_key TEXT NOT NULL,
    status            TEXT NOT NULL CHECK (status IN ('Active', 'Inactive')),
    created_at        INTEGER NOT NULL,
    last_used_at      INTEGER,
    last_used_region  TEXT,
    last_used_service TEXT
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX access_keys_by_owner ON access_keys (owner_id, created_at);

  -- user_id is set for a session of a user, role_arn and role_id for one of a role, neither for one of root
  CREATE TABLE sessions (
    access_key_id     TEXT PRIMARY KEY,
    account_id        TEXT NOT NULL REFERENCES accounts (account_id),
    secret_access_key TEXT NOT NULL,
    token_sha256      BLOB NOT NULL,
    expires_at        INTEGER NOT NULL,
    user_id           TEXT REFERENCES users (user_id) ON DELETE CASCADE,
    role_arn          TEXT,
    role_id           TEXT,
    administrator     INTEGER NOT NULL CHECK (administrator IN (0, 1))
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX sessions_by_user ON sessions (user_id);

  -- what the first start made, so that a reset can make it again
  CREATE TABLE bootstrap (
    only_row          INTEGER PRIMARY KEY CHECK (only_row = 1),
    account_id        TEXT NOT NULL,
    user_id           TEXT NOT NULL,
    access_key_id     TEXT NOT NULL,
    secret_access_key TEXT NOT NULL,
    created_at        INTEGER NOT NULL
  ) STRICT;
  `,
];

/**
 * Brings a database to the newest schema, each step in a transaction of its own.
 *
 * @throws KeyturnError ERR_FILE when a newer Keyturn has already taken it further
 */
export function migrate(database: DatabaseSync): void {
  const version = readVersion(database);
  if (version > migrations.length) {
    throw new KeyturnError(
      'ERR_FILE',
      `the data was written by a newer Keyturn (schema ${version}; this one knows ${migrations.length})`,
      { hint: 'use that newer Keyturn, or another data folder' },
    );
  }
  for (const [index, step] of migrations.entries()) {
    if (index >= version) database.exec(`BEGIN; ${step} PRAGMA user_version = ${index + 1}; COMMIT`);
  }
}

function readVersion(database: DatabaseSync): number {
  return Number(database.prepare('PRAGMA user_version').get()?.user_version);
}
