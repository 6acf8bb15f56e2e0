import { KeyturnError } from '../errors.ts';

/** The evidence that a key works: how often it was tried, with which result, in how many milliseconds. */
export interface Proof {
  readonly AccessKeyId: string;
  readonly Arn: string;
  readonly attempts: number;
  /** The successes in a row at the end. */
  readonly successes: number;
  readonly elapsed: number;
}

/** A key that did not come to work, or works as someone else. */
export class NotProvenError extends KeyturnError {
  declare readonly code: 'ERR_NOT_PROVEN';
  readonly AccessKeyId: string;
  readonly attempts: number;
  readonly elapsed: number;

  constructor(why: string, tried: Omit<Proof, 'Arn' | 'successes'>, cause?: unknown) {
    super('ERR_NOT_PROVEN', `access key ${tried.AccessKeyId} ${why}`, {
      hint: 'give the key to nobody: delete it, and make another one',
      ...(cause !== undefined && { cause }),
    });
    this.AccessKeyId = tried.AccessKeyId;
    this.attempts = tried.attempts;
    this.elapsed = tried.elapsed;
  }
}
