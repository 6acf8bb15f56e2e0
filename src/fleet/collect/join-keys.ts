import type { AccessKeyMetadata } from '../../iam/index.ts';
import type { KeySlot } from './report.ts';

/**
 * Which slot of a report's row each listed key has. The report names no ids, so times have to tell: a slot has the time at
 * which its key was created or last activated, and its order follows nothing. A key that the report may not know, or that
 * could have one slot as well as another of a different use, has none here: IAM has to be asked about it.
 *
 * @param reportedAt a key made later is not in the report
 */
export function joinKeys(
  keys: readonly AccessKeyMetadata[],
  slots: readonly KeySlot[],
  reportedAt: Date,
): ReadonlyMap<string, KeySlot> {
  const joined = new Map<string, KeySlot>();
  const reported = keys.filter((key) => toSecond(key.CreateDate) <= toSecond(reportedAt));
  joinSingles(joined, reported, slots, (key, slot) => compareTimes(slot, key) === 0);
  joinSingles(joined, reported, slots, (key, slot) => compareTimes(slot, key) >= 0);
  return joined;
}

/** Joins those left that can only be each other's, or whose slots say the same. */
function joinSingles(
  joined: Map<string, KeySlot>,
  keys: readonly AccessKeyMetadata[],
  slots: readonly KeySlot[],
  mayBe: (key: AccessKeyMetadata, slot: KeySlot) => boolean,
): void {
  const taken = new Set(joined.values());
  const freeKeys = keys.filter(({ AccessKeyId }) => !joined.has(AccessKeyId));
  const freeSlots = slots.filter((slot) => !taken.has(slot));
  for (const key of freeKeys) {
    const its = freeSlots.filter((slot) => mayBe(key, slot));
    const rivals = freeKeys.filter((other) => its.some((slot) => mayBe(other, slot)));
    const [slot] = its;
    if (slot === undefined || rivals.length > its.length) continue;
    if (its.length === 1) joined.set(key.AccessKeyId, slot);
    else if (its.every((other) => saysTheSame(other, slot))) {
      joined.set(key.AccessKeyId, its[rivals.indexOf(key)] ?? slot);
    }
  }
}

/** A slot without a time may be any key's that is older than the report. */
function compareTimes({ lastRotated }: KeySlot, { CreateDate }: AccessKeyMetadata): number {
  return lastRotated === undefined ? 1 : toSecond(lastRotated) - toSecond(CreateDate);
}

function saysTheSame(one: KeySlot, other: KeySlot): boolean {
  return JSON.stringify([one.lastRotated, one.LastUsed]) === JSON.stringify([other.lastRotated, other.LastUsed]);
}

/** AWS shows no smaller parts. */
function toSecond(time: Date): number {
  return Math.floor(time.getTime() / 1000);
}
