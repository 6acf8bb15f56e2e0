import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { KeyPair } from './signed-request.ts';

/** Whom the calls are about: a user, and a key it has. */
export interface Subject {
  readonly UserName: string;
  readonly AccessKeyId: string;
  /** Signs the calls about this one in place of the job's, because it is of another account. */
  readonly pair?: KeyPair;
}

/**
 * What is called. Every new key is deleted again: with `+` the two calls are measured as one, else the first of them alone.
 */
export type LoadAction =
  | 'ListAccessKeys'
  | 'GetAccessKeyLastUsed'
  | 'GetUser'
  | 'ListUsers'
  | 'CreateAccessKey'
  | 'CreateAccessKey+DeleteAccessKey';

/** Users of a page of ListUsers. */
export const pageOfUsers = 50;

export interface Job {
  readonly port: number;
  /** Signs the calls. */
  readonly pair: KeyPair;
  readonly action: LoadAction;
  /** Dealt to the connections, each of which goes through its own again and again. */
  readonly subjects: readonly Subject[];
  /** As many as there are subjects when absent. */
  readonly connections?: number;
  /** Milliseconds. */
  readonly warmUp: number;
  readonly duration: number;
}

export interface Outcome {
  readonly perSecond: number;
  /** The median time of one exchange, in milliseconds. */
  readonly p50: number;
}

/** Puts a server under load from a process of its own. @throws when an answer is not what it should be */
export async function runJob(job: Job): Promise<Outcome> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'generate.ts')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(JSON.stringify(job));
  const [output] = await Promise.all([text(child.stdout), once(child, 'close')]);
  if (child.exitCode !== 0) throw new Error(`the load generator ended with ${child.exitCode ?? child.signalCode}`);
  return JSON.parse(output) as Outcome;
}
