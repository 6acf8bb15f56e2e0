import { AwsError, KeyturnError } from '../errors.ts';
import type { AwsErrorCode } from '../errors.ts';
import { ForeignAnswer } from './answer.ts';
import { coverError, coverMessage } from './cover.ts';
import { adviseOn, adviseOnProvider } from './hints.ts';
import { describeInterruption } from './interruption.ts';

/** IAM's and STS's codes, and those that other services and older endpoints use for the same things. */
const codes: Readonly<Partial<Record<string, AwsErrorCode>>> = {
  NoSuchEntity: 'ERR_NO_SUCH_ENTITY',
  AccessDenied: 'ERR_ACCESS_DENIED',
  AccessDeniedException: 'ERR_ACCESS_DENIED',
  UnauthorizedOperation: 'ERR_ACCESS_DENIED',
  InvalidClientTokenId: 'ERR_CREDENTIALS',
  UnrecognizedClientException: 'ERR_CREDENTIALS',
  InvalidAccessKeyId: 'ERR_CREDENTIALS',
  AuthFailure: 'ERR_CREDENTIALS',
  MissingAuthenticationToken: 'ERR_CREDENTIALS',
  MissingAuthenticationTokenException: 'ERR_CREDENTIALS',
  IncompleteSignature: 'ERR_CREDENTIALS',
  SignatureDoesNotMatch: 'ERR_CREDENTIALS',
  InvalidSignatureException: 'ERR_CREDENTIALS',
  ExpiredToken: 'ERR_EXPIRED_CREDENTIALS',
  ExpiredTokenException: 'ERR_EXPIRED_CREDENTIALS',
  RequestExpired: 'ERR_CLOCK',
  RequestInTheFuture: 'ERR_CLOCK',
  RequestTimeTooSkewed: 'ERR_CLOCK',
  ValidationError: 'ERR_INVALID_INPUT',
  ValidationException: 'ERR_INVALID_INPUT',
  InvalidInput: 'ERR_INVALID_INPUT',
  MalformedInput: 'ERR_INVALID_INPUT',
  InvalidParameterValue: 'ERR_INVALID_INPUT',
  MissingParameter: 'ERR_INVALID_INPUT',
  LimitExceeded: 'ERR_CONFLICT',
  EntityAlreadyExists: 'ERR_CONFLICT',
  EntityTemporarilyUnmodifiable: 'ERR_CONFLICT',
  DeleteConflict: 'ERR_CONFLICT',
  ConcurrentModification: 'ERR_CONFLICT',
  Throttling: 'ERR_THROTTLED',
  ThrottlingException: 'ERR_THROTTLED',
  RequestLimitExceeded: 'ERR_THROTTLED',
  TooManyRequestsException: 'ERR_THROTTLED',
};

/**
 * Whatever a call through the SDK threw, as one of our errors: code, AWS's code, status, request id, cause, and a hint at
 * what to do next. Nothing in it shows a secret, however deep it is printed.
 *
 * The wire's code is `err.Code`; `err.name` is the SDK's class (`NoSuchEntityException`) where it has one. Services that are
 * asked in JSON have the name alone.
 */
export function describeFailure(error: unknown, signal: AbortSignal | undefined): KeyturnError {
  if (error instanceof KeyturnError) return error;
  if (signal?.aborted) return describeInterruption(signal);
  if (!(error instanceof Error)) return new AwsError('ERR_AWS', 'the call failed', { cause: coverError(error) });
  if (error instanceof ForeignAnswer) return describeForeignAnswer(error);
  const { $fault, Code = $fault && error.name, $metadata } = readFacts(error);
  if (Code !== undefined) return describeRefusal(error, Code);
  if ($metadata.httpStatusCode !== undefined) return describeUnreadable(error);
  return describeNoAnswer(error);
}

/** Credentials that could not be had: none, half of them, a provider that failed, a sign-in that ran out. */
export function describeMissingCredentials(error: unknown): AwsError {
  const failure = error instanceof Error ? error : new Error('the credential provider failed', { cause: error });
  const { Code, $metadata } = readFacts(failure);
  const { reason, covered } = describeProviderFailure(failure);
  return new AwsError('ERR_CREDENTIALS', `there are no credentials to sign with: ${reason}`, {
    awsCode: Code ?? failure.name,
    status: $metadata.httpStatusCode,
    requestId: $metadata.requestId,
    hint: adviseOnProvider(reason),
    cause: covered,
  });
}

/** The command line of a credential_process may hold a password, and stands in the words of its failure. */
function describeProviderFailure(failure: Error): { reason: string; covered: unknown } {
  const message = coverMessage(failure);
  if (!message.startsWith('Command failed:')) return { reason: message, covered: coverError(failure) };
  const reason = 'the credential_process of the profile failed';
  return { reason, covered: coverError(failure, reason) };
}

interface Facts {
  readonly Code?: string;
  readonly code?: string;
  /** Of what the SDK takes for an answer of the service. */
  readonly $fault?: string;
  readonly $metadata: { readonly httpStatusCode?: number; readonly requestId?: string };
}

function readFacts(error: Error): Facts {
  return { $metadata: {}, ...(error as Partial<Facts>) };
}

function describeRefusal(error: Error, awsCode: string): AwsError {
  const { $metadata } = readFacts(error);
  const status = $metadata.httpStatusCode;
  const known = coverMessage(error);
  const message = /^(Unknown|UnknownError)?$/.test(known) ? `${awsCode} (HTTP ${status ?? 'unknown'})` : known;
  const code = classifyRefusal(awsCode, status, message);
  return new AwsError(code, message, {
    awsCode,
    status,
    requestId: $metadata.requestId,
    hint: adviseOn(code, { awsCode, message }),
    cause: coverError(error),
  });
}

/** IAM and STS refuse a request of the wrong time as a wrong signature; only the words tell the two apart. */
function classifyRefusal(awsCode: string, status: number | undefined, message: string): AwsErrorCode {
  if (/^Signature (expired|not yet current)\b/.test(message)) return 'ERR_CLOCK';
  const code = codes[awsCode];
  if (code !== undefined) return code;
  if (status === 429) return 'ERR_THROTTLED';
  return status !== undefined && status >= 500 ? 'ERR_SERVICE' : 'ERR_AWS';
}

function describeForeignAnswer(error: ForeignAnswer): AwsError {
  const status = error.$metadata.httpStatusCode;
  const code = status !== undefined && status >= 500 ? 'ERR_SERVICE' : 'ERR_NOT_IAM';
  const message = `the endpoint answered with HTTP ${status ?? 'nothing'} and ${error.message}`;
  return new AwsError(code, message, { status, hint: adviseOn(code, { message }), cause: coverError(error) });
}

/** The parser's words may quote the answer, and the answer may hold a new key's secret: they are not passed on. */
function describeUnreadable(error: Error): AwsError {
  const { httpStatusCode: status, requestId } = readFacts(error).$metadata;
  const code = status !== undefined && status >= 500 ? 'ERR_SERVICE' : 'ERR_NOT_IAM';
  const message = `the endpoint answered with HTTP ${status ?? 'nothing'} and what cannot be read as IAM's answer`;
  const cause = coverError(error, 'the answer could not be read');
  return new AwsError(code, message, { status, requestId, hint: adviseOn(code, { message }), cause });
}

function describeNoAnswer(error: Error): KeyturnError {
  const { code } = readFacts(error);
  const message = describeSilence(error, code);
  const cause = coverError(error);
  if (/^Region (is missing|not accepted)/.test(message) || code === 'ERR_INVALID_URL') {
    return new KeyturnError('ERR_USAGE', message, { hint: 'check the region and the endpoint URL', cause });
  }
  if (code?.startsWith('HPE_')) {
    return new AwsError('ERR_NOT_IAM', `what listens there does not speak HTTP: ${message}`, {
      awsCode: code,
      hint: adviseOn('ERR_NOT_IAM', { message }),
      cause,
    });
  }
  if (code === undefined && error.name !== 'TimeoutError') return new AwsError('ERR_AWS', message, { cause });
  const awsCode = code ?? error.name;
  return new AwsError('ERR_NETWORK', message, { awsCode, hint: adviseOn('ERR_NETWORK', { awsCode, message }), cause });
}

/** OpenSSL's words, and those of the SDK about a time that ran out, are for those who wrote the code. */
function describeSilence(error: Error, code: string | undefined): string {
  if (code === 'EPROTO') return 'no TLS connection could be made';
  const message = coverMessage(error);
  const [, unanswered, unconnected] =
    /exceeded the configured (\d+) ms requestTimeout|a connection .* configured timeout of (\d+) ms/.exec(message) ??
    [];
  if (unanswered !== undefined) return `no answer came within ${Number(unanswered) / 1000} seconds`;
  return unconnected === undefined
    ? message
    : `no connection could be made within ${Number(unconnected) / 1000} seconds`;
}
