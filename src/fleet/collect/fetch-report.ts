import { AwsError } from '../../errors.ts';
import { pause } from '../../iam/clock.ts';
import { readCredentialReport, startCredentialReport } from '../../iam/credential-report.ts';
import type { CredentialReport } from '../../iam/credential-report.ts';
import type { Clock } from '../../iam/index.ts';
import type { AccountDoor } from './door.ts';

/** Milliseconds that IAM takes for the report of a small account, and a little more. */
const usualTime = 2200;
/** Milliseconds between one look and the next, the last for good. */
const looks = [1000, 1000, 2000, 3000, 5000, 10_000];
/** Milliseconds after which a report is given up. A large account's takes minutes. */
const longestTime = 20 * 60_000;

/** When IAM had been asked, in milliseconds, and whether it had a report then. */
export interface ReportRequest {
  readonly askedAt: number;
  readonly isThere: boolean;
}

/**
 * Asks for the report, so that IAM makes it while other things are read. A LimitExceeded says that it was asked for too
 * often: there is one then, or will be.
 *
 * @throws AwsError
 */
export async function requestReport(
  door: AccountDoor,
  clock: Clock,
  signal: AbortSignal | undefined,
): Promise<ReportRequest> {
  const isThere = await askForReport(door, signal);
  return { askedAt: clock.now().getTime(), isThere };
}

/**
 * Waits for the report that was asked for and gets it.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetCredentialReport.html
 * @throws AwsError
 */
export async function fetchReport(
  door: AccountDoor,
  request: ReportRequest,
  clock: Clock,
  signal: AbortSignal | undefined,
): Promise<CredentialReport> {
  const { askedAt, isThere } = request;
  const measure = () => clock.now().getTime() - askedAt;
  if (!isThere) await pause(clock, Math.max(0, usualTime - measure()), signal);
  for (let look = 0; ; look++) {
    try {
      return await door.call('GetCredentialReport', readCredentialReport, signal);
    } catch (error) {
      if (!isNotYet(error) || measure() > longestTime) throw error;
      await pause(clock, looks[Math.min(look, looks.length - 1)] ?? 0, signal);
      // A report that is being made comes by itself; one that is not there, or too old, has to be asked for again.
      if (error.awsCode !== 'ReportInProgress') await askForReport(door, signal);
    }
  }
}

async function askForReport(door: AccountDoor, signal: AbortSignal | undefined): Promise<boolean> {
  try {
    return await door.call('GenerateCredentialReport', startCredentialReport, signal);
  } catch (error) {
    if (error instanceof AwsError && error.awsCode === 'LimitExceeded') return true;
    throw error;
  }
}

function isNotYet(error: unknown): error is AwsError {
  return (
    error instanceof AwsError && ['ReportInProgress', 'ReportNotPresent', 'ReportExpired'].includes(error.awsCode ?? '')
  );
}
