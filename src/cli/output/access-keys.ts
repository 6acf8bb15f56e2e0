import type { LastUsed } from '../../iam/index.ts';
import type { ListAnswer } from './answer.ts';
import type { JsonObject } from './json.ts';
import type { Cell } from './table.ts';
import { formatAge, formatTime } from './time.ts';

/** An access key as the lists show it; what is not known of it is absent. */
export interface AccessKeyElement {
  readonly UserName?: string | undefined;
  readonly AccessKeyId: string;
  readonly Status?: string | undefined;
  readonly CreateDate?: Date | undefined;
  readonly LastUsed: LastUsed;
}

/** How `keys list` and `keys last-used` print their list. */
export function describeAccessKeys(now: Date): ListAnswer<AccessKeyElement> {
  return {
    member: 'AccessKeys',
    toJson: toJsonElement,
    csvColumns: [
      'UserName',
      'AccessKeyId',
      'Status',
      'CreateDate',
      'LastUsed.Kind',
      'LastUsed.LastUsedDate',
      'LastUsed.Region',
      'LastUsed.ServiceName',
      'LastUsed.Reason',
    ],
    columns: [
      { title: 'access key id' },
      { title: 'user', least: 8 },
      { title: 'status' },
      { title: 'age' },
      { title: 'last used', least: 12 },
    ],
    toRow: ({ AccessKeyId, UserName, Status, CreateDate, LastUsed }) => [
      { text: AccessKeyId },
      { text: UserName ?? '?' },
      Status === 'Active' ? { text: Status } : { text: Status ?? '?', style: 'dim' },
      { text: CreateDate === undefined ? '?' : formatAge(CreateDate, now) },
      showLastUsed(LastUsed),
    ],
  };
}

/** A last use in one line, with the time to the second: for the evidence shown before something is done to a key. */
export function formatEvidence(LastUsed: LastUsed): string {
  switch (LastUsed.Kind) {
    case 'used':
      return `${formatTime(LastUsed.LastUsedDate)} by ${LastUsed.ServiceName} in ${LastUsed.Region}`;
    case 'never':
      return 'never';
    case 'unknown':
      return `unknown: ${LastUsed.Reason}`;
  }
}

function showLastUsed(LastUsed: LastUsed): Cell {
  if (LastUsed.Kind === 'never') return { text: 'never', style: 'dim' };
  if (LastUsed.Kind === 'unknown') return { text: `unknown: ${LastUsed.Reason}`, style: 'yellow' };
  const date = formatTime(LastUsed.LastUsedDate).slice(0, 10);
  return { text: `${date} ${LastUsed.ServiceName} ${LastUsed.Region}` };
}

function toJsonElement({ UserName, AccessKeyId, Status, CreateDate, LastUsed }: AccessKeyElement): JsonObject {
  return {
    ...(UserName !== undefined && { UserName }),
    AccessKeyId,
    ...(Status !== undefined && { Status }),
    ...(CreateDate !== undefined && { CreateDate: formatTime(CreateDate) }),
    LastUsed:
      LastUsed.Kind === 'used' ? { ...LastUsed, LastUsedDate: formatTime(LastUsed.LastUsedDate) } : { ...LastUsed },
  };
}
