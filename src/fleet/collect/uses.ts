import type { LastUsed } from '../../iam/index.ts';
import type { UseFacts } from '../facts.ts';

/** Places kept of a key. A key that is used from more is at home everywhere, and a new place says little. */
const mostPlaces = 30;

/** The places where a key was seen used, with what is seen now: the one first seen latest at the end. */
export function addUse(uses: readonly UseFacts[], use: LastUsed): readonly UseFacts[] {
  if (use.Kind !== 'used') return uses;
  const { Region, ServiceName, LastUsedDate } = use;
  const isHere = (seen: UseFacts) => seen.Region === Region && seen.ServiceName === ServiceName;
  if (!uses.some(isHere)) {
    return [...uses, { Region, ServiceName, first: LastUsedDate, last: LastUsedDate }].slice(-mostPlaces);
  }
  return uses.map((seen) => (isHere(seen) && seen.last < LastUsedDate ? { ...seen, last: LastUsedDate } : seen));
}
