import { GenerateCredentialReportCommand, GetCredentialReportCommand } from '@aws-sdk/client-iam';
import { AwsError } from '../errors.ts';
import type { Connection } from './connection.ts';
import { send } from './send.ts';

export interface CredentialReport {
  /** CSV, UTF-8. */
  readonly Content: Uint8Array;
  readonly GeneratedTime: Date;
}

/**
 * Asks for a credential report, once. IAM makes a new one when the last is more than four hours old.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_GenerateCredentialReport.html
 * @returns whether there is one to get now
 * @throws AwsError ERR_CONFLICT (LimitExceeded) when it is being asked for too often, and any other answer of IAM
 */
export async function startCredentialReport(aws: Connection, signal: AbortSignal | undefined): Promise<boolean> {
  const command = new GenerateCredentialReportCommand({});
  const { State } = await send(aws.iam, command, signal, (options) => aws.iam.send(command, options));
  return State === 'COMPLETE';
}

/**
 * The report, where there is one.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetCredentialReport.html
 * @throws AwsError with the awsCode ReportInProgress, ReportNotPresent or ReportExpired, and any other answer of IAM
 */
export async function readCredentialReport(
  aws: Connection,
  signal: AbortSignal | undefined,
): Promise<CredentialReport> {
  const command = new GetCredentialReportCommand({});
  const answer = await send(aws.iam, command, signal, (options) => aws.iam.send(command, options));
  const { Content, GeneratedTime } = answer;
  if (Content !== undefined && GeneratedTime !== undefined) return { Content, GeneratedTime };
  throw new AwsError('ERR_NOT_IAM', 'the endpoint gave a credential report without its Content or GeneratedTime');
}
