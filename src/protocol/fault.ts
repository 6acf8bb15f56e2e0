/** Whose fault a refusal is, in AWS's words: the caller's (4xx) or the service's (5xx). */
export type FaultType = 'Sender' | 'Receiver';

/**
 * A request that is answered with an error, as AWS would answer it.
 *
 * The code is the one on the wire (`NoSuchEntity`), not the name an SDK gives its exception. An empty message leaves the
 * Message element out, as AWS does for a credential report that is not there.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html
 *
 * @example
 * throw new AwsFault('NoSuchEntity', 'The user with name bob cannot be found.', 404);
 */
export class AwsFault extends Error {
  readonly code: string;
  readonly status: number;
  readonly fault: FaultType;

  constructor(code: string, message: string, status = 400, fault: FaultType = status < 500 ? 'Sender' : 'Receiver') {
    super(message);
    this.name = 'AwsFault';
    this.code = code;
    this.status = status;
    this.fault = fault;
  }
}

/** A request whose parameters cannot be read at all; what a constraint forbids is a ValidationError instead. */
export function refuseMalformed(message: string): AwsFault {
  return new AwsFault('MalformedInput', message);
}
