import type { Connection } from '../../iam/index.ts';
import type { Interruption } from '../interruption.ts';

/** How long a change may take to be known everywhere: milliseconds, as `proveAccessKey` takes them. */
export interface Patience {
  readonly firstAfter: number;
  readonly every: number;
  readonly within: number;
}

/** What the story is told with. */
export interface Stage {
  readonly aws: Connection;
  /** Whose keys; the caller's own if absent. */
  readonly UserName: string | undefined;
  readonly patience: Patience;
  readonly interruption: Interruption;
  /** Tells one step: the call that was made, and what came of it. */
  readonly tell: (call: string, text: string) => Promise<void>;
  /** A word while something takes its time. */
  readonly wait: (text: string) => void;
}
