import type { AccessKeyMetadata } from '../../iam/index.ts';
import type { KeySlot } from './report.ts';

/**
 * Which slot of a report's row each listed key has. The report names no ids, so times have to tell: a slot has the time at
 * which its key was created or last activated, and the order of slots follows nothing. Every way is gone through in which
 * the keys may have the slots; a key whose slot is not the same in all of them, or one as good, has none here, and IAM has
 * to be asked about it.
 *
 * @param reportedAt a key made later is not in the report, and every other one is
 */
export function joinKeys(
  keys: readonly AccessKeyMetadata[],
  slots: readonly KeySlot[],
  reportedAt: Date,
): ReadonlyMap<string, KeySlot> {
  const reported = keys.filter(({ CreateDate }) => toSecond(CreateDate) <= toSecond(reportedAt));
  const [first, ...others] = listWays(reported, slots);
  const joined = new Map<string, KeySlot>();
  for (const [index, { AccessKeyId }] of reported.entries()) {
    const slot = first?.[index];
    if (slot !== undefined && others.every((way) => saysTheSame(way[index], slot))) joined.set(AccessKeyId, slot);
  }
  return joined;
}

/** Every way to give each key a slot of its own. */
function listWays(keys: readonly AccessKeyMetadata[], slots: readonly KeySlot[]): KeySlot[][] {
  const [key, ...others] = keys;
  if (key === undefined) return [[]];
  return slots
    .filter((slot) => mayHave(key, slot))
    .flatMap((slot) => {
      const left = slots.filter((other) => other !== slot);
      return listWays(others, left).map((way) => [slot, ...way]);
    });
}

/** A key was made before it was last activated. */
function mayHave({ CreateDate }: AccessKeyMetadata, { lastRotated }: KeySlot): boolean {
  return lastRotated === undefined || toSecond(lastRotated) >= toSecond(CreateDate);
}

function saysTheSame(one: KeySlot | undefined, other: KeySlot): boolean {
  return JSON.stringify([one?.lastRotated, one?.LastUsed]) === JSON.stringify([other.lastRotated, other.LastUsed]);
}

/** AWS shows no smaller parts. */
function toSecond(time: Date): number {
  return Math.floor(time.getTime() / 1000);
}
