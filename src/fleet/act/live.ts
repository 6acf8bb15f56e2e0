/** Whether the world is still as a plan says, read at the moment of the change. */
import { AwsError } from '../../errors.ts';
import {
  getAccessKeyLastUsed,
  getUser,
  listAccessKeys,
  type AccessKeyStatus,
  type Connection,
  type LastUsed,
} from '../../iam/index.ts';
import { formatInstant } from '../rules/facts-of.ts';
import type { PlannedChange } from './entry.ts';

/** What is there now. */
export interface LiveKey {
  readonly Status: AccessKeyStatus;
  readonly CreateDate: Date;
  readonly LastUsed: LastUsed;
  /** AWS's time of the reading. */
  readonly readAt: Date;
  /** Whether the endpoint tells every use at once. */
  readonly isExact: boolean;
}

export type Check =
  | { readonly kind: 'as planned'; readonly live: LiveKey }
  /** It is done already. */
  | { readonly kind: 'passed'; readonly why: string }
  | { readonly kind: 'stale'; readonly why: string };

/**
 * Reads the key and its last use, and holds both against the plan.
 *
 * @throws AwsError where they cannot be read: then nothing is known, and nothing may be done
 */
export async function checkEntry(aws: Connection, entry: PlannedChange, signal?: AbortSignal): Promise<Check> {
  const { UserName, AccessKeyId } = entry;
  const user = await getUser(aws, { UserName, signal }).catch(keepAbsence);
  if (user === undefined) return { kind: 'stale', why: `there is no user ${UserName} any more` };
  if (user.UserId !== entry.UserId) return { kind: 'stale', why: `${UserName} is another user now: ${user.UserId}` };
  const keys = await listAccessKeys(aws, { UserName, signal });
  const key = keys.find((each) => each.AccessKeyId === AccessKeyId);
  if (key === undefined) return { kind: 'passed', why: `${AccessKeyId} is gone` };
  if (entry.Action === 'deactivate' && key.Status === 'Inactive') {
    return { kind: 'passed', why: `${AccessKeyId} is Inactive already` };
  }
  const { LastUsed, granularity } = await getAccessKeyLastUsed(aws, { AccessKeyId, signal });
  const { Status, CreateDate } = key;
  const live = { Status, CreateDate, LastUsed, readAt: aws.serverTime(), isExact: granularity === 0 };
  const why = findChange(entry, live);
  return why === undefined ? { kind: 'as planned', live } : { kind: 'stale', why };
}

/** Milliseconds that AWS may take to tell of a use: docs/rotation.md. */
const evidenceLag = 4 * 3_600_000;

/** What is no longer as the plan says; undefined where nothing is. */
export function findChange({ Action, Evidence, AccessKeyId }: PlannedChange, live: LiveKey): string | undefined {
  const expected = Action === 'delete' ? 'Inactive' : 'Active';
  if (live.Status !== expected) return `${AccessKeyId} is ${live.Status}, and not ${expected}`;
  const { LastUsed } = live;
  if (LastUsed.Kind === 'unknown') return `the last use of ${AccessKeyId} is unknown: ${LastUsed.Reason}`;
  if (Action === 'rotate') return undefined;
  const known = Evidence.LastUsed;
  if (LastUsed.Kind === 'never' && known.Kind !== 'never') return `a use of ${AccessKeyId} is no longer told`;
  if (LastUsed.Kind === 'used' && isAfter(LastUsed.LastUsedDate, known)) {
    return `${AccessKeyId} was used at ${formatInstant(LastUsed.LastUsedDate)} (${LastUsed.ServiceName}, ${LastUsed.Region})`;
  }
  const last = LastUsed.Kind === 'used' ? LastUsed.LastUsedDate : live.CreateDate;
  const isLate = live.readAt.getTime() - last.getTime() >= evidenceLag;
  return live.isExact || isLate ? undefined : `${AccessKeyId} is too young for a use of it to show`;
}

function isAfter(date: Date, known: LastUsed): boolean {
  return known.Kind !== 'used' || date.getTime() > known.LastUsedDate.getTime();
}

function keepAbsence(error: unknown): undefined {
  if (error instanceof AwsError && error.code === 'ERR_NO_SUCH_ENTITY') return undefined;
  throw error;
}
