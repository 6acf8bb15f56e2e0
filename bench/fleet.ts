/** Data folders that `keyturn seed` has filled, and whom of them the load is about. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Subject } from './load/job.ts';
import { keyturnProgram, keyturnServe, type Launch } from './servers.ts';

export interface FleetSize {
  readonly accounts: number;
  /** Of each account. */
  readonly users: number;
}

/** Fills a new folder, with 1.4 keys a user. */
export function seedFleet(folder: string, { accounts, users }: FleetSize): void {
  const size = ['--accounts', String(accounts), '--users', String(users), '--keys', '1.4'];
  const { env } = keyturnServe({ port: 0, folder });
  execFileSync(process.execPath, [keyturnProgram, 'seed', '--data', folder, ...size], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, ...env },
  });
}

/** `keyturn serve` on a folder that stays. */
export function serveFleet(folder: string): Launch {
  return ({ port }) => {
    const launch = keyturnServe({ port, folder });
    return { ...launch, args: [...launch.args, '--users-quota', '1000000'] };
  };
}

/**
 * Users of every account who have one key, and may so be given another; the calls about them are signed by an administrator
 * of their account. The accounts take turns, so that one call is about another account than the one before.
 *
 * @param each so many users of each account at most
 */
export function findSubjects(folder: string, each: number): Subject[] {
  const database = new DatabaseSync(join(folder, 'directory.sqlite'));
  try {
    return database
      .prepare('SELECT account_id FROM accounts')
      .all()
      .flatMap((row) => findOfAccount(database, String(row.account_id), each))
      .sort((a, b) => a.turn - b.turn);
  } finally {
    database.close();
  }
}

function findOfAccount(database: DatabaseSync, accountId: string, each: number): (Subject & { turn: number })[] {
  const administrators = database.prepare(
    `SELECT access_key_id, secret_access_key FROM attached_policies AS attached JOIN access_keys USING (owner_id)
     WHERE attached.account_id = ? AND policy_arn = 'arn:aws:iam::aws:policy/AdministratorAccess' AND status = 'Active'
       AND (SELECT count(*) FROM attached_policies AS other WHERE other.owner_id = attached.owner_id) = 1`,
  );
  const users = database.prepare(
    `SELECT user_name, access_key_id FROM users JOIN access_keys ON owner_id = user_id
     WHERE users.account_id = ? AND (SELECT count(*) FROM access_keys AS other WHERE other.owner_id = user_id) = 1
     LIMIT ?`,
  );
  const found = administrators.get(accountId);
  if (found === undefined) return [];
  const pair = { accessKeyId: String(found.access_key_id), secretAccessKey: String(found.secret_access_key) };
  return users.all(accountId, each).map((row, turn) => ({
    UserName: String(row.user_name),
    AccessKeyId: String(row.access_key_id),
    pair,
    turn,
  }));
}
