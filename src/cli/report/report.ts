import type { ScanCost } from '../../fleet/facts.ts';
import type { Tally } from '../../fleet/report/index.ts';
import type { Exclusion, Finding } from '../../fleet/rules/index.ts';

/** An audit that has ended: what every form of its report is made of. */
export interface Report {
  readonly now: Date;
  readonly tally: Tally;
  readonly cost: ScanCost;
  /** Exclusions that have run out, and exclude no longer. */
  readonly expired: readonly Exclusion[];
  /** The worst first. May be gone through more than once. */
  findings(): Iterable<Finding>;
}

/** A form of report, in pieces of text. */
export type WriteReport = (report: Report) => Iterable<string>;
