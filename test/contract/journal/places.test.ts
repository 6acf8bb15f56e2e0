// Where a journal may be, and what is said of places where it cannot.
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { inspect } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase as openEndpointData } from '../../../src/endpoint/directory/open.ts';
import { KeyturnError } from '../../../src/errors.ts';
import { verifyChain } from '../../../src/journal/chain.ts';
import { openJournal } from '../../../src/store/open-journal.ts';
import { hasPostgres, query, startPostgres, type Postgres } from './postgres.ts';

const now = () => new Date();
const subject = '123456789012/AIDAEXAMPLE';

/** The error of opening a journal that cannot be opened. */
async function fail(place: string): Promise<KeyturnError> {
  try {
    const journal = await openJournal(place, { now });
    await journal.close();
  } catch (error) {
    if (error instanceof KeyturnError) return error;
    throw error;
  }
  throw new Error('it was opened');
}

async function use(place: string): Promise<void> {
  const journal = await openJournal(place, { now });
  const answer = await journal.takeLease(subject, 'x', 60_000);
  if (answer.kind === 'held') throw new Error('held');
  const entry = { at: now(), type: 'opened', data: { text: 'x'.repeat(20_000) } };
  await journal.open('r-1', subject, entry, answer.lease);
  await journal.close();
}

describe('a journal in a file', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'keyturn-places-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  function readMode(...path: string[]): number {
    return statSync(join(folder, ...path)).mode & 0o777;
  }

  it('is made with its folders for its user alone, and so is what SQLite keeps beside it', async () => {
    const journal = await openJournal(join(folder, 'a', 'b', 'journal.sqlite'), { now });
    await journal.takeLease(subject, 'x', 1000);
    expect([readMode('a'), readMode('a', 'b')]).toEqual([0o700, 0o700]);
    for (const end of ['', '-wal', '-shm']) expect(readMode('a', 'b', `journal.sqlite${end}`)).toBe(0o600);
    await journal.close();
    expect(existsSync(join(folder, 'a', 'b', 'journal.sqlite-wal'))).toBe(false);
  });

  it('is closed to others where it was an empty file, and keeps its mode where it was a journal', async () => {
    const file = join(folder, 'journal.sqlite');
    writeFileSync(file, '', { mode: 0o644 });
    await use(file);
    expect(readMode('journal.sqlite')).toBe(0o600);
    chmodSync(file, 0o660);
    await (await openJournal(file, { now })).close();
    expect(readMode('journal.sqlite')).toBe(0o660);
  });

  it('is named in full, and nothing but its name is told of it', async () => {
    const file = join(folder, "a 'file' #?%.sqlite");
    const journal = await openJournal(relative(process.cwd(), file), { now });
    expect(journal.place).toBe(file);
    await journal.close();
    expect(existsSync(file)).toBe(true);
  });

  it('may be in memory', async () => {
    await use(':memory:');
    expect(existsSync(':memory:')).toBe(false);
  });

  it.each<[string, string | Uint8Array]>([
    ['a text', 'key: value\n'.repeat(1000)],
    ['a picture', new Uint8Array(10_000).fill(0x89)],
    ['the beginning of a database', 'SQLite format 3\0'],
  ])('does not touch %s', async (_, content) => {
    const file = join(folder, 'file');
    writeFileSync(file, content, { mode: 0o644 });
    const before = readFileSync(file);
    expect(await fail(file)).toMatchObject({ code: 'ERR_JOURNAL', message: `${file} is not a journal of Keyturn` });
    expect(readFileSync(file)).toEqual(before);
    expect(readMode('file')).toBe(0o644);
  });

  it('does not touch another database, the data of an endpoint included', async () => {
    const file = join(folder, 'other.sqlite');
    const database = new DatabaseSync(file);
    database.exec('CREATE TABLE mine (a)');
    database.close();
    openEndpointData(join(folder, 'data')).close();
    for (const other of [file, join(folder, 'data', 'directory.sqlite')]) {
      const before = readFileSync(other);
      const error = await fail(other);
      expect(error).toMatchObject({ code: 'ERR_JOURNAL', message: `${other} is not a journal of Keyturn` });
      expect(error.hint).toContain('it was left as it is');
      expect(readFileSync(other)).toEqual(before);
    }
  });

  it('says that it is damaged', async () => {
    const file = join(folder, 'journal.sqlite');
    await use(file);
    truncateSync(file, Math.floor(statSync(file).size / 2));
    const cutShort = await openJournal(file, { now })
      .then(
        (journal) => journal.read('r-1').finally(() => journal.close()),
        (error: unknown) => Promise.reject(error as Error),
      )
      .catch((error: unknown) => error);
    expect(cutShort).toMatchObject({ code: 'ERR_JOURNAL', hint: 'put a copy of it back, or choose another journal' });
  });

  it.each<[string, (folder: string) => string]>([
    ['a folder', (folder) => folder],
    ['below a file', (folder) => join(folder, 'file', 'journal.sqlite')],
    ['where nothing can be made', () => '/proc/keyturn/journal.sqlite'],
    ['with a name that is none', (folder) => join(folder, 'a\0b')],
  ])('cannot be %s', async (_, name) => {
    writeFileSync(join(folder, 'file'), '');
    const place = name(folder);
    const error = await fail(place);
    expect(error.code).toBe('ERR_JOURNAL');
    expect(error.message).toContain(`the journal ${place} cannot be used: `);
    expect(error.hint).toContain('--journal');
  });

  it.runIf(process.getuid?.() === 0)('cannot be where this user may not write', () => {
    mkdirSync(join(folder, 'closed'), { mode: 0o755 });
    chmodSync(folder, 0o755);
    const file = join(folder, 'closed', 'journal.sqlite');
    expect(runAs(65_534, file)).toMatch(/^ERR_JOURNAL the journal .* cannot be used: EACCES/);
    expect(existsSync(file)).toBe(false);
  });

  it('of another user may be read by nobody else, and says so', async () => {
    if (process.getuid?.() !== 0) return;
    chmodSync(folder, 0o755);
    const file = join(folder, 'journal.sqlite');
    await use(file);
    expect(runAs(65_534, file)).toMatch(/^ERR_JOURNAL the journal .* cannot be used: EACCES/);
    chmodSync(file, 0o644);
    expect(runAs(65_534, file)).toMatch(/^ERR_JOURNAL the journal .* cannot be used: EACCES/);
  });

  it('survives a disk on which nothing more goes', async () => {
    const file = join(folder, 'journal.sqlite');
    const script = join(import.meta.dirname, 'contender.ts');
    // A limit on the size of files is what a test can have instead of a full disk.
    const command = `ulimit -f 400; exec "${process.execPath}" "${script}" "${file}" a 60000 r-1`;
    const { stdout } = spawnSync('bash', ['-c', command], { encoding: 'utf8', input: 'take\nopen\nflood\n' });
    const lines = stdout.trim().split('\n');
    expect(lines.slice(0, 3)).toEqual(['ready', 'taken', 'opened']);
    expect(lines.at(-1)).toMatch(
      /^ERR_JOURNAL the journal .* cannot be used: (disk I\/O error|database or disk is full)/,
    );
    const journal = await openJournal(file, { now });
    const entries = await journal.read('r-1');
    expect(lines.at(-2)).toBe(`wrote ${entries.length}`);
    expect(verifyChain(entries)).toMatchObject({ kind: 'whole' });
    await journal.close();
  });

  it('is not begun on such a disk', async () => {
    const file = join(folder, 'journal.sqlite');
    const script = join(import.meta.dirname, 'contender.ts');
    const command = `ulimit -f 8; exec "${process.execPath}" "${script}" "${file}" a 60000 r-1`;
    const { stderr } = spawnSync('bash', ['-c', command], { encoding: 'utf8', input: '' });
    expect(stderr).toContain('ERR_JOURNAL');
    await use(file);
  });

  function runAs(uid: number, file: string): string {
    const script = `
      const { openJournal } = await import(${JSON.stringify(join(import.meta.dirname, '../../../src/store/open-journal.ts'))});
      process.setgid(${uid});
      process.setuid(${uid});
      await openJournal(${JSON.stringify(file)}, { now: () => new Date() }).then(
        () => console.log('opened'), (error) => console.log(error.code, error.message));`;
    return spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' }).stdout;
  }
});

describe('a journal at a URL', () => {
  it.each([
    ['mysql://me:hunter2@host/db', 'a journal cannot be at a mysql:// URL'],
    ['file:///tmp/journal.sqlite', 'a journal cannot be at a file:// URL'],
    ['', 'the journal has no name'],
  ])('cannot be %s', async (place, message) => {
    expect(await fail(place)).toMatchObject({ code: 'ERR_USAGE', message });
  });

  it.each(['postgres://me:hunter2@host:port/db', 'postgres://me:hunter2%@/db', 'postgresql://me:hunter2@[::/db'])(
    'must be one: %s, and the password is not repeated',
    async (place) => {
      const error = await fail(place);
      expect(['ERR_USAGE', 'ERR_JOURNAL']).toContain(error.code);
      expect(inspect(error, { depth: 9 })).not.toContain('hunter2');
    },
  );
});

describe.skipIf(!hasPostgres)('a journal in PostgreSQL', () => {
  let postgres: Postgres;

  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres.stop());

  function change(
    url: string,
    parts: Partial<Pick<URL, 'username' | 'password' | 'hostname' | 'pathname' | 'port' | 'search'>>,
  ) {
    return Object.assign(new URL(url), parts).href;
  }

  /** A user with a right to nothing. */
  async function addUser(name: string): Promise<string> {
    await query(postgres.url, `CREATE ROLE ${name} LOGIN PASSWORD 'hunter2'`);
    return change(await postgres.createDatabase(), { username: name, password: 'hunter2' });
  }

  it('is named without its password', async () => {
    const url = await postgres.createDatabase();
    const { username, host, pathname } = new URL(url);
    const journal = await openJournal(url.replace('postgres:', 'postgresql:'), { now });
    expect(journal.place).toBe(`postgres://${username}@${host}${pathname}`);
    await journal.close();
  });

  it('says who could not be reached or did not let us in, and never the password', async () => {
    const url = await postgres.createDatabase();
    const { password } = new URL(url);
    const cases: [url: string, message: RegExp, hint: RegExp][] = [
      [change(url, { port: '1' }), /ECONNREFUSED/, /see whether PostgreSQL runs there/],
      [change(url, { hostname: 'nowhere.invalid' }), /ENOTFOUND|EAI_AGAIN/, /see whether PostgreSQL runs there/],
      [change(url, { password: `${password}x` }), /password authentication failed/, /PGPASSWORD/],
      [change(url, { password: '' }), /password/, /PGPASSWORD/],
      [change(url, { username: 'nobody_here' }), /password authentication failed/, /pg_hba/],
      [change(url, { pathname: '/no_such_database' }), /does not exist/, /createdb/],
      [change(url, { search: '?sslmode=require' }), /does not support SSL|certificate/, /sslmode/],
    ];
    for (const [place, message, hint] of cases) {
      const error = await fail(place);
      expect(error.code).toBe('ERR_JOURNAL');
      expect(error.message).toMatch(message);
      expect(error.hint).toMatch(hint);
      expect(inspect(error, { depth: 9 })).not.toContain(password);
    }
  });

  it('does not wait for ever for a server that says nothing', async () => {
    const silent = createServer().listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const error = await fail(`postgres://me:hunter2@127.0.0.1:${(silent.address() as AddressInfo).port}/db`);
    expect(error).toMatchObject({ code: 'ERR_JOURNAL', message: expect.stringContaining('timeout') as string });
    silent.close();
  });

  it('needs the right to make tables once, and then the right to use them', async () => {
    const reader = `keyturn_test_${randomBytes(6).toString('hex')}`;
    const url = await addUser(reader);
    const owner = Object.assign(new URL(postgres.url), { pathname: new URL(url).pathname }).href;
    const refused = await fail(url);
    expect(refused).toMatchObject({ code: 'ERR_JOURNAL' });
    expect(refused.message).toContain('permission denied');
    expect(refused.hint).toContain('must be allowed to make tables');
    expect(await query(owner, "SELECT 1 FROM pg_class WHERE relname LIKE 'keyturn%'")).toEqual([]);
    await (await openJournal(owner, { now })).close();
    expect((await fail(url)).message).toContain('permission denied');
    await query(owner, `GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA public TO ${reader}`);
    // Entries are only ever added: the server may be told to see to it.
    await query(owner, `REVOKE UPDATE ON keyturn_entries FROM ${reader}`);
    await use(url);
    await query(owner, `DROP OWNED BY ${reader}`);
    await query(owner, `DROP ROLE ${reader}`);
  });

  it('goes on when the server has ended its connections', async () => {
    const url = await postgres.createDatabase();
    const journal = await openJournal(url, { now });
    await query(
      url,
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()
      AND datname = current_database()`,
    );
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await journal.takeLease(subject, 'x', 1000)).toMatchObject({ kind: 'taken' });
    await journal.close();
  });

  it('says that a copy of the server takes no writes', async () => {
    const url = await postgres.createDatabase();
    const { pathname } = new URL(url);
    await query(url, `ALTER DATABASE ${pathname.slice(1)} SET default_transaction_read_only = on`);
    const error = await fail(url);
    expect(error.message).toContain('read-only transaction');
    expect(error.hint).toContain('name the server that takes writes');
  });

  it('is whole whatever isolation the database is set to', async () => {
    const url = await postgres.createDatabase();
    const { pathname } = new URL(url);
    await query(url, `ALTER DATABASE ${pathname.slice(1)} SET default_transaction_isolation = 'serializable'`);
    const journals = await Promise.all(Array.from({ length: 6 }, () => openJournal(url, { now })));
    const answers = await Promise.all(journals.map((journal) => journal.takeLease(subject, 'x', 60_000)));
    expect(answers.filter(({ kind }) => kind === 'taken')).toHaveLength(1);
    await Promise.all(journals.map((journal) => journal.close()));
  });
});
