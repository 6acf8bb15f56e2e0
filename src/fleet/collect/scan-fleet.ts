import { createHash } from 'node:crypto';
import { KeyturnError } from '../../errors.ts';
import type { ErrorCode } from '../../errors.ts';
import { readCallerIdentity } from '../../iam/caller-identity.ts';
import { connectAs } from '../../iam/connect-as.ts';
import type { Connection } from '../../iam/index.ts';
import type { Scan, SnapshotStore } from '../snapshot-store.ts';
import { scanIntoStore } from './account.ts';
import { openAssumedDoor } from './assumed-door.ts';
import { AccountDoor, type DoorTerms } from './door.ts';
import { Gate } from './gate.ts';
import { listTargets, requireTargets, type Target } from './list-targets.ts';
import { Meter } from './meter.ts';
import { endScan, readScanned, resumeScan } from './resume.ts';
import { readPartition } from './scan-account.ts';
import type { AccountTarget, FleetOptions, FleetScan, ScannedAccount } from './scan-types.ts';

const accountsAtATime = 8;
/** Of answers that need much memory. */
const heavyAtATime = 1;
/** Organizations leaves it in the accounts that it makes. */
const usualRole = 'OrganizationAccountAccessRole';
/** What is no matter of one account. */
const fatal: readonly ErrorCode[] = ['ERR_INTERRUPTED', 'ERR_NETWORK', 'ERR_CLOCK', 'ERR_JOURNAL', 'ERR_USAGE'];

/**
 * Scans the accounts of the caller's organization, or those that are named: the caller's own directly, all others through a
 * role. Several are read at a time, and given in the order of their ids, or of `accounts`, as soon as they are read. What
 * cannot be read of an account, or that it cannot be read at all, stands in its gaps.
 *
 * An interrupted scan is taken up by the next: accounts that it finished are given from the store, and the others go on.
 *
 * @throws AwsError where the organization's accounts cannot be listed
 * @throws KeyturnError ERR_USAGE, ERR_INTERRUPTED, ERR_JOURNAL, and ERR_NETWORK when AWS cannot be reached: from the stream
 * @example
 * for await (const { account, users } of scanFleet(aws, { store })) {
 *   for await (const user of users()) console.log(account.Name, user.UserName);
 * }
 */
export function scanFleet(aws: Connection, options: FleetOptions): FleetScan {
  const meter = new Meter(options.onProgress);
  return {
    [Symbol.asyncIterator]: () => scanAccounts(aws, options, meter),
    cost: () => meter.readCost(),
  };
}

interface FleetContext {
  readonly aws: Connection;
  readonly own: AccountDoor;
  readonly ownAccount: string;
  readonly partition: string;
  readonly roleName: string;
  readonly scan: Scan;
  readonly store: SnapshotStore;
  readonly terms: DoorTerms;
  readonly signal: AbortSignal;
}

async function* scanAccounts(
  aws: Connection,
  options: FleetOptions,
  meter: Meter,
): AsyncGenerator<ScannedAccount, void> {
  const { accounts, store, concurrency = accountsAtATime, roleName = usualRole } = options;
  requireRoleName(roleName);
  const { clock } = aws;
  const stop = new AbortController();
  const signal = options.signal === undefined ? stop.signal : AbortSignal.any([options.signal, stop.signal]);
  const terms: DoorTerms = { clock, meter, gate: new Gate(heavyAtATime) };
  const own = new AccountDoor(() => connectAs(aws), terms);
  const { Account: ownAccount, Arn } = await own.call(
    'GetCallerIdentity',
    (it, late) => readCallerIdentity(it.sts, late),
    signal,
  );
  const targets = accounts === undefined ? await listTargets(own, signal) : requireTargets(accounts);
  meter.expectAccounts(targets.length);
  const scan = await resumeScan(nameScope(ownAccount, accounts), options, clock);
  const partition = readPartition(Arn);
  const context = { aws, own, ownAccount, partition, roleName, scan, store, terms, signal };
  try {
    for (const result of startAll(targets, concurrency, (target) => scanTarget(target, context))) yield await result;
    await endScan(scan, store);
  } finally {
    stop.abort();
  }
}

/** One account: scanned, or found finished by the run that was interrupted, or unreadable. */
async function scanTarget(target: Target, context: FleetContext): Promise<ScannedAccount> {
  const { scan, store, terms } = context;
  const { Account, closed } = target;
  try {
    if (closed !== undefined) return composeGap(target, context, closed);
    const before = await store.readAccount(Account);
    if (before === undefined || before.startedAt < scan.startedAt) await scanOne(target, context);
    return await readScanned(store, Account);
  } catch (error) {
    if (!(error instanceof KeyturnError) || fatal.includes(error.code)) throw error;
    return composeGap(target, context, `the account could not be read: ${error.message}`);
  } finally {
    terms.meter.countAccount();
  }
}

async function scanOne({ Account, Name }: Target, context: FleetContext): Promise<void> {
  const { aws, own, ownAccount, partition, roleName, scan, store, terms, signal } = context;
  const { clock, meter } = terms;
  const RoleArn = `arn:${partition}:iam::${Account}:role/${roleName}`;
  const door = Account === ownAccount ? own : await openAssumedDoor({ aws, own, RoleArn, terms, signal });
  await scanIntoStore({ door, account: Account, partition, name: Name, scan, store, meter, clock, signal });
}

function composeGap({ Account, Name }: Target, { aws, partition }: FleetContext, gap: string): ScannedAccount {
  const name = Name === undefined ? {} : { Name };
  const account = { Account, partition, ...name, scannedAt: aws.clock.now(), gaps: [gap] };
  return { account, users: listNobody };
}

async function* listNobody(): AsyncGenerator<never> {
  // Nothing is known of its users, which the account's gap says.
}

/** What is resumed together: the same accounts, asked for by the same one. */
function nameScope(ownAccount: string, accounts: readonly AccountTarget[] | undefined): string {
  if (accounts === undefined) return `organization/${ownAccount}`;
  const ids = accounts.map(({ Account }) => Account).sort();
  return `accounts/${ownAccount}/${createHash('sha256').update(ids.join()).digest('hex').slice(0, 16)}`;
}

function requireRoleName(roleName: string): void {
  if (/^(?!arn:)(?:[!-.0-~]+\/)*[\w+=,.@-]{1,64}$/.test(roleName)) return;
  throw new KeyturnError('ERR_USAGE', `not the name of a role: ${JSON.stringify(roleName.slice(0, 80))}`, {
    hint: 'give its name, with its path where it has one, such as audit/KeyAuditor: no ARN',
  });
}

/** Does the work of all items, so many at a time, and gives each one's result in their order. */
function startAll<T, U>(items: readonly T[], concurrency: number, work: (item: T) => Promise<U>): Promise<U>[] {
  const results = items.map(() => Promise.withResolvers<U>());
  // Met where it is waited for; until then it must not count as unhandled.
  for (const { promise } of results) promise.catch(() => undefined);
  const next = results.entries();
  const labour = async (): Promise<void> => {
    for (const [index, { resolve, reject }] of next) {
      const item = items[index];
      if (item !== undefined) await work(item).then(resolve, reject);
    }
  };
  for (let worker = 0; worker < concurrency; worker++) void labour();
  return results.map(({ promise }) => promise);
}
