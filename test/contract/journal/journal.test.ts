// What src/journal/journal.ts promises, on every store.
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { verifyChain, verifyRecord } from '../../../src/journal/chain.ts';
import type { Entry, Journal, Lease, NewEntry, RecordHead } from '../../../src/journal/journal.ts';
import { openJournal } from '../../../src/store/open-journal.ts';
import { stores } from './stores.ts';

const subject = '123456789012/AIDAEXAMPLE';
const now = () => new Date();
const at = new Date('2026-11-30T12:00:00.123Z');
const minute = 60_000;

function entry(type: string, more: Partial<NewEntry> = {}): NewEntry {
  return { at, type, data: {}, ...more };
}

async function take(journal: Journal, milliseconds = minute, of = subject): Promise<Lease> {
  const answer = await journal.takeLease(of, 'host a, process 1', milliseconds);
  if (answer.kind === 'held') throw new Error(`${answer.holder} holds it`);
  return answer.lease;
}

async function collect(heads: AsyncIterable<RecordHead>): Promise<RecordHead[]> {
  const all = [];
  for await (const head of heads) all.push(head);
  return all;
}

for (const store of stores) {
  describe.skipIf(!store.isThere)(`the journal on ${store.name}`, () => {
    let place: string;
    let journal: Journal;
    let other: Journal;

    beforeAll(() => store.start());
    afterAll(() => store.stop());
    beforeEach(async () => {
      place = await store.makePlace();
      journal = await openJournal(place, { now });
      other = await openJournal(place, { now });
    });
    afterEach(async () => {
      await journal.close();
      await other.close();
    });

    describe('entries', () => {
      it('are read as they were answered, by others too, in a chain', async () => {
        const lease = await take(journal);
        const data = {
          text: 'ä € 😀 \u0000 \ud800 \\ "',
          number: -0.5,
          long: 2 ** 53,
          empty: [],
          nested: { __proto__: null, b: [true, { c: null }], a: 'x' },
        };
        const first = await journal.open('r-1', subject, entry('opened', { data }), lease);
        const second = await journal.append('r-1', entry('done', { closes: true }), { after: 1, lease });
        expect(first).toMatchObject({ record: 'r-1', subject, number: 1, at, type: 'opened', closes: false });
        expect(second).toMatchObject({ number: 2, previous: first.hash, data: {}, closes: true });
        for (const reader of [journal, other]) {
          const entries = await reader.read('r-1');
          expect(entries).toEqual([first, second]);
          expect(entries[0]?.data).toMatchObject({ text: data.text, number: -0.5, long: 2 ** 53 });
          expect(verifyChain(entries)).toEqual({ kind: 'whole', entries: 2, head: second.hash });
        }
      });

      it('outlive the journal that wrote them', async () => {
        const lease = await take(journal);
        const written = await journal.open('r-1', subject, entry('opened'), lease);
        await journal.close();
        const again = await openJournal(place, { now });
        expect(await again.read('r-1')).toEqual([written]);
        await again.close();
      });

      it('are hashed as they are kept, whatever JSON leaves out', async () => {
        const lease = await take(journal);
        const data = JSON.parse('{"__proto__":{"a":1},"b":2}') as Entry['data'];
        await journal.open('r-1', subject, entry('opened', { data: { ...data, left: undefined } as never }), lease);
        await journal.append('r-1', entry('next', { data }), { after: 1, lease });
        expect(verifyChain(await other.read('r-1'))).toMatchObject({ kind: 'whole' });
      });

      it('may be many and long', async () => {
        const lease = await take(journal);
        await journal.open('r-1', subject, entry('opened'), lease);
        for (let after = 1; after < 40; after++) {
          await journal.append('r-1', entry('step', { data: { text: 'x'.repeat(100_000) } }), { after, lease });
        }
        expect(verifyChain(await other.read('r-1'))).toMatchObject({ kind: 'whole', entries: 40 });
      });

      it('of an unknown record are none, and none can be added', async () => {
        expect(await journal.read('r-none')).toEqual([]);
        const lease = await take(journal);
        await expect(journal.append('r-none', entry('next'), { after: 0, lease })).rejects.toMatchObject({
          code: 'ERR_JOURNAL',
          message: `there is no record r-none in the journal ${journal.place}`,
        });
      });

      it('follow what the writer has seen, or are refused', async () => {
        const lease = await take(journal);
        await journal.open('r-1', subject, entry('opened'), lease);
        await journal.append('r-1', entry('one'), { after: 1, lease });
        for (const after of [0, 1, 3]) {
          await expect(journal.append('r-1', entry('two'), { after, lease })).rejects.toMatchObject({
            code: 'ERR_LEASE',
            message: `r-1 has 2 entries, and this one was to follow entry ${after}`,
          });
        }
        expect(await journal.read('r-1')).toHaveLength(2);
      });

      it('of one writer that asks twice at once go in once', async () => {
        const lease = await take(journal);
        await journal.open('r-1', subject, entry('opened'), lease);
        const asked = [journal, other, journal, other].map((by) =>
          by.append('r-1', entry('next'), { after: 1, lease }),
        );
        const settled = await Promise.allSettled(asked);
        expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
        expect(verifyChain(await journal.read('r-1'))).toMatchObject({ kind: 'whole', entries: 2 });
      });
    });

    describe('records', () => {
      it('are one open one a subject', async () => {
        const lease = await take(journal);
        await journal.open('r-1', subject, entry('opened'), lease);
        await expect(journal.open('r-2', subject, entry('opened'), lease)).rejects.toMatchObject({
          code: 'ERR_CONFLICTING_RECORD',
          message: `r-1 is at work on ${subject} already`,
          hint: expect.stringContaining('keyturn resume r-1') as string,
        });
        expect(await journal.read('r-2')).toEqual([]);
        await journal.append('r-1', entry('done', { closes: true }), { after: 1, lease });
        await journal.open('r-2', subject, entry('opened'), lease);
        const elsewhere = await take(journal, minute, '123456789012/AIDAOTHER');
        await journal.open('r-3', elsewhere.subject, entry('opened'), elsewhere);
      });

      it('take entries when they are closed, and stay closed', async () => {
        const lease = await take(journal);
        await journal.open('r-1', subject, entry('opened', { closes: true }), lease);
        await journal.open('r-2', subject, entry('opened'), lease);
        await journal.append('r-1', entry('undone'), { after: 1, lease });
        await journal.append('r-1', entry('undone', { closes: true }), { after: 2, lease });
        const heads = await collect(journal.list({ subject }));
        expect(heads.map(({ record, isOpen, entries }) => [record, isOpen, entries])).toEqual([
          ['r-2', true, 1],
          ['r-1', false, 3],
        ]);
        for (const head of heads) {
          expect(verifyRecord(head, await journal.read(head.record))).toMatchObject({ kind: 'whole' });
        }
      });

      it('have one name each', async () => {
        const lease = await take(journal);
        await journal.open('r-1', subject, entry('opened', { closes: true }), lease);
        await expect(journal.open('r-1', subject, entry('opened'), lease)).rejects.toMatchObject({
          code: 'ERR_JOURNAL',
        });
      });

      it('are listed, the newest first, by state and subject', async () => {
        expect(await collect(journal.list())).toEqual([]);
        const lease = await take(journal);
        const elsewhere = await take(journal, minute, '210987654321/AIDAOTHER');
        const later = (minutes: number) => new Date(at.getTime() + minutes * minute);
        await journal.open('r-1', subject, entry('opened', { at: later(0) }), lease);
        const done = await journal.append('r-1', entry('done', { at: later(5), closes: true }), { after: 1, lease });
        await journal.open('r-2', subject, entry('opened', { at: later(2) }), lease);
        await journal.open('r-3', elsewhere.subject, entry('opened', { at: later(1) }), elsewhere);
        const names = async (options?: Parameters<Journal['list']>[0]) =>
          (await collect(other.list(options))).map(({ record }) => record);
        expect(await names()).toEqual(['r-2', 'r-3', 'r-1']);
        expect(await names({ open: true })).toEqual(['r-2', 'r-3']);
        expect(await names({ open: false })).toEqual(['r-1']);
        expect(await names({ subject })).toEqual(['r-2', 'r-1']);
        expect(await names({ open: true, subject: elsewhere.subject })).toEqual(['r-3']);
        expect((await collect(other.list({ open: false })))[0]).toEqual({
          record: 'r-1',
          subject,
          isOpen: false,
          entries: 2,
          head: done.hash,
          openedAt: later(0),
          changedAt: later(5),
        });
      });

      it('are listed to the last when there are many, opened in one moment', async () => {
        const lease = await take(journal);
        const count = 510;
        for (let index = 0; index < count; index++) {
          await journal.open(`r-${index}`, subject, entry('opened', { closes: true }), lease);
        }
        const names = (await collect(journal.list())).map(({ record }) => record);
        expect(new Set(names).size).toBe(count);
      });
    });

    describe('leases', () => {
      it('are one holder’s until they end, and the token grows with every taking', async () => {
        const lease = await take(journal, 400);
        expect(lease).toMatchObject({ subject, holder: 'host a, process 1', token: 1 });
        const answer = await other.takeLease(subject, 'host b, process 2', minute);
        expect(answer).toMatchObject({ kind: 'held', holder: 'host a, process 1' });
        // By another clock it may end a little later than its holder believes, and never sooner.
        expect(Math.abs(answer.kind === 'held' ? answer.until.getTime() - lease.until.getTime() : NaN)).toBeLessThan(
          300,
        );
        await delay(500);
        expect(await other.takeLease(subject, 'host b, process 2', minute)).toMatchObject({
          kind: 'taken',
          lease: { holder: 'host b, process 2', token: 2 },
        });
      });

      it('are refused to a holder of the same name as well', async () => {
        await take(journal);
        expect(await other.takeLease(subject, 'host a, process 1', minute)).toMatchObject({ kind: 'held' });
      });

      it('end by this process’s clock no later than by the store’s', async () => {
        const before = Date.now();
        const lease = await take(journal, minute);
        expect(lease.until.getTime() - minute).toBeGreaterThanOrEqual(before);
        expect(lease.until.getTime() - minute).toBeLessThan(before + 50);
      });

      it('are renewed, and then last so long from now', async () => {
        const lease = await take(journal, 300);
        const renewed = await journal.renewLease(lease, minute);
        expect(renewed.token).toBe(lease.token);
        expect(renewed.until.getTime()).toBeGreaterThan(lease.until.getTime() + minute / 2);
        await delay(400);
        expect(await other.takeLease(subject, 'b', minute)).toMatchObject({ kind: 'held' });
      });

      it('are given back, and then anybody’s; another’s is left alone', async () => {
        const lease = await take(journal);
        await journal.releaseLease({ ...lease, token: lease.token + 1 });
        expect(await other.takeLease(subject, 'b', minute)).toMatchObject({ kind: 'held' });
        await journal.releaseLease(lease);
        const next = await take(other);
        expect(next.token).toBe(lease.token + 1);
        await journal.releaseLease(lease);
        await other.renewLease(next, minute);
      });

      it('let nobody write after they have ended', async () => {
        const lease = await take(journal, 200);
        await journal.open('r-1', subject, entry('opened'), lease);
        await delay(300);
        const refusal = {
          code: 'ERR_LEASE',
          message: `the lease of ${subject} ended before this could be written; nobody has taken it since`,
        };
        await expect(journal.append('r-1', entry('late'), { after: 1, lease })).rejects.toMatchObject(refusal);
        await expect(journal.renewLease(lease, minute)).rejects.toMatchObject(refusal);
        await expect(journal.open('r-2', subject, entry('opened'), lease)).rejects.toMatchObject(refusal);
        expect(await journal.read('r-1')).toHaveLength(1);
      });

      it('let nobody write under one that another has taken, and say who', async () => {
        const lost = await take(journal, 100);
        await journal.open('r-1', subject, entry('opened'), lost);
        await delay(200);
        await other.takeLease(subject, 'host b, process 2', minute);
        const refusal = {
          code: 'ERR_LEASE',
          message: `the lease of ${subject} was lost to another process; host b, process 2 holds it now`,
        };
        await expect(journal.append('r-1', entry('late'), { after: 1, lease: lost })).rejects.toMatchObject(refusal);
        await expect(journal.renewLease(lost, minute)).rejects.toMatchObject(refusal);
      });

      it('are of one subject', async () => {
        const lease = await take(journal);
        await expect(async () => journal.open('r-1', 'another', entry('opened'), lease)).rejects.toThrow(TypeError);
        await journal.open('r-1', subject, entry('opened'), lease);
        const elsewhere = await take(journal, minute, 'another');
        await expect(journal.append('r-1', entry('x'), { after: 1, lease: elsewhere })).rejects.toThrow(TypeError);
        const never = { subject: 'never', holder: 'x', token: 1, until: at };
        await expect(journal.open('r-2', 'never', entry('opened'), never)).rejects.toMatchObject({ code: 'ERR_LEASE' });
      });

      it('go to one of many who ask at once', async () => {
        const answers = await Promise.all(
          Array.from({ length: 12 }, (_, index) =>
            (index % 2 ? journal : other).takeLease(subject, `${index}`, minute),
          ),
        );
        expect(answers.filter(({ kind }) => kind === 'taken')).toHaveLength(1);
      });
    });

    describe('verification', () => {
      const columns: [table: string, column: string, value: string | number][] = [
        ['entries', 'record', 'r-2'],
        ['entries', 'number', 9],
        ['entries', 'at', 1],
        ['entries', 'type', 'other'],
        ['entries', 'data', '{"a":2}'],
        ['entries', 'closes', 1],
        ['entries', 'previous', 'f'.repeat(64)],
        ['entries', 'hash', 'f'.repeat(64)],
        ['records', 'subject', 'other'],
        ['records', 'is_open', 0],
        ['records', 'entries', 2],
        ['records', 'head', 'f'.repeat(64)],
        ['records', 'opened_at', 1],
        ['records', 'changed_at', 1],
      ];

      it.each(columns)('finds a changed column: %s.%s', async (table, column, value) => {
        const lease = await take(journal);
        const elsewhere = await take(journal, minute, 'another');
        await journal.open('r-1', subject, entry('opened', { data: { a: 1 } }), lease);
        await journal.append('r-1', entry('next', { data: { a: 1 } }), { after: 1, lease });
        await journal.append('r-1', entry('last', { data: { a: 1 } }), { after: 2, lease });
        await journal.open('r-2', 'another', entry('opened'), elsewhere);
        const where = table === 'entries' ? "record = 'r-1' AND number = 2" : "record = 'r-1'";
        const change = () => store.change(place, `UPDATE keyturn_${table} SET ${column} = $1 WHERE ${where}`, [value]);
        expect(await verify(journal, 'r-1')).toMatchObject({ kind: 'whole' });
        // Foreign keys and unique indexes stand in the way of two of them.
        if (column === 'record') await store.change(place, "DELETE FROM keyturn_entries WHERE record = 'r-2'");
        await change();
        expect(await verify(journal, 'r-1')).toMatchObject({ kind: 'broken' });
      });

      it('finds entries that were taken away at the end', async () => {
        const lease = await take(journal);
        await journal.open('r-1', subject, entry('opened'), lease);
        await journal.append('r-1', entry('next'), { after: 1, lease });
        await store.change(place, 'DELETE FROM keyturn_entries WHERE number = 2');
        expect(await verify(journal, 'r-1')).toMatchObject({ kind: 'broken', number: 1 });
      });

      it('says which entry is no longer JSON', async () => {
        const lease = await take(journal);
        await journal.open('r-1', subject, entry('opened'), lease);
        await store.change(place, "UPDATE keyturn_entries SET data = '{'");
        await expect(journal.read('r-1')).rejects.toMatchObject({
          code: 'ERR_JOURNAL',
          message: `entry 1 of r-1 in the journal ${journal.place} is not JSON`,
        });
      });
    });

    it('of a newer version is refused and left as it is', async () => {
      await store.change(place, 'UPDATE keyturn_schema SET version = 99');
      for (let attempt = 0; attempt < 2; attempt++) {
        await expect(openJournal(place, { now })).rejects.toMatchObject({
          code: 'ERR_JOURNAL',
          message: expect.stringMatching(/was made by a newer Keyturn \(schema 99; this one knows \d+\)$/) as string,
          hint: 'use that newer Keyturn, or another journal',
        });
      }
    });

    it('says clearly that it was closed', async () => {
      await other.close();
      await expect(other.read('r-1')).rejects.toMatchObject({ code: 'ERR_JOURNAL' });
    });

    it('may be made by many at once', async () => {
      const fresh = await store.makePlace();
      const journals = await Promise.all(Array.from({ length: 8 }, () => openJournal(fresh, { now })));
      const answers = await Promise.all(journals.map((one) => one.takeLease(subject, 'x', minute)));
      expect(answers.filter(({ kind }) => kind === 'taken')).toHaveLength(1);
      await Promise.all(journals.map((one) => one.close()));
    });
  });
}

async function verify(journal: Journal, record: string) {
  for await (const head of journal.list()) {
    if (head.record === record) return verifyRecord(head, await journal.read(record));
  }
  throw new Error(`${record} is not listed`);
}
