import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { readDate, readText, type Row } from './columns.ts';
import type { AccessKeyStatus } from './records.ts';

/** An X.509 certificate of a user, or of an account's root user. */
export interface SigningCertificate {
  readonly accountId: string;
  /** The UserId of its user, or the account id for one of the root user. */
  readonly ownerId: string;
  readonly CertificateId: string;
  /** As it was uploaded. */
  readonly CertificateBody: string;
  readonly Status: AccessKeyStatus;
  readonly UploadDate: Date;
}

/** The signing certificates of all users and root users. An account has a certificate once. */
export class SigningCertificates {
  readonly #insert: StatementSync;
  readonly #find: StatementSync;
  readonly #list: StatementSync;
  readonly #setStatus: StatementSync;
  readonly #delete: StatementSync;

  constructor(database: DatabaseSync) {
    this.#insert = database.prepare(
      `INSERT INTO signing_certificates (account_id, certificate_id, owner_id, body, status, uploaded_at)
       VALUES (?, ?, ?, ?, ?, ?)`,
    );
    this.#find = database.prepare('SELECT * FROM signing_certificates WHERE account_id = ? AND certificate_id = ?');
    this.#list = database.prepare(
      'SELECT * FROM signing_certificates WHERE owner_id = ? ORDER BY uploaded_at, certificate_id',
    );
    this.#setStatus = database.prepare(
      'UPDATE signing_certificates SET status = ? WHERE account_id = ? AND certificate_id = ?',
    );
    this.#delete = database.prepare('DELETE FROM signing_certificates WHERE account_id = ? AND certificate_id = ?');
  }

  /** The caller has made sure that the account has no certificate of this id. */
  create(certificate: SigningCertificate): void {
    const { accountId, CertificateId, ownerId, CertificateBody, Status, UploadDate } = certificate;
    this.#insert.run(accountId, CertificateId, ownerId, CertificateBody, Status, UploadDate.getTime());
  }

  find(accountId: string, CertificateId: string): SigningCertificate | undefined {
    const row = this.#find.get(accountId, CertificateId);
    return row === undefined ? undefined : toSigningCertificate(row);
  }

  /** All certificates of an owner, the oldest first. */
  list(ownerId: string): SigningCertificate[] {
    return this.#list.all(ownerId).map(toSigningCertificate);
  }

  setStatus({ accountId, CertificateId }: SigningCertificate, Status: AccessKeyStatus): void {
    this.#setStatus.run(Status, accountId, CertificateId);
  }

  delete({ accountId, CertificateId }: SigningCertificate): void {
    this.#delete.run(accountId, CertificateId);
  }
}

function toSigningCertificate(row: Row): SigningCertificate {
  return {
    accountId: readText(row, 'account_id'),
    ownerId: readText(row, 'owner_id'),
    CertificateId: readText(row, 'certificate_id'),
    CertificateBody: readText(row, 'body'),
    Status: readText(row, 'status') === 'Active' ? 'Active' : 'Inactive',
    UploadDate: readDate(row, 'uploaded_at'),
  };
}
