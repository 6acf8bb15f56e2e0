/** One account into the store: what is read of it, in which order. */
import { AwsError } from '../../errors.ts';
import { readAccountSummary, readAlias } from '../../iam/account-pages.ts';
import { rootUserName } from '../../iam/index.ts';
import type { Clock } from '../../iam/index.ts';
import { mapInOrder } from '../../iam/map-in-order.ts';
import type { AccountFacts, Unknown } from '../facts.ts';
import type { Scan, SnapshotStore, StoredUser } from '../snapshot-store.ts';
import type { AccountDoor } from './door.ts';
import { writeFacts } from './facts-text.ts';
import { fetchReport, requestReport } from './fetch-report.ts';
import { Gaps, isRefusal, isUnknown } from './gaps.ts';
import type { Meter } from './meter.ts';
import { readReport, type ReportRow } from './report.ts';
import { readRows, type Row } from './rows.ts';
import { spoolDetails, spoolServiceCredentials, spoolUsers } from './spool-account.ts';
import { composeRoot, composeUser, type AccountKnowledge } from './user-facts.ts';
import { findUserKeys, type KeysContext } from './user-keys.ts';
import { writeUsers } from './write-users.ts';

export interface AccountContext {
  readonly door: AccountDoor;
  readonly account: string;
  readonly partition: string;
  /** As the organization or a file calls it; without it, IAM is asked for the alias. */
  readonly name?: string | undefined;
  readonly scan: Scan;
  readonly store: SnapshotStore;
  readonly meter: Meter;
  readonly clock: Clock;
  readonly signal: AbortSignal | undefined;
}

/** Users whose keys are looked at together: enough for a fast pace over a slow line. */
const usersAtATime = 10;

/**
 * Reads an account and leaves its facts in the store. A scan that was interrupted left its users there too, and goes on
 * behind them.
 *
 * @throws AwsError where the account's users cannot be read at all; KeyturnError ERR_INTERRUPTED, ERR_JOURNAL
 */
export async function scanIntoStore(context: AccountContext): Promise<AccountFacts> {
  const { account, store, clock, name, partition } = context;
  const startedAt = clock.now();
  const gaps = new Gaps();
  const { rows, known, alias } = await readAccountWide(context, gaps);
  await writeUsers(readUsers(context, gaps, { rows, known }), context);
  const facts: AccountFacts = {
    Account: account,
    partition,
    ...(name !== undefined && { Name: name }),
    ...(alias !== undefined && { Alias: alias }),
    ...(!isUnknown(known.report) && { reportGeneratedAt: known.report.at }),
    scannedAt: clock.now(),
    gaps: gaps.list(),
  };
  await store.finishAccount({ account, facts: writeFacts(facts), startedAt });
  return facts;
}

interface AccountWide {
  readonly rows: Iterable<ReportRow>;
  readonly known: AccountKnowledge;
  readonly alias: string | undefined;
}

/** Everything but the keys. The report is asked for first and read last: all else is read while IAM makes it. */
async function readAccountWide(context: AccountContext, gaps: Gaps): Promise<AccountWide> {
  const { door, account, partition, store, clock, signal, meter } = context;
  const scannedAt = clock.now();
  await store.clearSpool(account);
  const readReportPart = <T>(work: () => Promise<T>) =>
    gaps.read('the credential report', 'passwords and MFA are unknown, and each last use is asked for', work);
  const requested = await readReportPart(() => requestReport(door, clock, signal));
  const summary = await gaps.read('the account summary', 'root keys are known from the credential report alone', () =>
    door.call('GetAccountSummary', readAccountSummary, signal),
  );
  if (!isUnknown(summary)) meter.expectUsers(summary.users);
  const alias = await findAlias(context);
  const credentials = await gaps.read('the list of service-specific credentials', 'they are unknown', () =>
    spoolServiceCredentials(context),
  );
  const groups = await gaps.read('the authorization details', 'tags, groups and policies are unknown', () =>
    spoolDetails(context),
  );
  const listed = isUnknown(groups)
    ? await gaps.read('the list of users', 'their ids are unknown', () => spoolUsers(context))
    : undefined;
  const report = isUnknown(requested)
    ? requested
    : await readReportPart(async () => {
        const { Content, GeneratedTime } = await fetchReport(door, requested, clock, signal);
        return { at: GeneratedTime, rows: readReport(Content) };
      });
  if (isUnknown(report) && listed !== undefined && isUnknown(listed)) throw describeUnreadable(account, listed);
  return {
    rows: isUnknown(report) ? [] : report.rows,
    known: { Account: account, partition, scannedAt, report, groups, credentials: credentials ?? undefined, summary },
    alias,
  };
}

/** A name is good to have, and nothing depends on it. */
async function findAlias({ name, door, signal }: AccountContext): Promise<string | undefined> {
  if (name !== undefined) return undefined;
  try {
    return await door.call('ListAccountAliases', readAlias, signal);
  } catch (error) {
    if (isRefusal(error)) return undefined;
    throw error;
  }
}

async function* readUsers(
  { account, store, scan, door, clock, meter, signal }: AccountContext,
  gaps: Gaps,
  { rows, known }: Pick<AccountWide, 'rows' | 'known'>,
): AsyncGenerator<StoredUser> {
  const keys: KeysContext = {
    door,
    clock,
    gaps,
    reportedAt: isUnknown(known.report) ? undefined : known.report.at,
    listFrom: scan.refresh === 'full' ? scan.startedAt : undefined,
    signal,
  };
  const users = mapInOrder(readRows(store, account, rows), usersAtATime, signal, (row, stop) =>
    readUser(row, known, { ...keys, signal: stop }),
  );
  for await (const user of users) {
    if (user?.nameKey !== rootUserName) meter.countUser();
    if (user !== undefined) yield user;
  }
}

/** Undefined for a user who is gone. */
async function readUser(row: Row, known: AccountKnowledge, context: KeysContext): Promise<StoredUser | undefined> {
  const { nameKey, position, report, isRoot } = row;
  const keys = isRoot ? [] : await findUserKeys(row, context);
  if (keys === undefined) return undefined;
  const facts = writeFacts(isRoot ? composeRoot(row, known) : composeUser(row, keys, known));
  return { nameKey, position, facts, ...(report && { keyColumns: report.keyColumns }) };
}

function describeUnreadable(account: string, { Reason }: Unknown): AwsError {
  return new AwsError('ERR_ACCESS_DENIED', `the users of account ${account} cannot be read: ${Reason}`, {
    hint: 'keyturn policy auditor prints what a scan has to be allowed',
  });
}
