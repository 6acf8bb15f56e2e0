/** What goes wrong in a rehearsal, on purpose. Times are milliseconds. */

/** Which requests are meant; everything absent means all. */
export interface Scope {
  /** Names such as `iam:CreateAccessKey`, `iam:Create*` or `*`, case ignored. */
  readonly actions?: readonly string[] | undefined;
  /** Of the caller. */
  readonly accountId?: string | undefined;
}

/** New, changed and deleted users and keys are known late, and not everywhere at the same time. */
export interface Consistency {
  /** Each replica hears of each change after a time between the two. */
  readonly delay: { readonly from: number; readonly to: number };
  readonly replicas: number;
}

/** A token bucket for each action of each account. */
export interface Throttling extends Scope {
  /** Requests a second in the long run. */
  readonly rate: number;
  /** Requests at once. */
  readonly burst: number;
}

/** One thing that goes wrong, with some of the requests in its scope. */
export type Fault = Scope & {
  /** So many are spared first; 0 when absent. */
  readonly skip?: number | undefined;
  /** After so many it is over; never when absent. */
  readonly count?: number | undefined;
  /** The probability for each request, from 0 to 1; 1 when absent. */
  readonly rate?: number | undefined;
} & (
    | { readonly kind: 'latency'; readonly delay: { readonly from: number; readonly to: number } }
    /** It is done, and nobody is told: the connection ends without an answer. */
    | { readonly kind: 'lost-answer' }
    | {
        readonly kind: 'error';
        readonly code: string;
        readonly message: string;
        readonly status: number;
        /** Whether it is done all the same. */
        readonly done: boolean;
      }
  );

export interface RehearsalTerms {
  /** The same seed and the same requests give the same rehearsal. */
  readonly seed: string;
  readonly consistency?: Consistency | undefined;
  readonly throttling: readonly Throttling[];
  readonly faults: readonly Fault[];
}
