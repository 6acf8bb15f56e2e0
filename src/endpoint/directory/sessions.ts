import { hash, timingSafeEqual } from 'node:crypto';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { Secret } from '../../secret.ts';
import { readBytes, readDate, readInteger, readOptionalText, readText, type Row } from './columns.ts';
import { drawAccessKeyId, drawSecretAccessKey, type RandomBytes } from './identifiers.ts';
import type { Session, SessionCredentials, SessionHolder, SessionPolicy, SessionTag, SessionTerms } from './records.ts';

export interface NewSession {
  readonly accountId: string;
  readonly holder: SessionHolder;
  readonly Expiration: Date;
  readonly terms: SessionTerms;
  /** Characters that the token has at least; 176 when absent. */
  readonly tokenSize?: number | undefined;
}

/** Bytes; three of them are four characters of a token. */
const usualTokenBytes = 132;

/** The temporary keys of users, roles, federated users and root users. They go with the user or role they stand for. */
export class Sessions {
  readonly #random: RandomBytes;
  readonly #insert: StatementSync;
  readonly #find: StatementSync;

  constructor(database: DatabaseSync, random: RandomBytes) {
    this.#random = random;
    this.#insert = database.prepare(
      `INSERT INTO sessions (access_key_id, account_id, secret_access_key, token_sha256, issued_at, expires_at, user_id,
       role_id, session_name, source_identity, mfa, policies, tags) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#find = database.prepare('SELECT * FROM sessions WHERE access_key_id = ?');
  }

  create({ accountId, holder, Expiration, terms, tokenSize = 0 }: NewSession): SessionCredentials {
    const AccessKeyId = drawAccessKeyId('ASIA', accountId, this.#random);
    const SecretAccessKey = drawSecretAccessKey(this.#random);
    const SessionToken = Buffer.from(this.#random(Math.max(usualTokenBytes, Math.ceil(tokenSize / 4) * 3))).toString(
      'base64',
    );
    this.#insert.run(
      AccessKeyId,
      accountId,
      SecretAccessKey,
      digestToken(SessionToken),
      terms.issuedAt.getTime(),
      Expiration.getTime(),
      ('UserId' in holder ? holder.UserId : undefined) ?? null,
      'RoleId' in holder ? holder.RoleId : null,
      findName(holder) ?? null,
      terms.SourceIdentity ?? null,
      terms.mfa ? 1 : 0,
      terms.policies === undefined ? null : JSON.stringify(terms.policies),
      JSON.stringify(terms.tags),
    );
    return {
      AccessKeyId,
      SecretAccessKey: new Secret(SecretAccessKey),
      SessionToken: new Secret(SessionToken),
      Expiration,
    };
  }

  find(AccessKeyId: string): Session | undefined {
    const row = this.#find.get(AccessKeyId);
    return row === undefined ? undefined : toSession(row);
  }
}

/** Whether a root user's session was made by another account, for a task: only such are given policies. */
export function isAssumedRoot(holder: Pick<SessionHolder, 'kind'>, terms: SessionTerms | undefined): boolean {
  return holder.kind === 'root' && terms?.policies !== undefined;
}

/** Whether a token is the one that was handed out with the session; in constant time. */
export function isTokenOf(session: Session, token: string): boolean {
  return timingSafeEqual(session.tokenSha256, digestToken(token));
}

function digestToken(token: string): Buffer {
  return hash('sha256', token, 'buffer');
}

function findName(holder: SessionHolder): string | undefined {
  if (holder.kind === 'role') return holder.RoleSessionName;
  return holder.kind === 'federated' ? holder.Name : undefined;
}

function toSession(row: Row): Session {
  return {
    accountId: readText(row, 'account_id'),
    AccessKeyId: readText(row, 'access_key_id'),
    SecretAccessKey: new Secret(readText(row, 'secret_access_key')),
    tokenSha256: readBytes(row, 'token_sha256'),
    Expiration: readDate(row, 'expires_at'),
    holder: toHolder(row),
    terms: toTerms(row),
  };
}

function toHolder(row: Row): SessionHolder {
  const UserId = readOptionalText(row, 'user_id');
  const RoleId = readOptionalText(row, 'role_id');
  const name = readOptionalText(row, 'session_name');
  if (RoleId !== undefined) return { kind: 'role', RoleId, RoleSessionName: name ?? '' };
  if (name !== undefined) return { kind: 'federated', UserId, Name: name };
  return UserId === undefined ? { kind: 'root' } : { kind: 'user', UserId };
}

/** The JSON in these columns is our own. */
function toTerms(row: Row): SessionTerms {
  const policies = readOptionalText(row, 'policies');
  return {
    issuedAt: readDate(row, 'issued_at'),
    mfa: readInteger(row, 'mfa') === 1,
    policies: policies === undefined ? undefined : (JSON.parse(policies) as SessionPolicy[]),
    tags: JSON.parse(readText(row, 'tags')) as SessionTag[],
    SourceIdentity: readOptionalText(row, 'source_identity'),
  };
}
