import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { firstPrevious, hashEntry, verifyChain, verifyRecord } from '../../../src/journal/chain.ts';
import { formatEntry } from '../../../src/journal/format-entry.ts';
import type { Entry, NewEntry, RecordHead } from '../../../src/journal/journal.ts';

const record = 'r-1';
const subject = '123456789012/AIDAEXAMPLE';

function chain(...news: NewEntry[]): Entry[] {
  const entries: Entry[] = [];
  for (const [index, { at, type, data, closes = false }] of news.entries()) {
    const previous = entries.at(-1)?.hash ?? firstPrevious;
    const entry = { record, subject, number: index + 1, at, type, data, closes, previous };
    entries.push({ ...entry, hash: hashEntry(entry) });
  }
  return entries;
}

const at = new Date('2026-11-30T12:00:00.123Z');
const entries = chain(
  { at, type: 'opened', data: { keys: ['AKIA1', 'AKIA2'], nested: { b: 1, a: null } } },
  { at: new Date(at.getTime() + 1), type: 'made', data: {} },
  { at: new Date(at.getTime() + 2), type: 'done', data: { ok: true }, closes: true },
);
const head: RecordHead = {
  record,
  subject,
  isOpen: false,
  entries: 3,
  head: entries[2]?.hash ?? '',
  openedAt: at,
  changedAt: new Date(at.getTime() + 2),
};

describe('hashEntry', () => {
  it('is SHA-256 over JSON that anybody can write', () => {
    const text =
      `["${firstPrevious}","r-1","123456789012/AIDAEXAMPLE",1,"2026-11-30T12:00:00.123Z","opened",` +
      `{"keys":["AKIA1","AKIA2"],"nested":{"a":null,"b":1}},false]`;
    expect(entries[0]?.hash).toBe(createHash('sha256').update(text).digest('hex'));
  });

  it('does not mind in which order a database gives the members of an object', () => {
    const [first] = entries;
    if (first === undefined) throw new Error('no entry');
    const turned = { ...first, data: { nested: { a: null, b: 1 }, keys: ['AKIA1', 'AKIA2'] } };
    expect(hashEntry(turned)).toBe(first.hash);
  });

  it('can be made again from a line of the export', () => {
    for (const entry of entries) {
      const line = JSON.parse(formatEntry(entry)) as Omit<Entry, 'at'> & { at: string };
      expect(hashEntry({ ...line, at: new Date(line.at) })).toBe(entry.hash);
      expect(formatEntry(entry)).not.toContain('\n');
    }
  });
});

describe('verifyChain', () => {
  it('finds a whole record whole, and one without entries', () => {
    expect(verifyChain(entries)).toEqual({ kind: 'whole', entries: 3, head: head.head });
    expect(verifyChain([])).toEqual({ kind: 'whole', entries: 0, head: firstPrevious });
  });

  it.each<[keyof Entry, Entry[keyof Entry]]>([
    ['record', 'r-2'],
    ['subject', '123456789012/AIDAOTHER'],
    ['number', 7],
    ['at', new Date(0)],
    ['type', 'undone'],
    ['data', { ok: false }],
    ['closes', true],
    ['previous', firstPrevious],
    ['hash', 'f'.repeat(64)],
  ])('finds a changed %s', (column, value) => {
    const changed = entries.map((entry, index) => (index === 1 ? { ...entry, [column]: value } : entry));
    expect(verifyChain(changed)).toMatchObject({ kind: 'broken', number: 2 });
  });

  it('finds an entry that was taken out, put in or moved', () => {
    const [one, two, three] = entries as [Entry, Entry, Entry];
    expect(verifyChain([one, three])).toEqual({ kind: 'broken', number: 2, why: 'entry 2 is missing' });
    expect(verifyChain([two, three])).toMatchObject({ kind: 'broken', number: 1 });
    expect(verifyChain([one, two, two, three])).toMatchObject({ kind: 'broken', number: 3 });
    expect(verifyChain([one, { ...three, number: 2 }, { ...two, number: 3 }])).toMatchObject({ number: 2 });
  });
});

describe('verifyRecord', () => {
  it('agrees with a list that says the same', () => {
    expect(verifyRecord(head, entries)).toMatchObject({ kind: 'whole' });
  });

  it('finds that the last entries were taken away', () => {
    expect(verifyRecord(head, entries.slice(0, 2))).toEqual({
      kind: 'broken',
      number: 2,
      why: 'there are 2 entries, and the list of records says 3',
    });
    expect(verifyRecord(head, [])).toMatchObject({ kind: 'broken', number: 0 });
  });

  it.each<Partial<RecordHead>>([
    { head: firstPrevious },
    { isOpen: true },
    { entries: 4 },
    { openedAt: new Date(0) },
    { changedAt: new Date(0) },
  ])('finds a list that was changed: %o', (change) => {
    expect(verifyRecord({ ...head, ...change }, entries)).toMatchObject({ kind: 'broken' });
  });
});
