/** What earlier scans saw of a key. It is an input of the judgement: nothing here remembers anything. */
import type { KeyFacts } from '../facts.ts';

export interface KeyHistory {
  /** Where, and for which services, the key was seen to be used before this scan. */
  readonly Regions: readonly string[];
  readonly ServiceNames: readonly string[];
  /** The first scan that saw it Inactive, since when it was so in every one. */
  readonly inactiveSince?: Date;
}

/** The history of a key; undefined for one that no earlier scan saw. */
export type FindHistory = (key: KeyFacts) => KeyHistory | undefined;

export const noHistory: FindHistory = () => undefined;

/** Places that say nothing: IAM writes N/A where a service has no Region. */
const nowhere = new Set(['N/A', '']);
const mostPlaces = 50;

/**
 * The history of a key after one more scan; the places seen last are kept.
 *
 * @param at when the key's facts were read
 */
export function extendHistory(before: KeyHistory | undefined, { Status, LastUsed }: KeyFacts, at: Date): KeyHistory {
  const use = LastUsed.Kind === 'used' ? LastUsed : undefined;
  const inactiveSince = Status === 'Active' ? undefined : (before?.inactiveSince ?? at);
  return {
    Regions: addPlace(before?.Regions ?? [], use?.Region),
    ServiceNames: addPlace(before?.ServiceNames ?? [], use?.ServiceName),
    ...(inactiveSince !== undefined && { inactiveSince }),
  };
}

function addPlace(places: readonly string[], place: string | undefined): readonly string[] {
  if (place === undefined || nowhere.has(place)) return places;
  return [...places.filter((each) => each !== place), place].slice(-mostPlaces);
}
