import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { readBytes, readDate, readInteger, readText, type Row } from './columns.ts';
import type { RandomBytes } from './identifiers.ts';
import type { Slice } from './records.ts';

/** A virtual MFA device, assigned to a user, to the account's root user or to nobody. */
export interface MfaDevice {
  readonly accountId: string;
  /** Its ARN, `arn:aws:iam::A:mfa/…`. */
  readonly SerialNumber: string;
  readonly seed: Uint8Array;
  /** Steps of 30 seconds by which its clock is ahead. */
  readonly skew: number;
  /** The second step of the last pair of codes that was taken; it stays when the device goes to another user. */
  readonly lastStep: number | undefined;
  /** The UserId is the account id for the root user. */
  readonly assignment: { readonly UserId: string; readonly EnableDate: Date } | undefined;
}

export type AssignmentStatus = 'Assigned' | 'Unassigned' | 'Any';

/** Bytes; 64 characters in base32, as AWS's have. */
const seedLength = 40;

/** The virtual MFA devices of all accounts. A user with one cannot be deleted, so none is ever assigned to nobody's id. */
export class MfaDevices {
  readonly #random: RandomBytes;
  readonly #insert: StatementSync;
  readonly #find: StatementSync;
  readonly #listOfAccount: StatementSync;
  readonly #listOfUser: StatementSync;
  readonly #assign: StatementSync;
  readonly #unassign: StatementSync;
  readonly #delete: StatementSync;
  readonly #count: StatementSync;
  readonly #spend: StatementSync;
  readonly #forget: StatementSync;

  constructor(database: DatabaseSync, random: RandomBytes) {
    this.#random = random;
    this.#insert = database.prepare(
      'INSERT INTO mfa_devices (serial_number, account_id, seed, skew) VALUES (?, ?, ?, 0) ON CONFLICT DO NOTHING',
    );
    this.#find = database.prepare('SELECT * FROM mfa_devices WHERE serial_number = ? AND account_id = ?');
    this.#listOfAccount = database.prepare(
      `SELECT * FROM mfa_devices WHERE account_id = ? AND serial_number > ? AND (? OR (enabled_at IS NULL) = ?)
       ORDER BY serial_number LIMIT ?`,
    );
    this.#listOfUser = database.prepare(
      'SELECT * FROM mfa_devices WHERE user_id = ?1 OR (account_id = ?1 AND of_root) ORDER BY serial_number',
    );
    this.#assign = database.prepare(
      `UPDATE mfa_devices SET user_id = nullif(?1, account_id), of_root = (?1 = account_id), enabled_at = ?2, skew = ?3,
       last_step = ?4 WHERE serial_number = ?5`,
    );
    this.#unassign = database.prepare(
      'UPDATE mfa_devices SET user_id = NULL, of_root = 0, enabled_at = NULL WHERE serial_number = ?',
    );
    this.#delete = database.prepare('DELETE FROM mfa_devices WHERE serial_number = ?');
    this.#count = database.prepare(
      'SELECT count(*) AS devices, count(enabled_at) AS assigned FROM mfa_devices WHERE account_id = ?',
    );
    this.#spend = database.prepare(
      'INSERT INTO mfa_codes_used (serial_number, step) VALUES (?, ?) ON CONFLICT DO NOTHING',
    );
    this.#forget = database.prepare('DELETE FROM mfa_codes_used WHERE serial_number = ? AND step < ?');
  }

  /** Makes a device with a seed of its own; undefined where there is one of that serial number. */
  create(accountId: string, SerialNumber: string): MfaDevice | undefined {
    const seed = this.#random(seedLength);
    if (this.#insert.run(SerialNumber, accountId, seed).changes === 0) return undefined;
    return { accountId, SerialNumber, seed, skew: 0, lastStep: undefined, assignment: undefined };
  }

  find(accountId: string, SerialNumber: string): MfaDevice | undefined {
    const row = this.#find.get(SerialNumber, accountId);
    return row === undefined ? undefined : toDevice(row);
  }

  /** Devices of an account in the order of their serial numbers; `after` is the one last seen. */
  list(accountId: string, status: AssignmentStatus, { after = '', limit }: Slice): MfaDevice[] {
    const [any, unassigned] = [status === 'Any' ? 1 : 0, status === 'Unassigned' ? 1 : 0];
    return this.#listOfAccount.all(accountId, after, any, unassigned, limit).map(toDevice);
  }

  /** All devices of a user, or of the root user by the account id. */
  listOfUser(UserId: string): MfaDevice[] {
    return this.#listOfUser.all(UserId).map(toDevice);
  }

  /** Gives a device to a user or to root, or notes a new pair of codes of one that has it already. */
  assign(
    SerialNumber: string,
    { UserId, EnableDate, skew, lastStep }: { UserId: string; EnableDate: Date; skew: number; lastStep: number },
  ): void {
    this.#assign.run(UserId, EnableDate.getTime(), skew, lastStep, SerialNumber);
  }

  unassign(SerialNumber: string): void {
    this.#unassign.run(SerialNumber);
  }

  delete(SerialNumber: string): void {
    this.#delete.run(SerialNumber);
  }

  /** Notes that the code of a step has proved possession; false where it did so before. Older steps are forgotten. */
  spendCode(SerialNumber: string, step: number): boolean {
    this.#forget.run(SerialNumber, step - rememberedSteps);
    return this.#spend.run(SerialNumber, step).changes > 0;
  }

  count(accountId: string): { devices: number; assigned: number } {
    const row = this.#count.get(accountId) ?? {};
    return { devices: readInteger(row, 'devices'), assigned: readInteger(row, 'assigned') };
  }
}

/** Far more than the steps for which a code is taken. */
const rememberedSteps = 100;

function toDevice(row: Row): MfaDevice {
  return {
    accountId: readText(row, 'account_id'),
    SerialNumber: readText(row, 'serial_number'),
    seed: readBytes(row, 'seed'),
    skew: readInteger(row, 'skew'),
    lastStep: row.last_step === null ? undefined : readInteger(row, 'last_step'),
    assignment:
      row.enabled_at === null
        ? undefined
        : {
            UserId: readText(row, row.of_root === 1 ? 'account_id' : 'user_id'),
            EnableDate: readDate(row, 'enabled_at'),
          },
  };
}
