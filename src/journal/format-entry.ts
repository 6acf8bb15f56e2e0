import type { Entry } from './journal.ts';

/**
 * An entry as a line of JSON, for an export: everything that its hash covers, and the hash.
 *
 * @example
 * formatEntry(entry); // '{"record":"r-…","subject":"123456789012/AIDA…","number":1,"at":"2026-11-30T12:00:00.000Z",…}'
 */
export function formatEntry({ record, subject, number, at, type, data, closes, previous, hash }: Entry): string {
  return JSON.stringify({ record, subject, number, at, type, data, closes, previous, hash });
}
