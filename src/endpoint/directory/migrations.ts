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
  `
  -- sessions are short-lived: those from before roles and policies were kept end here
  DROP TABLE sessions;

  ALTER TABLE users ADD COLUMN boundary_arn TEXT;
  CREATE INDEX users_by_boundary ON users (account_id, boundary_arn) WHERE boundary_arn IS NOT NULL;

  CREATE TABLE groups (
    group_id   TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (account_id),
    group_name TEXT NOT NULL COLLATE NOCASE,
    path       TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    UNIQUE (account_id, group_name)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE group_members (
    group_id   TEXT NOT NULL REFERENCES groups (group_id) ON DELETE CASCADE,
    user_id    TEXT NOT NULL REFERENCES users (user_id) ON DELETE CASCADE,
    account_id TEXT NOT NULL REFERENCES accounts (account_id),
    PRIMARY KEY (group_id, user_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX group_members_by_user ON group_members (user_id);

  CREATE TABLE roles (
    role_id              TEXT PRIMARY KEY,
    account_id           TEXT NOT NULL REFERENCES accounts (account_id),
    role_name            TEXT NOT NULL COLLATE NOCASE,
    path                 TEXT NOT NULL,
    created_at           INTEGER NOT NULL,
    trust_policy         TEXT NOT NULL,
    description          TEXT,
    max_session_duration INTEGER NOT NULL,
    boundary_arn         TEXT,
    last_used_at         INTEGER,
    last_used_region     TEXT,
    UNIQUE (account_id, role_name)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX roles_by_boundary ON roles (account_id, boundary_arn) WHERE boundary_arn IS NOT NULL;

  CREATE TABLE policies (
    policy_id       TEXT PRIMARY KEY,
    account_id      TEXT NOT NULL REFERENCES accounts (account_id),
    policy_name     TEXT NOT NULL COLLATE NOCASE,
    path            TEXT NOT NULL,
    description     TEXT,
    created_at      INTEGER NOT NULL,
    updated_at      INTEGER NOT NULL,
    default_version INTEGER NOT NULL,
    latest_version  INTEGER NOT NULL,
    UNIQUE (account_id, policy_name)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE policy_versions (
    policy_id  TEXT NOT NULL REFERENCES policies (policy_id) ON DELETE CASCADE,
    version    INTEGER NOT NULL,
    account_id TEXT NOT NULL REFERENCES accounts (account_id),
    document   TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (policy_id, version)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX policy_versions_by_account ON policy_versions (account_id);

  -- owner_id is the unique id of a user, a group or a role
  CREATE TABLE inline_policies (
    owner_id    TEXT NOT NULL,
    policy_name TEXT NOT NULL,
    account_id  TEXT NOT NULL REFERENCES accounts (account_id),
    document    TEXT NOT NULL,
    PRIMARY KEY (owner_id, policy_name)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE attached_policies (
    owner_id   TEXT NOT NULL,
    policy_arn TEXT NOT NULL,
    account_id TEXT NOT NULL REFERENCES accounts (account_id),
    PRIMARY KEY (owner_id, policy_arn)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX attached_policies_by_policy ON attached_policies (account_id, policy_arn);

  -- owner_id is the unique id of whatever can have tags
  CREATE TABLE tags (
    owner_id   TEXT NOT NULL,
    folded_key TEXT NOT NULL,
    tag_key    TEXT NOT NULL,
    tag_value  TEXT NOT NULL,
    account_id TEXT NOT NULL REFERENCES accounts (account_id),
    PRIMARY KEY (owner_id, folded_key)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO tags (owner_id, folded_key, tag_key, tag_value, account_id)
    SELECT user_id, folded_key, tag_key, tag_value, account_id FROM user_tags;
  DROP TABLE user_tags;
  CREATE TRIGGER users_untagged AFTER DELETE ON users BEGIN DELETE FROM tags WHERE owner_id = old.user_id; END;
  CREATE TRIGGER roles_untagged AFTER DELETE ON roles BEGIN DELETE FROM tags WHERE owner_id = old.role_id; END;
  CREATE TRIGGER policies_untagged AFTER DELETE ON policies BEGIN
    DELETE FROM tags WHERE owner_id = old.policy_id;
  END;

  -- of a role: role_id and session_name; of a federated user: session_name, and user_id unless root federates; of a
  -- user: user_id; of root: none of them. policies and tags are JSON.
  CREATE TABLE sessions (
    access_key_id     TEXT PRIMARY KEY,
    account_id        TEXT NOT NULL REFERENCES accounts (account_id),
    secret_access_key TEXT NOT NULL,
    token_sha256      BLOB NOT NULL,
    issued_at         INTEGER NOT NULL,
    expires_at        INTEGER NOT NULL,
    user_id           TEXT REFERENCES users (user_id) ON DELETE CASCADE,
    role_id           TEXT REFERENCES roles (role_id) ON DELETE CASCADE,
    session_name      TEXT,
    source_identity   TEXT,
    mfa               INTEGER NOT NULL CHECK (mfa IN (0, 1)),
    policies          TEXT,
    tags              TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX sessions_by_user ON sessions (user_id);
  CREATE INDEX sessions_by_role ON sessions (role_id);

  -- permissions come from policies alone
  INSERT INTO attached_policies (owner_id, policy_arn, account_id)
    SELECT user_id, 'arn:aws:iam::aws:policy/AdministratorAccess', account_id FROM users WHERE administrator = 1;
  ALTER TABLE users DROP COLUMN administrator;
  `,
  `
  CREATE TABLE login_profiles (
    user_id        TEXT PRIMARY KEY REFERENCES users (user_id) ON DELETE CASCADE,
    account_id     TEXT NOT NULL REFERENCES accounts (account_id),
    created_at     INTEGER NOT NULL,
    changed_at     INTEGER NOT NULL,
    reset_required INTEGER NOT NULL CHECK (reset_required IN (0, 1))
  ) STRICT, WITHOUT ROWID;

  -- the password in force is the one with the highest ordinal, the others were before it
  CREATE TABLE passwords (
    user_id TEXT NOT NULL REFERENCES login_profiles (user_id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    salt    BLOB NOT NULL,
    hash    BLOB NOT NULL,
    PRIMARY KEY (user_id, ordinal)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE service_credentials (
    credential_id TEXT PRIMARY KEY,
    account_id    TEXT NOT NULL REFERENCES accounts (account_id),
    user_id       TEXT NOT NULL REFERENCES users (user_id),
    service_name  TEXT NOT NULL,
    alias         TEXT NOT NULL,
    status        TEXT NOT NULL CHECK (status IN ('Active', 'Inactive')),
    created_at    INTEGER NOT NULL,
    expires_at    INTEGER,
    UNIQUE (account_id, service_name, alias)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX service_credentials_by_account ON service_credentials (account_id, credential_id);
  CREATE INDEX service_credentials_by_user ON service_credentials (user_id, credential_id);

  CREATE TABLE mfa_devices (
    serial_number TEXT PRIMARY KEY,
    account_id    TEXT NOT NULL REFERENCES accounts (account_id),
    seed          BLOB NOT NULL,
    user_id       TEXT REFERENCES users (user_id),
    enabled_at    INTEGER,
    skew          INTEGER NOT NULL,
    last_step     INTEGER
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX mfa_devices_by_account ON mfa_devices (account_id, serial_number);
  CREATE INDEX mfa_devices_by_user ON mfa_devices (user_id);
  CREATE TRIGGER mfa_devices_untagged AFTER DELETE ON mfa_devices BEGIN
    DELETE FROM tags WHERE owner_id = old.serial_number;
  END;

  -- codes that have proved possession and cannot do so again
  CREATE TABLE mfa_codes_used (
    serial_number TEXT NOT NULL REFERENCES mfa_devices (serial_number) ON DELETE CASCADE,
    step          INTEGER NOT NULL,
    PRIMARY KEY (serial_number, step)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE account_aliases (
    account_id TEXT PRIMARY KEY REFERENCES accounts (account_id),
    alias      TEXT NOT NULL UNIQUE
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE password_policies (
    account_id       TEXT PRIMARY KEY REFERENCES accounts (account_id),
    minimum_length   INTEGER NOT NULL,
    symbols          INTEGER NOT NULL CHECK (symbols IN (0, 1)),
    numbers          INTEGER NOT NULL CHECK (numbers IN (0, 1)),
    uppercase        INTEGER NOT NULL CHECK (uppercase IN (0, 1)),
    lowercase        INTEGER NOT NULL CHECK (lowercase IN (0, 1)),
    users_may_change INTEGER NOT NULL CHECK (users_may_change IN (0, 1)),
    maximum_age      INTEGER,
    reuse_prevention INTEGER,
    hard_expiry      INTEGER CHECK (hard_expiry IN (0, 1))
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE credential_reports (
    account_id   TEXT PRIMARY KEY REFERENCES accounts (account_id),
    requested_at INTEGER NOT NULL,
    length       INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  -- parts are long, which tables without rowids are not good at
  CREATE TABLE credential_report_parts (
    account_id TEXT NOT NULL REFERENCES credential_reports (account_id) ON DELETE CASCADE,
    ordinal    INTEGER NOT NULL,
    content    BLOB NOT NULL,
    UNIQUE (account_id, ordinal)
  ) STRICT;
  `,
  `
  CREATE TABLE organizations (
    organization_id       TEXT PRIMARY KEY,
    root_id               TEXT NOT NULL,
    management_account_id TEXT NOT NULL REFERENCES accounts (account_id)
  ) STRICT, WITHOUT ROWID;

  -- parent_id is a root_id or a unit_id
  CREATE TABLE organizational_units (
    unit_id         TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organizations (organization_id),
    parent_id       TEXT NOT NULL,
    unit_name       TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX organizational_units_by_parent ON organizational_units (parent_id, unit_id);

  CREATE TABLE member_accounts (
    account_id      TEXT PRIMARY KEY REFERENCES accounts (account_id),
    organization_id TEXT NOT NULL REFERENCES organizations (organization_id),
    parent_id       TEXT NOT NULL,
    account_name    TEXT NOT NULL,
    email           TEXT NOT NULL,
    state           TEXT NOT NULL CHECK (state IN ('ACTIVE', 'SUSPENDED')),
    joined_method   TEXT NOT NULL CHECK (joined_method IN ('INVITED', 'CREATED')),
    joined_at       INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX member_accounts_by_organization ON member_accounts (organization_id, account_id);
  CREATE INDEX member_accounts_by_parent ON member_accounts (parent_id, account_id);

  -- target_id is a root_id, a unit_id or an account_id
  CREATE TABLE control_policies (
    target_id   TEXT NOT NULL,
    policy_name TEXT NOT NULL,
    document    TEXT NOT NULL,
    PRIMARY KEY (target_id, policy_name)
  ) STRICT, WITHOUT ROWID;
  `,
  `
  ALTER TABLE accounts ADD COLUMN created_at INTEGER NOT NULL DEFAULT 0;
  UPDATE accounts SET created_at = coalesce((SELECT created_at FROM bootstrap), 0);
  `,
  // Names of inline policies that differ in case alone are one name.
  `
  ALTER TABLE inline_policies RENAME TO case_sensitive_policies;
  CREATE TABLE inline_policies (
    owner_id    TEXT NOT NULL,
    policy_name TEXT NOT NULL COLLATE NOCASE,
    account_id  TEXT NOT NULL REFERENCES accounts (account_id),
    document    TEXT NOT NULL,
    PRIMARY KEY (owner_id, policy_name)
  ) STRICT, WITHOUT ROWID;
  INSERT OR REPLACE INTO inline_policies SELECT * FROM case_sensitive_policies;
  DROP TABLE case_sensitive_policies;
  `,
  // Which of an owner's requests wrote a tag: the later ones come first where AWS lists them so.
  `
  ALTER TABLE tags ADD COLUMN written INTEGER NOT NULL DEFAULT 0;
  `,
  `
  CREATE TABLE ssh_public_keys (
    key_id      TEXT PRIMARY KEY,
    account_id  TEXT NOT NULL REFERENCES accounts (account_id),
    user_id     TEXT NOT NULL REFERENCES users (user_id),
    fingerprint TEXT NOT NULL,
    body        TEXT NOT NULL,
    status      TEXT NOT NULL CHECK (status IN ('Active', 'Inactive')),
    uploaded_at INTEGER NOT NULL,
    UNIQUE (user_id, fingerprint)
  ) STRICT, WITHOUT ROWID;

  -- owner_id is a user_id, or the account_id for a certificate of the root user
  CREATE TABLE signing_certificates (
    account_id     TEXT NOT NULL REFERENCES accounts (account_id),
    certificate_id TEXT NOT NULL,
    owner_id       TEXT NOT NULL,
    body           TEXT NOT NULL,
    status         TEXT NOT NULL CHECK (status IN ('Active', 'Inactive')),
    uploaded_at    INTEGER NOT NULL,
    PRIMARY KEY (account_id, certificate_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX signing_certificates_by_owner ON signing_certificates (owner_id, certificate_id);
  `,
  // Users lie in the order in which they are listed and by what they are looked up with, and the list of a user's keys is
  // read out of an index, so that each takes one descent and not one for every row.
  `
  CREATE TABLE users_by_name (
    account_id   TEXT NOT NULL REFERENCES accounts (account_id),
    user_name    TEXT NOT NULL COLLATE NOCASE,
    user_id      TEXT NOT NULL UNIQUE,
    path         TEXT NOT NULL,
    created_at   INTEGER NOT NULL,
    boundary_arn TEXT,
    PRIMARY KEY (account_id, user_name)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO users_by_name
    SELECT account_id, user_name, user_id, path, created_at, boundary_arn FROM users ORDER BY account_id, user_name;
  DROP TABLE users;
  ALTER TABLE users_by_name RENAME TO users;
  CREATE INDEX users_by_path ON users (account_id, path, user_name);
  CREATE INDEX users_by_boundary ON users (account_id, boundary_arn) WHERE boundary_arn IS NOT NULL;
  CREATE TRIGGER users_counted AFTER INSERT ON users BEGIN
    UPDATE accounts SET user_count = user_count + 1 WHERE account_id = new.account_id;
  END;
  CREATE TRIGGER users_uncounted AFTER DELETE ON users BEGIN
    UPDATE accounts SET user_count = user_count - 1 WHERE account_id = old.account_id;
  END;
  CREATE TRIGGER users_untagged AFTER DELETE ON users BEGIN DELETE FROM tags WHERE owner_id = old.user_id; END;

  DROP INDEX access_keys_by_owner;
  CREATE INDEX access_keys_by_owner ON access_keys (owner_id, created_at, access_key_id, status);
  `,
  `
  CREATE TABLE instance_profiles (
    profile_id   TEXT PRIMARY KEY,
    account_id   TEXT NOT NULL REFERENCES accounts (account_id),
    profile_name TEXT NOT NULL COLLATE NOCASE,
    path         TEXT NOT NULL,
    created_at   INTEGER NOT NULL,
    role_id      TEXT REFERENCES roles (role_id),
    UNIQUE (account_id, profile_name)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX instance_profiles_by_role ON instance_profiles (role_id, profile_name);
  CREATE TRIGGER instance_profiles_untagged AFTER DELETE ON instance_profiles BEGIN
    DELETE FROM tags WHERE owner_id = old.profile_id;
  END;
  `,
  // The root user is no row of users: its password, its MFA devices, and what its organization may do about them.
  `
  ALTER TABLE accounts ADD COLUMN root_password_at INTEGER;
  ALTER TABLE mfa_devices ADD COLUMN of_root INTEGER NOT NULL DEFAULT 0 CHECK (of_root IN (0, 1));
  ALTER TABLE organizations ADD COLUMN root_credentials INTEGER NOT NULL DEFAULT 1 CHECK (root_credentials IN (0, 1));
  ALTER TABLE organizations ADD COLUMN root_sessions INTEGER NOT NULL DEFAULT 1 CHECK (root_sessions IN (0, 1));
  `,
];

/**
 * Brings a database to the newest schema, each step in a transaction of its own.
 *
 * @param to the version to stop at; the newest when absent
 * @throws KeyturnError ERR_FILE when a newer Keyturn has already taken it further
 */
export function migrate(database: DatabaseSync, to = migrations.length): void {
  const version = readVersion(database);
  if (version > migrations.length) {
    throw new KeyturnError(
      'ERR_FILE',
      `the data was written by a newer Keyturn (schema ${version}; this one knows ${migrations.length})`,
      { hint: 'use that newer Keyturn, or another data folder' },
    );
  }
  // A table that is made anew under its old name would take along what refers to it.
  // Source: https://www.sqlite.org/lang_altertable.html#otheralter
  database.exec('PRAGMA foreign_keys = OFF');
  for (const [index, step] of migrations.entries()) {
    if (index >= version && index < to) database.exec(`BEGIN; ${step} PRAGMA user_version = ${index + 1}; COMMIT`);
  }
  database.exec('PRAGMA foreign_keys = ON');
}

function readVersion(database: DatabaseSync): number {
  return Number(database.prepare('PRAGMA user_version').get()?.user_version);
}
