/** Leases: who may act on a subject, and write about it. Each function is one part of a transaction. */
import type { Transaction } from 'kysely';
import { KeyturnError } from '../errors.ts';
import type { Lease } from '../journal/journal.ts';
import type { Database } from './database.ts';
import type { LeaseRow, Tables } from './tables.ts';

/** The lease of a subject as it is until the transaction ends, and the time. */
interface LockedLease {
  readonly row: LeaseRow | undefined;
  readonly time: number;
}

/** Makes others wait who want the same lease, or to write under it. */
export async function lockLease(
  database: Database,
  transaction: Transaction<Tables>,
  subject: string,
): Promise<LockedLease> {
  const row = await transaction
    .updateTable('keyturn_leases')
    .set((eb) => ({ token: eb.ref('token') }))
    .where('subject', '=', subject)
    .returningAll()
    .executeTakeFirst();
  return { row, time: await database.readTime(transaction) };
}

/** As {@link lockLease}, of a subject that may never have had one. */
export async function lockOrMakeLease(
  database: Database,
  transaction: Transaction<Tables>,
  subject: string,
): Promise<LockedLease & { readonly row: LeaseRow }> {
  const row = await transaction
    .insertInto('keyturn_leases')
    .values({ subject, holder: '', token: 0, ends_at: 0 })
    .onConflict((conflict) => conflict.column('subject').doUpdateSet({ subject }))
    .returningAll()
    .executeTakeFirstOrThrow();
  return { row, time: await database.readTime(transaction) };
}

export function isHeld({ row, time }: LockedLease): boolean {
  return row !== undefined && row.ends_at > time;
}

/** @throws KeyturnError ERR_LEASE when the lease has ended or is another's */
export function requireCurrent(locked: LockedLease, lease: Lease): void {
  const isCurrent = locked.row?.token === lease.token;
  if (isCurrent && isHeld(locked)) return;
  throw new KeyturnError('ERR_LEASE', describeLoss(locked, lease, isCurrent), {
    hint: 'nothing was written; once nobody is at work on it, resume it',
  });
}

function describeLoss(locked: LockedLease, { subject }: Lease, isCurrent: boolean): string {
  if (isCurrent) return `the lease of ${subject} ended before this could be written; nobody has taken it since`;
  const holder =
    locked.row !== undefined && isHeld(locked) ? `${locked.row.holder} holds it now` : 'nobody holds it now';
  return `the lease of ${subject} was lost to another process; ${holder}`;
}
