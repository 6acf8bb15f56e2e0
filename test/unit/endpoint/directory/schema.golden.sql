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

CREATE TABLE accounts (
    account_id TEXT PRIMARY KEY,
    user_count INTEGER NOT NULL DEFAULT 0
  ) STRICT, WITHOUT ROWID;

CREATE TABLE bootstrap (
    only_row          INTEGER PRIMARY KEY CHECK (only_row = 1),
    account_id        TEXT NOT NULL,
    user_id           TEXT NOT NULL,
    access_key_id     TEXT NOT NULL,
    secret_access_key TEXT NOT NULL,
    created_at        INTEGER NOT NULL
  ) STRICT;

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

CREATE TABLE user_tags (
    user_id    TEXT NOT NULL REFERENCES users (user_id) ON DELETE CASCADE,
    folded_key TEXT NOT NULL,
    tag_key    TEXT NOT NULL,
    tag_value  TEXT NOT NULL,
    account_id TEXT NOT NULL REFERENCES accounts (account_id),
    PRIMARY KEY (user_id, folded_key)
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
