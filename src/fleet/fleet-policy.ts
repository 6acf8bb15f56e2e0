/** What is to be done about keys, and about whose: the section `fleet` of keyturn.yaml as values. It decides nothing itself. */
import type { Exclusion } from './rules/index.ts';

/** Whose keys: as of an exclusion, all that is given has to hold. */
export type Selection = Pick<Exclusion, 'accounts' | 'users' | 'paths' | 'tags'>;

export interface FleetPolicy extends Selection {
  readonly name: string;
  /** Nothing is done about these keys. */
  readonly reportOnly: boolean;
  /** Active keys, last used or made longer ago than this, in milliseconds. */
  readonly deactivate?: { readonly unused?: number; readonly neverUsed?: number };
  /** Keys that we deactivated longer ago than this. */
  readonly delete?: { readonly after: number };
  /** Active keys older than this get a successor, which is brought to these sinks. */
  readonly rotate?: { readonly older: number; readonly to: readonly string[] };
}

export interface FleetSettings {
  /** How many keys one run may touch: of all, or as a number. At least one. */
  readonly maxKeys: { readonly percent: number } | { readonly keys: number };
  /** The first that covers a user decides about its keys; those of others are only reported. */
  readonly policies: readonly FleetPolicy[];
}
