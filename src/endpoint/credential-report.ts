/**
 * The credential report: a line of CSV for the root user and for each user.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html#id_credentials_understanding_the_report_format
 */

import type { ReportCertificate, ReportKey, ReportSubject } from './directory/credential-reports.ts';

const columns = [
  'user',
  'arn',
  'user_creation_time',
  'password_enabled',
  'password_last_used',
  'password_last_changed',
  'password_next_rotation',
  'mfa_active',
  ...describeSlots('access_key', ['active', 'last_rotated', 'last_used_date', 'last_used_region', 'last_used_service']),
  ...describeSlots('cert', ['active', 'last_rotated']),
];

function describeSlots(prefix: string, names: readonly string[]): string[] {
  return [1, 2].flatMap((slot) => names.map((name) => `${prefix}_${slot}_${name}`));
}

/** What a report needs to know beside its subjects. */
export interface ReportAccount {
  readonly accountId: string;
  /** Days after which a password expires; absent: never. */
  readonly maxPasswordAge: number | undefined;
}

/** Bytes of a part, but for the last: a multiple of three, so that parts turned into base64 one by one fit together. */
const partLength = 48 * 1024;

/** The bytes of a report, part by part. Lines are separated by a line feed; the last one has none. */
export function* composeReport(account: ReportAccount, subjects: Iterable<ReportSubject>): Generator<Uint8Array> {
  // All of it is ASCII, so a character is a byte.
  let waiting = columns.join(',');
  for (const subject of subjects) {
    waiting += `\n${composeLine(account, subject)}`;
    if (waiting.length >= partLength) {
      yield Buffer.from(waiting.slice(0, partLength));
      waiting = waiting.slice(partLength);
    }
  }
  yield Buffer.from(waiting);
}

function composeLine(account: ReportAccount, subject: ReportSubject): string {
  const { accountId } = account;
  const { UserName, Path = '/', CreateDate, mfa, keys, certificates } = subject;
  const values = [
    UserName ?? '<root_account>',
    UserName === undefined ? `arn:aws:iam::${accountId}:root` : `arn:aws:iam::${accountId}:user${Path}${UserName}`,
    writeTime(CreateDate),
    ...describePassword(account, subject),
    String(mfa),
    ...describeKey(keys[0]),
    ...describeKey(keys[1]),
    ...describeCertificate(certificates[0]),
    ...describeCertificate(certificates[1]),
  ];
  return values.map(quote).join(',');
}

/** Nobody signs in to a console here, so a password has never been used. */
function describePassword({ maxPasswordAge }: ReportAccount, { UserName, passwordChangedAt }: ReportSubject): string[] {
  const isRoot = UserName === undefined;
  if (passwordChangedAt === undefined) return ['false', 'N/A', 'N/A', isRoot ? 'not_supported' : 'N/A'];
  const due = maxPasswordAge === undefined ? 'N/A' : writeTime(addDays(passwordChangedAt, maxPasswordAge));
  const next = isRoot ? 'not_supported' : due;
  return ['true', 'no_information', writeTime(passwordChangedAt), next];
}

function describeKey(key: ReportKey | undefined): string[] {
  if (key === undefined) return ['false', 'N/A', 'N/A', 'N/A', 'N/A'];
  const { active, CreateDate, lastUse } = key;
  const use = lastUse && [writeTime(lastUse.LastUsedDate), lastUse.Region, lastUse.ServiceName];
  return [String(active), writeTime(CreateDate), ...(use ?? ['N/A', 'N/A', 'N/A'])];
}

function describeCertificate(certificate: ReportCertificate | undefined): string[] {
  if (certificate === undefined) return ['false', 'N/A'];
  return [String(certificate.active), writeTime(certificate.UploadDate)];
}

function addDays(date: Date, days: number): Date {
  return new Date(date.getTime() + days * 24 * 60 * 60 * 1_000);
}

function writeTime(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}

/** User names may have commas, and paths quotation marks too. Source: https://www.rfc-editor.org/rfc/rfc4180#section-2 */
function quote(value: string): string {
  return /[",]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
