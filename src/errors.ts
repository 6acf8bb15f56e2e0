/**
 * What can go wrong, as stable codes: a program may switch on them, and they only ever grow.
 *
 * Ours: `ERR_USAGE` the arguments or settings cannot be carried out · `ERR_REFUSED` refused for safety · `ERR_QUOTA`
 * the user has all the access keys it may have · `ERR_CALLER` this kind of caller cannot do this without more being said
 * · `ERR_UNKNOWN_OUTCOME` the call may or may not have been done · `ERR_NOT_PROVEN` a new key did not come to work in
 * time · `ERR_FILE` a file could not be read or written · `ERR_INTERRUPTED` the caller's AbortSignal fired ·
 * `ERR_UNKNOWN_KEY` there is an access key that nobody can account for · `ERR_GATE` the evidence does not allow the step ·
 * `ERR_LEASE` somebody else is at work on the same user · `ERR_CONFLICTING_RECORD` the user has an open rotation ·
 * `ERR_JOURNAL` the journal cannot be read or written, or was changed · `ERR_STALE` the world is no longer as the plan
 * says · `ERR_SINK` a place for a key could not be read or written.
 *
 * Answers of AWS: `ERR_NO_SUCH_ENTITY`, `ERR_ACCESS_DENIED`, `ERR_CREDENTIALS` (missing, wrong, Inactive or deleted),
 * `ERR_EXPIRED_CREDENTIALS`, `ERR_CLOCK`, `ERR_INVALID_INPUT`, `ERR_CONFLICT`, `ERR_THROTTLED`, `ERR_SERVICE` (a 5xx),
 * `ERR_NETWORK` (no answer at all), `ERR_NOT_IAM` (an answer that is not IAM's), `ERR_AWS` (any other).
 */
export type ErrorCode =
  | 'ERR_USAGE'
  | 'ERR_REFUSED'
  | 'ERR_QUOTA'
  | 'ERR_CALLER'
  | 'ERR_UNKNOWN_OUTCOME'
  | 'ERR_NOT_PROVEN'
  | 'ERR_FILE'
  | 'ERR_INTERRUPTED'
  | 'ERR_UNKNOWN_KEY'
  | 'ERR_GATE'
  | 'ERR_LEASE'
  | 'ERR_CONFLICTING_RECORD'
  | 'ERR_JOURNAL'
  | 'ERR_STALE'
  | 'ERR_SINK'
  | AwsErrorCode;

export type AwsErrorCode =
  | 'ERR_NO_SUCH_ENTITY'
  | 'ERR_ACCESS_DENIED'
  | 'ERR_CREDENTIALS'
  | 'ERR_EXPIRED_CREDENTIALS'
  | 'ERR_CLOCK'
  | 'ERR_INVALID_INPUT'
  | 'ERR_CONFLICT'
  | 'ERR_THROTTLED'
  | 'ERR_SERVICE'
  | 'ERR_NETWORK'
  | 'ERR_NOT_IAM'
  | 'ERR_AWS';

export interface ErrorOptions {
  /** What the reader can do next, in one line; a corrected command where there is one. */
  readonly hint?: string | undefined;
  readonly cause?: unknown;
}

/** Every error that Keyturn throws on purpose. A wrong argument in code is a `TypeError` instead. */
export class KeyturnError extends Error {
  readonly code: ErrorCode;
  readonly hint: string | undefined;

  constructor(code: ErrorCode, message: string, options: ErrorOptions = {}) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined);
    this.name = new.target.name;
    this.code = code;
    this.hint = options.hint;
  }
}

export interface AwsErrorOptions extends ErrorOptions {
  /** The code on the wire (`NoSuchEntity`), or the network's (`ECONNREFUSED`). */
  readonly awsCode?: string | undefined;
  readonly status?: number | undefined;
  readonly requestId?: string | undefined;
}

/** A call to AWS that failed: its answer, or the lack of one. */
export class AwsError extends KeyturnError {
  declare readonly code: AwsErrorCode;
  readonly awsCode: string | undefined;
  readonly status: number | undefined;
  readonly requestId: string | undefined;

  constructor(code: AwsErrorCode, message: string, options: AwsErrorOptions = {}) {
    super(code, message, options);
    this.awsCode = options.awsCode;
    this.status = options.status;
    this.requestId = options.requestId;
  }
}
