/**
 * Long lists, a page at a time. A marker holds the place where the next page begins and a digest of what was selected, so
 * that it continues that selection and no other; the size of the pages may change on the way.
 */

import { createHash } from 'node:crypto';
import type { Slice } from '../directory/records.ts';
import { refuseInvalid } from './refusals.ts';

export interface PageRequest {
  readonly Marker?: string | undefined;
  readonly MaxItems?: number | undefined;
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly IsTruncated: boolean;
  readonly Marker?: string | undefined;
}

/** Items of a page that does not say how many it wants. */
export const defaultMaxItems = 100;

const digestBytes = 8;

/** Says in an opaque text where the next page of a selection begins. The place is short: a marker has 320 characters. */
export function writeMarker(selection: readonly string[], place: string): string {
  return Buffer.concat([digest(selection), Buffer.from(place)]).toString('base64url');
}

/** The place that a marker holds. @throws AwsFault ValidationError for one that was not written for this selection */
export function readMarker(selection: readonly string[], Marker: string): string {
  const place = findPlace(selection, Marker);
  if (place === undefined) throw refuseInvalidMarker();
  return place;
}

/** The same for services that refuse in other words; undefined for a marker that was not written for this selection. */
export function findPlace(selection: readonly string[], Marker: string): string | undefined {
  const place = peekPlace(Marker);
  return writeMarker(selection, place) === Marker ? place : undefined;
}

/** The place that a marker holds, whatever selection it was written for. */
export function peekPlace(Marker: string): string {
  return Buffer.from(Marker, 'base64url').subarray(digestBytes).toString();
}

/**
 * A page of a list short enough to be read whole. The marker names the first item not yet shown and the last one shown, so
 * that either may go, and any other, without upsetting it.
 *
 * @throws AwsFault ValidationError when neither of the marker's items is in the list
 */
export function takePage<T>(
  all: readonly T[],
  nameOf: (item: T) => string,
  selection: readonly string[],
  { Marker, MaxItems = defaultMaxItems }: PageRequest,
): Page<T> {
  const nameShortly = (item: T) => digest([nameOf(item)]).toString('hex');
  const start = Marker === undefined ? 0 : findStart(all.map(nameShortly), readMarker(selection, Marker));
  const items = all.slice(start, start + MaxItems);
  const [last, next] = [items.at(-1), all[start + MaxItems]];
  if (last === undefined || next === undefined) return { items, IsTruncated: false };
  const place = `${nameShortly(next)} ${nameShortly(last)}`;
  return { items, IsTruncated: true, Marker: writeMarker(selection, place) };
}

function findStart(names: readonly string[], place: string): number {
  const [next = '', last = ''] = place.split(' ');
  const start = names.indexOf(next);
  if (start >= 0) return start;
  const end = names.indexOf(last);
  if (end < 0) throw refuseInvalidMarker();
  return end + 1;
}

/** How a list too long to be read whole is read. */
export interface SliceReader<T> {
  /** Up to `limit` items after a place. */
  readonly read: (slice: Slice) => readonly T[];
  /** Where an item stands in the list; at most 230 bytes, so that a marker can hold it. */
  readonly placeOf: (item: T) => string;
}

/** How a list is read whose items are at hand, in the order of their places. */
export function readSorted<T>(all: readonly T[], placeOf: (item: T) => string): SliceReader<T> {
  return {
    read: ({ after, limit }) => {
      const rest = after === undefined ? all : all.filter((item) => placeOf(item) > after);
      return rest.slice(0, limit);
    },
    placeOf,
  };
}

/** A page of a long list. @throws AwsFault ValidationError for a marker that was not written for this selection */
export function takeSlice<T>(
  selection: readonly string[],
  { Marker, MaxItems = defaultMaxItems }: PageRequest,
  { read, placeOf }: SliceReader<T>,
): Page<T> {
  const after = Marker === undefined ? undefined : readMarker(selection, Marker);
  // One more than is shown tells whether there is another page.
  const found = read({ after, limit: MaxItems + 1 });
  const items = found.slice(0, MaxItems);
  const last = items.at(-1);
  if (found.length <= MaxItems || last === undefined) return { items, IsTruncated: false };
  return { items, IsTruncated: true, Marker: writeMarker(selection, placeOf(last)) };
}

function refuseInvalidMarker(): Error {
  return refuseInvalid('Invalid Marker.');
}

function digest(texts: readonly string[]): Buffer {
  return createHash('sha256').update(JSON.stringify(texts)).digest().subarray(0, digestBytes);
}
