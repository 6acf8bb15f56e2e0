/** What a plan says of one key. */
import type { LastUsed } from '../../iam/index.ts';
import type { Source } from '../facts.ts';

export type FleetAction = 'deactivate' | 'delete' | 'rotate' | 'report';

/** The facts an entry was decided by. A live reading has to agree with them before anything is done. */
export interface PlanEvidence {
  readonly Status: string;
  /** Absent where only the credential report was to be had. */
  readonly CreateDate?: Date;
  readonly LastUsed: LastUsed;
  readonly Source: Source;
  /** How old the evidence is. */
  readonly ReadAt: Date;
  /** When Keyturn made the key Inactive. */
  readonly DeactivatedAt?: Date;
}

export interface PlanEntry {
  readonly Account: string;
  readonly UserName: string;
  /** Absent for a key that is only reported because too little is known of its user. */
  readonly UserId?: string;
  readonly AccessKeyId?: string;
  readonly Action: FleetAction;
  /** The name of the fleet policy. */
  readonly Policy: string;
  /** In words. */
  readonly Reason: string;
  /** The places of a rotation. */
  readonly Sinks?: readonly string[];
  readonly Evidence: PlanEvidence;
}

/** An entry that changes something. */
export type PlannedChange = PlanEntry & {
  readonly UserId: string;
  readonly AccessKeyId: string;
  readonly Action: Exclude<FleetAction, 'report'>;
};

export function isChange(entry: PlanEntry): entry is PlannedChange {
  return entry.Action !== 'report' && entry.UserId !== undefined && entry.AccessKeyId !== undefined;
}
