CREATE TABLE keyturn_accounts (
      account    text NOT NULL PRIMARY KEY,
      facts      text NOT NULL,
      started_at bigint NOT NULL
    );

CREATE TABLE keyturn_entries (
      record   text NOT NULL REFERENCES keyturn_records (record),
      number   integer NOT NULL,
      at       bigint NOT NULL,
      type     text NOT NULL,
      data     text NOT NULL,
      closes   integer NOT NULL CHECK (closes IN (0, 1)),
      previous text NOT NULL,
      hash     text NOT NULL,
      PRIMARY KEY (record, number)
    );

CREATE TABLE keyturn_leases (
      subject text NOT NULL PRIMARY KEY,
      holder  text NOT NULL,
      token   bigint NOT NULL,
      ends_at bigint NOT NULL
    );

CREATE TABLE keyturn_records (
      record     text NOT NULL PRIMARY KEY,
      subject    text NOT NULL,
      is_open    integer NOT NULL CHECK (is_open IN (0, 1)),
      entries    integer NOT NULL,
      head       text NOT NULL,
      opened_at  bigint NOT NULL,
      changed_at bigint NOT NULL
    );

CREATE INDEX keyturn_records_by_subject ON keyturn_records (subject, opened_at, record);

CREATE INDEX keyturn_records_by_time ON keyturn_records (opened_at, record);

CREATE UNIQUE INDEX keyturn_records_open ON keyturn_records (subject) WHERE is_open = 1;

CREATE TABLE keyturn_scans (
      scope      text NOT NULL PRIMARY KEY,
      refresh    text NOT NULL,
      started_at bigint NOT NULL
    );

CREATE TABLE keyturn_schema (version integer NOT NULL);

CREATE TABLE keyturn_spool (
      account  text NOT NULL,
      kind     text NOT NULL,
      name_key text COLLATE BINARY NOT NULL,
      id       text COLLATE BINARY NOT NULL,
      facts    text NOT NULL,
      PRIMARY KEY (account, kind, name_key, id)
    );

CREATE TABLE keyturn_users (
      account     text NOT NULL,
      name_key    text COLLATE BINARY NOT NULL,
      position    integer NOT NULL,
      key_columns text,
      facts       text NOT NULL,
      put_at      bigint NOT NULL,
      PRIMARY KEY (account, name_key)
    );

CREATE INDEX keyturn_users_by_position ON keyturn_users (account, position, name_key);
