// What a test asks of rotation-child.ts, and what it hears from it.
import type { Patience } from '../../src/rotation/index.ts';
import type { Point } from './rotation-effects.ts';

export interface Job {
  readonly act: 'rotate' | 'resume' | 'undo' | 'discard';
  readonly id: string;
  /** The folder of everything: the clock, the secrets made, the home. */
  readonly folder: string;
  readonly journal: string;
  /** Whose key; the caller's own when absent. */
  readonly UserName?: string | undefined;
  readonly sinks: readonly string[];
  readonly patience: Patience;
  /** For `discard`. */
  readonly AccessKeyId?: string | undefined;
  /** Whether it stays until the rotation is closed, its waits passing in a moment. */
  readonly stays: boolean;
  /** Where the process kills, stops or interrupts itself. */
  readonly end?:
    | { readonly effect: number; readonly when: Point['when']; readonly signal: 'SIGKILL' | 'SIGSTOP' | 'SIGINT' }
    | undefined;
  /** Whether it waits for the test at every point. */
  readonly watched: boolean;
}

export type Ending =
  | { readonly kind: 'closed'; readonly outcome: string }
  | { readonly kind: 'waiting'; readonly until: string }
  | { readonly kind: 'failed'; readonly code: string; readonly message: string; readonly hint: string };

export type Message = { readonly point: Point } | { readonly ending: Ending };
