/** The access keys of one user: which there are, and what is known of their use. */
import { AwsError } from '../../errors.ts';
import { readAccessKeysPage } from '../../iam/account-pages.ts';
import { getAccessKeyLastUsed } from '../../iam/index.ts';
import type { AccessKeyMetadata, Clock, LastUsed } from '../../iam/index.ts';
import { readPages } from '../../iam/pages.ts';
import type { KeyFacts, Unknown, UserFacts } from '../facts.ts';
import type { AccountDoor } from './door.ts';
import { isRefusal, type Gaps } from './gaps.ts';
import { joinKeys } from './join-keys.ts';
import type { KeySlot, ReportRow } from './report.ts';
import type { Row } from './rows.ts';
import { addUse } from './uses.ts';

export interface KeysContext {
  readonly door: AccountDoor;
  readonly clock: Clock;
  readonly gaps: Gaps;
  /** When the report in use was made; absent where there is none. */
  readonly reportedAt: Date | undefined;
  /** Keys that were listed before are listed again; absent where only a change asks for it. */
  readonly listFrom: Date | undefined;
  readonly signal: AbortSignal | undefined;
}

/** A key as it was listed, now or by an earlier scan. */
interface Listed extends AccessKeyMetadata {
  readonly listedAt: Date;
}

/**
 * What is known of a user's keys, listed only where an earlier scan did not see them as they are, or `undefined` where the
 * user is gone.
 *
 * @throws what ends the scan
 */
export async function findUserKeys(row: Row, context: KeysContext): Promise<UserFacts['AccessKeys'] | undefined> {
  const { report } = row;
  if (report?.slots.length === 0 && !report.mayHaveMore) return [];
  try {
    const listed = recallKeys(row, context) ?? (await listKeys(nameUser(row), context));
    return await addLastUses(listed, row, context);
  } catch (error) {
    if (error instanceof AwsError && error.code === 'ERR_NO_SUCH_ENTITY') return undefined;
    const unknown = context.gaps.noteUser('the access keys', error);
    const { reportedAt } = context;
    const isWhole = report !== undefined && !report.mayHaveMore && reportedAt !== undefined;
    return isWhole ? describeSlots(report, reportedAt) : unknown;
  }
}

/** The keys without their ids, as the report tells them. */
export function describeSlots({ slots }: ReportRow, at: Date): KeyFacts[] {
  return slots.map(({ Status, lastRotated, LastUsed }) => ({
    Status,
    ...(lastRotated && { LastRotated: lastRotated }),
    LastUsed,
    lastUsedFrom: { source: 'credential-report', at },
  }));
}

/** What an earlier listing told, where nothing says that it is no longer so. */
function recallKeys({ before, report, details }: Row, { listFrom }: KeysContext): Listed[] | undefined {
  if (before === undefined || report === undefined || before.keyColumns !== report.keyColumns) return undefined;
  if (details !== undefined && details.UserId !== before.facts.UserId) return undefined;
  const { AccessKeys, UserName } = before.facts;
  if ('Kind' in AccessKeys) return undefined;
  const listed = AccessKeys.flatMap(({ AccessKeyId, Status, CreateDate, listedAt }) => {
    const isWhole = AccessKeyId !== undefined && CreateDate !== undefined && listedAt !== undefined;
    const isRecent = isWhole && (listFrom === undefined || listedAt >= listFrom);
    return isRecent ? [{ UserName, AccessKeyId, Status, CreateDate, listedAt }] : [];
  });
  return listed.length === AccessKeys.length && listed.length > 0 ? listed : undefined;
}

async function listKeys(UserName: string, { door, clock, signal }: KeysContext): Promise<Listed[]> {
  const keys: Listed[] = [];
  const pages = readPages((Marker) =>
    door.call('ListAccessKeys', (aws, stop) => readAccessKeysPage(aws, { UserName, Marker }, stop), signal),
  );
  for await (const page of pages) {
    const listedAt = clock.now();
    keys.push(...page.keys.map((key) => ({ ...key, listedAt })));
  }
  return keys;
}

async function addLastUses(keys: readonly Listed[], row: Row, context: KeysContext): Promise<KeyFacts[]> {
  const { reportedAt } = context;
  const { slots = [] } = row.report ?? {};
  const joined = reportedAt === undefined ? new Map<string, KeySlot>() : joinKeys(keys, slots, reportedAt);
  const before = new Map(listKeyFacts(row.before?.facts.AccessKeys).map((key) => [key.AccessKeyId, key]));
  const facts: KeyFacts[] = [];
  for (const { AccessKeyId, Status, CreateDate, listedAt } of keys) {
    const slot = joined.get(AccessKeyId);
    const use = slot && reportedAt ? fromReport(slot, reportedAt) : await askLastUse(AccessKeyId, context);
    const uses = addUse(before.get(AccessKeyId)?.uses ?? [], use.LastUsed);
    const LastRotated = slot?.lastRotated;
    facts.push({
      AccessKeyId,
      Status,
      CreateDate,
      ...(LastRotated && { LastRotated }),
      ...use,
      ...(uses.length > 0 && { uses }),
      listedAt,
    });
  }
  return facts;
}

type Use = Pick<KeyFacts, 'LastUsed' | 'lastUsedFrom'>;

function fromReport({ LastUsed }: KeySlot, at: Date): Use {
  return { LastUsed, lastUsedFrom: { source: 'credential-report', at } };
}

/** The report does not tell which of its uses is this key's, or does not know the key. */
async function askLastUse(AccessKeyId: string, { door, clock, gaps, signal }: KeysContext): Promise<Use> {
  let LastUsed: LastUsed;
  try {
    const answer = await door.call(
      'GetAccessKeyLastUsed',
      (aws, stop) => getAccessKeyLastUsed(aws, { AccessKeyId, signal: stop }),
      signal,
    );
    ({ LastUsed } = answer);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    LastUsed = gaps.noteUser('the last use of an access key', error);
  }
  return { LastUsed, lastUsedFrom: { source: 'get-access-key-last-used', at: clock.now() } };
}

function listKeyFacts(keys: UserFacts['AccessKeys'] | undefined): readonly KeyFacts[] {
  return keys === undefined || isUnknownKeys(keys) ? [] : keys;
}

function isUnknownKeys(keys: UserFacts['AccessKeys']): keys is Unknown {
  return 'Kind' in keys;
}

function nameUser({ report, details, nameKey }: Row): string {
  return report?.UserName ?? details?.UserName ?? nameKey;
}
