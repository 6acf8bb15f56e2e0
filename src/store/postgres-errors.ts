import { KeyturnError } from '../errors.ts';
import { isOwn } from './database.ts';

const unreachable = 'see whether PostgreSQL runs there and this machine may reach it';
const encryption = 'see sslmode and sslrootcert in the URL, and whether the server has a certificate for its name';
const login = "see the user, the password (PGPASSWORD, or in the URL) and the server's pg_hba.conf";

/** By code of PostgreSQL (https://www.postgresql.org/docs/current/errcodes-appendix.html) or of the system. */
const hints: Readonly<Record<string, string>> = {
  ECONNREFUSED: unreachable,
  ECONNRESET: unreachable,
  EHOSTUNREACH: unreachable,
  ENETUNREACH: unreachable,
  ENOENT: unreachable,
  ENOTFOUND: unreachable,
  EAI_AGAIN: unreachable,
  ETIMEDOUT: unreachable,
  '28000': login,
  '28P01': login,
  '3D000': 'make the database first: createdb',
  '42501': 'the first to use a journal must be allowed to make tables, the others to read and write them',
  '25006': 'name the server that takes writes, not a copy of it',
  '53100': 'make room on the disk of the server',
  '53300': 'the server has all the connections it allows: try again',
  '55P03': 'another process is at work in it: try again',
  '57014': 'another process is at work in it: try again',
  '57P03': 'the server is starting or stopping: try again',
};

/** What PostgreSQL or the way to it said, as ours. Neither repeats a password. */
export function explainPostgresError(cause: unknown, place: string): Error {
  if (isOwn(cause)) return cause;
  const code = readCode(cause);
  const message = cause instanceof Error ? cause.message : String(cause);
  // A name with several addresses fails once for each, and the whole says nothing.
  const reason = message === '' ? code : message;
  return new KeyturnError('ERR_JOURNAL', `the journal ${place} cannot be used: ${reason}`, {
    hint: hints[code] ?? findHint(code, message),
    cause,
  });
}

/** Some errors of `pg` and of TLS have a text alone. */
function findHint(code: string, message: string): string | undefined {
  if (/SSL|certificate/i.test(message)) return encryption;
  if (/password|SCRAM/.test(message)) return login;
  return code === '' ? unreachable : undefined;
}

function readCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
