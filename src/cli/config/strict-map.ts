import * as v from 'valibot';
import { findNearest } from '../settings/nearest.ts';

/** What is no list: valibot would take one for an object with numbers as its keys. */
const map = v.custom<Record<string, unknown>>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  'is not a map of names and values',
);

/** A map in which no other keys may stand than these: a key that is not known is most often one misspelled. */
export function strictMap<const Entries extends v.ObjectEntries>(entries: Entries) {
  const names = Object.keys(entries);
  const describe = (issue: v.StrictObjectIssue): string => {
    if (issue.expected !== 'never') return 'is missing';
    const nearest = findNearest(JSON.parse(issue.received) as string, names);
    return `is not known; ${nearest === undefined ? `there are ${names.join(', ')}` : `did you mean ${nearest}?`}`;
  };
  return v.pipe(map, v.strictObject(entries, describe));
}

/** A map of things of one kind by names of one's own. */
export function namedMap<const Value extends v.GenericSchema>(value: Value) {
  const name = v.pipe(v.string(), v.regex(/^[\w.-]+$/, 'is not a name: use letters, digits and - _ .'));
  return v.pipe(map, v.record(name, value));
}
