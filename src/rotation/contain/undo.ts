import { KeyturnError } from '../../errors.ts';
import { activateAccessKey, allowOlderSessions, type Connection } from '../../iam/index.ts';
import type { Journal } from '../../journal/journal.ts';
import { entryTypes, readContainment, takeLease } from './record.ts';

export interface UndoContainmentOptions {
  readonly aws: Connection;
  readonly journal: Journal;
  /** `a-…` */
  readonly record: string;
  /** Host and process. */
  readonly holder: string;
}

export interface UndoneContainment {
  readonly AccessKeyId: string;
  readonly UserName?: string | undefined;
  /** Whether the key is Active again; not where it was Inactive before. */
  readonly isActivated: boolean;
  /** What was left as it is, and why, a sentence each. */
  readonly left: readonly string[];
}

/**
 * Undoes a containment, for a person who asks for it: the key is activated, where it was Active before, and the denial of
 * the user's older sessions is taken away. May be asked for twice.
 *
 * @throws KeyturnError ERR_REFUSED where the record is none of a containment, ERR_LEASE, ERR_JOURNAL
 * @throws AwsError where AWS refuses: what was done until then is done
 */
export async function undoContainment(options: UndoContainmentOptions): Promise<UndoneContainment> {
  const { aws, journal, record, holder } = options;
  const entries = await journal.read(record);
  const containment = readContainment(entries);
  if (containment === undefined) {
    throw new KeyturnError('ERR_REFUSED', `${record} is no record of a key that was contained`);
  }
  const { AccessKeyId, UserName, PreviousStatus, sessionsDeniedBefore, subject } = containment;
  const lease = await takeLease(journal, subject, holder);
  try {
    const left: string[] = [];
    const isActivated = PreviousStatus !== 'Inactive';
    if (isActivated) await activateAccessKey(aws, { AccessKeyId, UserName });
    else left.push(`${AccessKeyId} was Inactive before, and stays so`);
    if (UserName !== undefined && sessionsDeniedBefore !== undefined) {
      const isAllowed = await allowOlderSessions(aws, { UserName, upTo: sessionsDeniedBefore });
      if (!isAllowed) left.push(`the older sessions of ${UserName} stay denied: that was asked for again since`);
    }
    const data = { AccessKeyId, isActivated, left };
    const at = aws.serverTime();
    await journal.append(record, { at, type: entryTypes.undone, data }, { after: entries.length, lease });
    return { AccessKeyId, UserName, isActivated, left };
  } finally {
    await journal.releaseLease(lease);
  }
}
