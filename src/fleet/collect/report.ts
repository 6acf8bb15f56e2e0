/**
 * The credential report: what its rows say. It is read by the names of its columns, as columns were added over the years,
 * and values in the forms that were seen and documented: `true` and `TRUE`, times that end in `Z` and in `+00:00`.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html#id_credentials_understanding_the_report_format
 */
import { AwsError } from '../../errors.ts';
import { rootUserName } from '../../iam/index.ts';
import type { LastUsed } from '../../iam/index.ts';
import type { Unknown, UserFacts } from '../facts.ts';
import { readCsv } from './csv.ts';

/** One of the two places that a row has for access keys, with a key in it. */
export interface KeySlot {
  readonly Status: 'Active' | 'Inactive';
  /** Created, or last activated. */
  readonly lastRotated: Date | undefined;
  readonly LastUsed: LastUsed;
}

export interface ReportRow {
  readonly UserName: string;
  readonly Arn: string | undefined;
  readonly isRoot: boolean;
  readonly CreateDate: Date | undefined;
  readonly password: UserFacts['password'];
  readonly isMfaActive: boolean | Unknown;
  readonly slots: readonly KeySlot[];
  /** Whether there may be keys that have no slot: more than two, or columns are missing. */
  readonly mayHaveMore: boolean;
  /** What changes when a key is made, deleted, activated or deactivated, or the user is made again. */
  readonly keyColumns: string;
}

type Cells = ReadonlyMap<string, string>;

/**
 * The rows, each read when it is wanted.
 *
 * @throws AwsError ERR_NOT_IAM where there is no column of users
 */
export function readReport(Content: Uint8Array): Iterable<ReportRow> {
  const lines = readCsv(new TextDecoder().decode(Content));
  const head = lines.next();
  return readRows(lines, requireColumns(head.done === true ? [] : head.value));
}

function* readRows(lines: Iterable<readonly string[]>, columns: readonly string[]): Generator<ReportRow> {
  for (const values of lines) {
    const row = readRow(new Map(columns.map((column, index) => [column, values[index]?.trim() ?? ''])));
    if (row.UserName !== '') yield row;
  }
}

function requireColumns(values: readonly string[]): readonly string[] {
  const columns = values.map((value) => value.trim().toLowerCase());
  if (columns.includes('user')) return columns;
  throw new AwsError('ERR_NOT_IAM', 'the credential report has no column named user', {
    hint: 'check the endpoint URL: IAM itself always gives one',
  });
}

function readRow(cells: Cells): ReportRow {
  const UserName = cells.get('user') ?? '';
  const slots = [1, 2].map((number) => readSlot(cells, `access_key_${number}`));
  const LastUsed = readTime(cells.get('password_last_used'));
  const LastChanged = readTime(cells.get('password_last_changed'));
  return {
    UserName,
    Arn: fill(cells.get('arn')),
    isRoot: UserName === rootUserName,
    CreateDate: readTime(cells.get('user_creation_time')),
    password: {
      isEnabled: readFlag(cells, 'password_enabled'),
      ...(LastUsed && { LastUsed }),
      ...(LastChanged && { LastChanged }),
    },
    isMfaActive: readFlag(cells, 'mfa_active'),
    slots: slots.filter((slot) => slot !== undefined && slot !== 'unknown'),
    mayHaveMore: slots.includes('unknown') || !isNothing(cells.get('additional_credentials_info')),
    keyColumns: JSON.stringify(keyColumns.map((column) => cells.get(column) ?? null)),
  };
}

const keyColumns = [
  'user_creation_time',
  'access_key_1_active',
  'access_key_1_last_rotated',
  'access_key_2_active',
  'access_key_2_last_rotated',
  'additional_credentials_info',
];

function readSlot(cells: Cells, slot: string): KeySlot | 'unknown' | undefined {
  const isActive = readFlag(cells, `${slot}_active`);
  const lastRotated = readTime(cells.get(`${slot}_last_rotated`));
  const LastUsed = readUse(cells, slot);
  if (typeof isActive !== 'boolean') return 'unknown';
  // An Inactive key and no key are both `false`; a key has a time.
  if (!isActive && lastRotated === undefined && LastUsed.Kind !== 'used') {
    return cells.has(`${slot}_last_rotated`) ? undefined : 'unknown';
  }
  return { Status: isActive ? 'Active' : 'Inactive', lastRotated, LastUsed };
}

function readUse(cells: Cells, slot: string): LastUsed {
  const date = cells.get(`${slot}_last_used_date`);
  const LastUsedDate = readTime(date);
  if (LastUsedDate !== undefined) {
    const [Region = 'N/A', ServiceName = 'N/A'] = ['region', 'service'].map((what) =>
      fill(cells.get(`${slot}_last_used_${what}`)),
    );
    return { Kind: 'used', LastUsedDate, Region, ServiceName };
  }
  if (date?.toUpperCase() === 'N/A') return { Kind: 'never' };
  return describeSilence(date, `${slot}_last_used_date`);
}

function readFlag(cells: Cells, column: string): boolean | Unknown {
  const value = cells.get(column);
  const flag = value?.toLowerCase();
  if (flag === 'true') return true;
  return flag === 'false' ? false : describeSilence(value, column);
}

function describeSilence(value: string | undefined, column: string): Unknown {
  const what = value === undefined ? `has no column ${column}` : `says ${JSON.stringify(value)} for ${column}`;
  return { Kind: 'unknown', Reason: `the credential report ${what}` };
}

/** A time with its offset from UTC; undefined for the words that stand for none. */
function readTime(value: string | undefined): Date | undefined {
  if (value === undefined || !/^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:?\d\d)$/.test(value)) return undefined;
  const time = new Date(value);
  return Number.isNaN(time.getTime()) ? undefined : time;
}

function isNothing(value: string | undefined): boolean {
  return value === undefined || /^(|n\/a|false|no_information)$/i.test(value);
}

/** An empty cell says as little as none. */
function fill(value: string | undefined): string | undefined {
  return value === '' ? undefined : value;
}
