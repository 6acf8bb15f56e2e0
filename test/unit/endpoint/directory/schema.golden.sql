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

CREATE INDEX access_keys_by_owner ON access_keys (owner_id, created_at, access_key_id, status);

CREATE TABLE account_aliases (
    account_id TEXT PRIMARY KEY REFERENCES accounts (account_id),
    alias      TEXT NOT NULL UNIQUE
  ) STRICT, WITHOUT ROWID;

CREATE TABLE accounts (
    account_id TEXT PRIMARY KEY,
    user_count INTEGER NOT NULL DEFAULT 0
  , created_at INTEGER NOT NULL DEFAULT 0, root_password_at INTEGER) STRICT, WITHOUT ROWID;

CREATE TABLE attached_policies (
    owner_id   TEXT NOT NULL,
    policy_arn TEXT NOT NULL,
    account_id TEXT NOT NULL REFERENCES accounts (account_id),
    PRIMARY KEY (owner_id, policy_arn)
  ) STRICT, WITHOUT ROWID;

CREATE INDEX attached_policies_by_policy ON attached_policies (account_id, policy_arn);

CREATE TABLE bootstrap (
    only_row          INTEGER PRIMARY KEY CHECK (only_row = 1),
    account_id        TEXT NOT NULL,
    user_id           TEXT NOT NULL,
    access_key_id     TEXT NOT NULL,
    secret_access_key TEXT NOT NULL,
    created_at        INTEGER NOT NULL
  ) STRICT;

CREATE TABLE control_policies (
    target_id   TEXT NOT NULL,
    policy_name TEXT NOT NULL,
    document    TEXT NOT NULL,
    PRIMARY KEY (target_id, policy_name)
  ) STRICT, WITHOUT ROWID;

CREATE TABLE credential_report_parts (
    account_id TEXT NOT NULL REFERENCES credential_reports (account_id) ON DELETE CASCADE,
    ordinal    INTEGER NOT NULL,
    content    BLOB NOT NULL,
    UNIQUE (account_id, ordinal)
  ) STRICT;

CREATE TABLE credential_reports (
    account_id   TEXT PRIMARY KEY REFERENCES accounts (account_id),
    requested_at INTEGER NOT NULL,
    length       INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

CREATE TABLE group_members (
    group_id   TEXT NOT NULL REFERENCES groups (group_id) ON DELETE CASCADE,
    user_id    TEXT NOT NULL REFERENCES users (user_id) ON DELETE CASCADE,
    account_id TEXT NOT NULL REFERENCES accounts (account_id),
    PRIMARY KEY (group_id, user_id)
  ) STRICT, WITHOUT ROWID;

CREATE INDEX group_members_by_user ON group_members (user_id);

CREATE TABLE groups (
    group_id   TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (account_id),
    group_name TEXT NOT NULL COLLATE NOCASE,
    path       TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    UNIQUE (account_id, group_name)
  ) STRICT, WITHOUT ROWID;

CREATE TABLE inline_policies (
    owner_id    TEXT NOT NULL,
    policy_name TEXT NOT NULL COLLATE NOCASE,
    account_id  TEXT NOT NULL REFERENCES accounts (account_id),
    document    TEXT NOT NULL,
    PRIMARY KEY (owner_id, policy_name)
  ) STRICT, WITHOUT ROWID;

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

CREATE TABLE login_profiles (
    user_id        TEXT PRIMARY KEY REFERENCES users (user_id) ON DELETE CASCADE,
    account_id     TEXT NOT NULL REFERENCES accounts (account_id),
    created_at     INTEGER NOT NULL,
    changed_at     INTEGER NOT NULL,
    reset_required INTEGER NOT NULL CHECK (reset_required IN (0, 1))
  ) STRICT, WITHOUT ROWID;

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

CREATE TABLE mfa_codes_used (
    serial_number TEXT NOT NULL REFERENCES mfa_devices (serial_number) ON DELETE CASCADE,
    step          INTEGER NOT NULL,
    PRIMARY KEY (serial_number, step)
  ) STRICT, WITHOUT ROWID;

CREATE TABLE mfa_devices (
    serial_number TEXT PRIMARY KEY,
    account_id    TEXT NOT NULL REFERENCES accounts (account_id),
    seed          BLOB NOT NULL,
    user_id       TEXT REFERENCES users (user_id),
    enabled_at    INTEGER,
    skew          INTEGER NOT NULL,
    last_step     INTEGER
  , of_root INTEGER NOT NULL DEFAULT 0 CHECK (of_root IN (0, 1))) STRICT, WITHOUT ROWID;

CREATE INDEX mfa_devices_by_account ON mfa_devices (account_id, serial_number);

CREATE INDEX mfa_devices_by_user ON mfa_devices (user_id);

CREATE TRIGGER mfa_devices_untagged AFTER DELETE ON mfa_devices BEGIN
    DELETE FROM tags WHERE owner_id = old.serial_number;
  END;

CREATE TABLE organizational_units (
    unit_id         TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organizations (organization_id),
    parent_id       TEXT NOT NULL,
    unit_name       TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;

CREATE INDEX organizational_units_by_parent ON organizational_units (parent_id, unit_id);

CREATE TABLE organizations (
    organization_id       TEXT PRIMARY KEY,
    root_id               TEXT NOT NULL,
    management_account_id TEXT NOT NULL REFERENCES accounts (account_id)
  , root_credentials INTEGER NOT NULL DEFAULT 1 CHECK (root_credentials IN (0, 1)), root_sessions INTEGER NOT NULL DEFAULT 1 CHECK (root_sessions IN (0, 1))) STRICT, WITHOUT ROWID;

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

CREATE TABLE passwords (
    user_id TEXT NOT NULL REFERENCES login_profiles (user_id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    salt    BLOB NOT NULL,
    hash    BLOB NOT NULL,
    PRIMARY KEY (user_id, ordinal)
  ) STRICT, WITHOUT ROWID;

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

CREATE TRIGGER policies_untagged AFTER DELETE ON policies BEGIN
    DELETE FROM tags WHERE owner_id = old.policy_id;
  END;

CREATE TABLE policy_versions (
    policy_id  TEXT NOT NULL REFERENCES policies (policy_id) ON DELETE CASCADE,
    version    INTEGER NOT NULL,
    account_id TEXT NOT NULL REFERENCES accounts (account_id),
    document   TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (policy_id, version)
  ) STRICT, WITHOUT ROWID;

CREATE INDEX policy_versions_by_account ON policy_versions (account_id);

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

CREATE TRIGGER roles_untagged AFTER DELETE ON roles BEGIN DELETE FROM tags WHERE owner_id = old.role_id; END;

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

CREATE INDEX sessions_by_role ON sessions (role_id);

CREATE INDEX sessions_by_user ON sessions (user_id);

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

CREATE TABLE tags (
    owner_id   TEXT NOT NULL,
    folded_key TEXT NOT NULL,
    tag_key    TEXT NOT NULL,
    tag_value  TEXT NOT NULL,
    account_id TEXT NOT NULL REFERENCES accounts (account_id), written INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (owner_id, folded_key)
  ) STRICT, WITHOUT ROWID;

CREATE TABLE "users" (
    account_id   TEXT NOT NULL REFERENCES accounts (account_id),
    user_name    TEXT NOT NULL COLLATE NOCASE,
    user_id      TEXT NOT NULL UNIQUE,
    path         TEXT NOT NULL,
    created_at   INTEGER NOT NULL,
    boundary_arn TEXT,
    PRIMARY KEY (account_id, user_name)
  ) STRICT, WITHOUT ROWID;

CREATE INDEX users_by_boundary ON users (account_id, boundary_arn) WHERE boundary_arn IS NOT NULL;

CREATE INDEX users_by_path ON users (account_id, path, user_name);

CREATE TRIGGER users_counted AFTER INSERT ON users BEGIN
    UPDATE accounts SET user_count = user_count + 1 WHERE account_id = new.account_id;
  END;

CREATE TRIGGER users_uncounted AFTER DELETE ON users BEGIN
    UPDATE accounts SET user_count = user_count - 1 WHERE account_id = old.account_id;
  END;

CREATE TRIGGER users_untagged AFTER DELETE ON users BEGIN DELETE FROM tags WHERE owner_id = old.user_id; END;
