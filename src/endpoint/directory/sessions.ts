import { hash, timingSafeEqual } from 'node:crypto';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { Secret } from '../../secret.ts';
import { readBytes, readDate, readInteger, readText, type Row } from './columns.ts';
import { drawAccessKeyId, drawSecretAccessKey, type RandomBytes } from './identifiers.ts';
import type { Session, SessionCredentials, SessionHolder } from './records.ts';

export interface NewSession {
  readonly accountId: string;
  readonly holder: SessionHolder;
  readonly Expiration: Date;
}

/** The temporary keys of users, roles and root users. A user's go with the user. */
export class Sessions {
  readonly #random: RandomBytes;
  readonly #insert: StatementSync;
  readonly #find: StatementSync;

  constructor(database: DatabaseSync, random: RandomBytes) {
    this.#random = random;
    this.#insert = database.prepare(
      `INSERT INTO sessions (access_key_id, account_id, secret_access_key, token_sha256, expires_at, user_id, role_arn,
       role_id, administrator) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#find = database.prepare('SELECT * FROM sessions WHERE access_key_id = ?');
  }

  create({ accountId, holder, Expiration }: NewSession): SessionCredentials {
    const AccessKeyId = drawAccessKeyId('ASIA', accountId, this.#random);
    const SecretAccessKey = drawSecretAccessKey(this.#random);
    const SessionToken = Buffer.from(this.#random(132)).toString('base64');
    this.#insert.run(
      AccessKeyId,
      accountId,
      SecretAccessKey,
      digestToken(SessionToken),
      Expiration.getTime(),
      holder.kind === 'user' ? holder.UserId : null,
      holder.kind === 'role' ? holder.Arn : null,
      holder.kind === 'role' ? holder.AssumedRoleId : null,
      holder.kind === 'role' && holder.administrator ? 1 : 0,
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

/** Whether a token is the one that was handed out with the session; in constant time. */
export function isTokenOf(session: Session, token: string): boolean {
  return timingSafeEqual(session.tokenSha256, digestToken(token));
}

function digestToken(token: string): Buffer {
  return hash('sha256', token, 'buffer');
}

function toSession(row: Row): Session {
  return {
    accountId: readText(row, 'account_id'),
    AccessKeyId: readText(row, 'access_key_id'),
    SecretAccessKey: new Secret(readText(row, 'secret_access_key')),
    tokenSha256: readBytes(row, 'token_sha256'),
    Expiration: readDate(row, 'expires_at'),
    holder: toHolder(row),
  };
}

function toHolder(row: Row): SessionHolder {
  if (row.user_id !== null) return { kind: 'user', UserId: readText(row, 'user_id') };
  if (row.role_arn === null) return { kind: 'root' };
  return {
    kind: 'role',
    Arn: readText(row, 'role_arn'),
    AssumedRoleId: readText(row, 'role_id'),
    administrator: readInteger(row, 'administrator') === 1,
  };
}
