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

CREATE TABLE keyturn_schema (version integer NOT NULL);
