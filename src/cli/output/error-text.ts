import { AwsError, KeyturnError, type ErrorCode } from '../../errors.ts';
import { cleanText } from './display-width.ts';

/** What to do next where the error itself does not say. */
const hints: Readonly<Partial<Record<ErrorCode, string>>> = {
  ERR_USAGE: 'see keyturn --help',
  ERR_REFUSED: 'nothing was changed',
  ERR_QUOTA: 'look at the keys with keyturn keys list, and delete one that is not used',
  ERR_CALLER: 'name the user with --user NAME',
  ERR_UNKNOWN_OUTCOME: 'look with keyturn keys list before anything is tried again',
  ERR_NOT_PROVEN: 'try the key again in a minute: a change in IAM takes time to arrive everywhere',
  ERR_FILE: 'check the path, its owner and its permissions',
  ERR_INTERRUPTED: 'nothing was left half done',
  ERR_INVALID_INPUT: 'see keyturn --help',
};

const lastHint = 'run it again with --debug to see more';
const unexpectedHint = 'this is a mistake in keyturn: run again with --debug, and report what it says';

/** The text of a failure on stderr: JSON in one line where the output is JSON, else what happened and what to do next. */
export function formatError(error: unknown, { json, debug }: { json: boolean; debug: boolean }): string {
  const text = json ? formatJsonError(error) : formatPlainError(error);
  return debug ? `${text}${stackOf(error)}\n` : text;
}

function formatPlainError(error: unknown): string {
  const details = error instanceof AwsError ? formatAwsDetails(error) : '';
  return `error: ${cleanText(messageOf(error))}${details}\n  ${cleanText(hintOf(error))}\n`;
}

function formatJsonError(error: unknown): string {
  const { awsCode, status, requestId } = error instanceof AwsError ? error : {};
  const code = error instanceof KeyturnError ? error.code : 'ERR_UNEXPECTED';
  const members = { code, awsCode, status, requestId, message: messageOf(error), hint: hintOf(error) };
  return `${JSON.stringify({ error: members })}\n`;
}

/** The status belongs to AWS's code; where there is none, the message tells of the status. */
function formatAwsDetails({ awsCode, status, requestId }: AwsError): string {
  const details = [awsCode, awsCode && status, requestId && `request ${requestId}`].filter(
    (detail) => detail !== undefined,
  );
  return details.length === 0 ? '' : ` (${details.join(', ')})`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function hintOf(error: unknown): string {
  if (!(error instanceof KeyturnError)) return unexpectedHint;
  return error.hint ?? hints[error.code] ?? lastHint;
}

/** The stacks of an error and of what caused it. */
function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const own = error.stack ?? error.message;
  return error.cause === undefined ? own : `${own}\ncaused by ${stackOf(error.cause)}`;
}
