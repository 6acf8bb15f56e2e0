import type { StoredReport } from '../directory/credential-reports.ts';

/** Milliseconds from asking for a report to having it. AWS took about as long for a small account. */
const generationTime = 2_000;
const lifetime = 4 * 60 * 60 * 1_000;

export interface ReportState {
  readonly state: 'absent' | 'in progress' | 'complete' | 'expired';
  /** When the report was or will be complete; the time of asking where there is none. */
  readonly GeneratedTime: Date;
}

/** How far an account's report has come. */
export function findReportState(report: StoredReport | undefined, now: Date): ReportState {
  if (report === undefined) return { state: 'absent', GeneratedTime: now };
  const GeneratedTime = new Date(report.requestedAt.getTime() + generationTime);
  const age = now.getTime() - GeneratedTime.getTime();
  if (age < 0 || report.length === 0) return { state: 'in progress', GeneratedTime };
  return { state: age < lifetime ? 'complete' : 'expired', GeneratedTime };
}
