import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { Secret } from '../../secret.ts';
import { readDate, readText, type Row } from './columns.ts';
import { drawUniqueId, type RandomBytes } from './identifiers.ts';
import type { AccessKeyStatus, Slice } from './records.ts';

/** A credential of a user for one service of AWS. Nothing here takes it, so its secret is handed out and not kept. */
export interface ServiceCredential {
  readonly accountId: string;
  readonly UserId: string;
  readonly ServiceSpecificCredentialId: string;
  readonly ServiceName: string;
  /** The user name or alias that goes with the secret; it keeps the name that the user had. */
  readonly alias: string;
  /** What was set; one whose time has come is Expired whatever it says. */
  readonly Status: AccessKeyStatus;
  readonly CreateDate: Date;
  readonly ExpirationDate: Date | undefined;
}

export interface NewServiceCredential extends Pick<
  ServiceCredential,
  'accountId' | 'UserId' | 'ServiceName' | 'CreateDate' | 'ExpirationDate'
> {
  readonly UserName: string;
  /** How many a user may have for one service. */
  readonly quota: number;
}

/** Which credentials are listed: a user's, or a whole account's; of one service or of all. */
export interface ServiceCredentialSelection {
  readonly accountId: string;
  readonly UserId?: string | undefined;
  readonly ServiceName?: string | undefined;
}

/** The service-specific credentials of all users. A user with one cannot be deleted. */
export class ServiceCredentials {
  readonly #random: RandomBytes;
  readonly #insert: StatementSync;
  readonly #hasAlias: StatementSync;
  readonly #find: StatementSync;
  readonly #listOfAccount: StatementSync;
  readonly #listOfUser: StatementSync;
  readonly #setStatus: StatementSync;
  readonly #delete: StatementSync;

  constructor(database: DatabaseSync, random: RandomBytes) {
    this.#random = random;
    this.#insert = database.prepare(
      `INSERT INTO service_credentials (credential_id, account_id, user_id, service_name, alias, status, created_at, expires_at)
       SELECT ?1, ?2, ?3, ?4, ?5, 'Active', ?6, ?7
       WHERE (SELECT count(*) FROM service_credentials WHERE user_id = ?3 AND service_name = ?4) < ?8`,
    );
    this.#hasAlias = database.prepare(
      'SELECT 1 FROM service_credentials WHERE account_id = ? AND service_name = ? AND alias = ?',
    );
    this.#find = database.prepare('SELECT * FROM service_credentials WHERE credential_id = ? AND account_id = ?');
    this.#listOfAccount = database.prepare(
      `SELECT * FROM service_credentials WHERE account_id = ?1 AND credential_id > ?2
       AND (?3 IS NULL OR service_name = ?3) ORDER BY credential_id LIMIT ?4`,
    );
    this.#listOfUser = database.prepare(
      `SELECT * FROM service_credentials WHERE user_id = ?1 AND credential_id > ?2
       AND (?3 IS NULL OR service_name = ?3) ORDER BY credential_id LIMIT ?4`,
    );
    this.#setStatus = database.prepare('UPDATE service_credentials SET status = ? WHERE credential_id = ?');
    this.#delete = database.prepare('DELETE FROM service_credentials WHERE credential_id = ?');
  }

  /** Makes an Active credential, unless its user has `quota` of them for the service already: then undefined. */
  create(credential: NewServiceCredential): ServiceCredential | undefined {
    const { accountId, UserId, ServiceName, CreateDate, ExpirationDate, quota } = credential;
    const ServiceSpecificCredentialId = drawUniqueId('ACCA', accountId, this.#random);
    const alias = this.#findFreeAlias(credential);
    const { changes } = this.#insert.run(
      ServiceSpecificCredentialId,
      accountId,
      UserId,
      ServiceName,
      alias,
      CreateDate.getTime(),
      ExpirationDate?.getTime() ?? null,
      quota,
    );
    if (changes === 0) return undefined;
    const known = { accountId, UserId, ServiceSpecificCredentialId, ServiceName, alias };
    return { ...known, Status: 'Active', CreateDate, ExpirationDate };
  }

  /** A password for a credential: 60 characters of base64. */
  drawPassword(): Secret {
    return new Secret(Buffer.from(this.#random(45)).toString('base64'));
  }

  find(accountId: string, ServiceSpecificCredentialId: string): ServiceCredential | undefined {
    const row = this.#find.get(ServiceSpecificCredentialId, accountId);
    return row === undefined ? undefined : toServiceCredential(row);
  }

  /** Credentials in the order of their ids; `after` is the id last seen. */
  list({ accountId, UserId, ServiceName }: ServiceCredentialSelection, slice: Slice): ServiceCredential[] {
    const statement = UserId === undefined ? this.#listOfAccount : this.#listOfUser;
    return statement
      .all(UserId ?? accountId, slice.after ?? '', ServiceName ?? null, slice.limit)
      .map(toServiceCredential);
  }

  setStatus(ServiceSpecificCredentialId: string, Status: AccessKeyStatus): void {
    this.#setStatus.run(Status, ServiceSpecificCredentialId);
  }

  delete(ServiceSpecificCredentialId: string): void {
    this.#delete.run(ServiceSpecificCredentialId);
  }

  /** `NAME-at-ACCOUNT`, or where that is taken `NAME+1-at-ACCOUNT` and so on. */
  #findFreeAlias({ accountId, UserName, ServiceName }: NewServiceCredential): string {
    let alias = `${UserName}-at-${accountId}`;
    for (let number = 1; this.#hasAlias.get(accountId, ServiceName, alias) !== undefined; number++) {
      alias = `${UserName}+${number}-at-${accountId}`;
    }
    return alias;
  }
}

function toServiceCredential(row: Row): ServiceCredential {
  return {
    accountId: readText(row, 'account_id'),
    UserId: readText(row, 'user_id'),
    ServiceSpecificCredentialId: readText(row, 'credential_id'),
    ServiceName: readText(row, 'service_name'),
    alias: readText(row, 'alias'),
    Status: readText(row, 'status') === 'Active' ? 'Active' : 'Inactive',
    CreateDate: readDate(row, 'created_at'),
    ExpirationDate: row.expires_at === null ? undefined : readDate(row, 'expires_at'),
  };
}
