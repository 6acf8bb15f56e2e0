import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { readDate, readText, type Row } from './columns.ts';
import { drawUniqueId, type RandomBytes } from './identifiers.ts';
import type { AccessKeyStatus } from './records.ts';

/** A public key of a user for CodeCommit. */
export interface SshPublicKey {
  readonly accountId: string;
  readonly UserId: string;
  readonly SSHPublicKeyId: string;
  readonly Fingerprint: string;
  /** As it was uploaded. */
  readonly SSHPublicKeyBody: string;
  readonly Status: AccessKeyStatus;
  readonly UploadDate: Date;
}

export type NewSshPublicKey = Omit<SshPublicKey, 'SSHPublicKeyId' | 'Status'>;

/** The SSH public keys of all users. A user with one cannot be deleted. */
export class SshPublicKeys {
  readonly #random: RandomBytes;
  readonly #insert: StatementSync;
  readonly #find: StatementSync;
  readonly #findOfAccount: StatementSync;
  readonly #list: StatementSync;
  readonly #setStatus: StatementSync;
  readonly #delete: StatementSync;

  constructor(database: DatabaseSync, random: RandomBytes) {
    this.#random = random;
    this.#insert = database.prepare(
      `INSERT INTO ssh_public_keys (key_id, account_id, user_id, fingerprint, body, status, uploaded_at)
       VALUES (?, ?, ?, ?, ?, 'Active', ?)`,
    );
    this.#find = database.prepare('SELECT * FROM ssh_public_keys WHERE key_id = ? AND user_id = ?');
    this.#findOfAccount = database.prepare('SELECT 1 FROM ssh_public_keys WHERE key_id = ? AND account_id = ?');
    this.#list = database.prepare('SELECT * FROM ssh_public_keys WHERE user_id = ? ORDER BY uploaded_at, key_id');
    this.#setStatus = database.prepare('UPDATE ssh_public_keys SET status = ? WHERE key_id = ?');
    this.#delete = database.prepare('DELETE FROM ssh_public_keys WHERE key_id = ?');
  }

  /** Makes an Active key. The caller has made sure that its user has no key with this fingerprint. */
  create(key: NewSshPublicKey): SshPublicKey {
    const { accountId, UserId, Fingerprint, SSHPublicKeyBody, UploadDate } = key;
    const SSHPublicKeyId = drawUniqueId('APKA', accountId, this.#random);
    this.#insert.run(SSHPublicKeyId, accountId, UserId, Fingerprint, SSHPublicKeyBody, UploadDate.getTime());
    return { ...key, SSHPublicKeyId, Status: 'Active' };
  }

  /** A key of that user and of nobody else. */
  find(UserId: string, SSHPublicKeyId: string): SshPublicKey | undefined {
    const row = this.#find.get(SSHPublicKeyId, UserId);
    return row === undefined ? undefined : toSshPublicKey(row);
  }

  /** Whether a user of an account has a key. */
  isThere(accountId: string, SSHPublicKeyId: string): boolean {
    return this.#findOfAccount.get(SSHPublicKeyId, accountId) !== undefined;
  }

  /** All keys of a user, the oldest first. */
  list(UserId: string): SshPublicKey[] {
    return this.#list.all(UserId).map(toSshPublicKey);
  }

  setStatus(SSHPublicKeyId: string, Status: AccessKeyStatus): void {
    this.#setStatus.run(Status, SSHPublicKeyId);
  }

  delete(SSHPublicKeyId: string): void {
    this.#delete.run(SSHPublicKeyId);
  }
}

function toSshPublicKey(row: Row): SshPublicKey {
  return {
    accountId: readText(row, 'account_id'),
    UserId: readText(row, 'user_id'),
    SSHPublicKeyId: readText(row, 'key_id'),
    Fingerprint: readText(row, 'fingerprint'),
    SSHPublicKeyBody: readText(row, 'body'),
    Status: readText(row, 'status') === 'Active' ? 'Active' : 'Inactive',
    UploadDate: readDate(row, 'uploaded_at'),
  };
}
