/** Facts as the text that a store keeps, and back. */
import type { AccountFacts, UserFacts } from '../facts.ts';

/** Every member that is a time, wherever it stands. */
const times = new Set([
  'CreateDate',
  'ExpirationDate',
  'LastChanged',
  'LastRotated',
  'LastUsedDate',
  'at',
  'first',
  'last',
  'listedAt',
  'reportGeneratedAt',
  'scannedAt',
]);

export function writeFacts(facts: object): string {
  return JSON.stringify(facts);
}

export function readUserFacts(text: string): UserFacts {
  return parse(text) as UserFacts;
}

export function readAccountFacts(text: string): AccountFacts {
  return parse(text) as AccountFacts;
}

/** What {@link writeFacts} wrote, with its times as Date. */
export function parse(text: string): unknown {
  return JSON.parse(text, (name, value: unknown) => {
    const isTime = typeof value === 'string' && (times.has(name) || (name === 'LastUsed' && /^\d{4}-/.test(value)));
    return isTime ? new Date(value) : value;
  });
}
