// What src/fleet/snapshot-store.ts promises, on every store.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Scan, SnapshotStore, SpooledPiece, StoredUser } from '../../../src/fleet/snapshot-store.ts';
import { openJournal } from '../../../src/store/open-journal.ts';
import { openSnapshotStore } from '../../../src/store/open-snapshot-store.ts';
import { stores } from '../journal/stores.ts';

const now = () => new Date();
const account = '123456789012';
const other = '210987654321';
const start = new Date('2026-11-30T12:00:00.123Z');
const after = (minutes: number) => new Date(start.getTime() + minutes * 60_000);
const scan: Scan = { scope: `account/${account}`, refresh: 'changed', startedAt: start };

function user(nameKey: string, position: number, facts = '{}'): StoredUser {
  return { nameKey, position, facts };
}

function piece(nameKey: string, id = '', facts = '{}'): SpooledPiece {
  return { kind: 'details', nameKey, id, facts };
}

async function collect<T>(all: AsyncIterable<T>): Promise<T[]> {
  const values = [];
  for await (const value of all) values.push(value);
  return values;
}

for (const kind of stores) {
  describe.skipIf(!kind.isThere)(`the store of snapshots on ${kind.name}`, () => {
    let place: string;
    let store: SnapshotStore;

    beforeAll(() => kind.start());
    afterAll(() => kind.stop());
    beforeEach(async () => {
      place = await kind.makePlace();
      store = await openSnapshotStore(place, { now });
    });
    afterEach(() => store.close());

    describe('scans', () => {
      it('are taken up again, until they are closed', async () => {
        expect(await store.openScan(scan, { resumeFrom: start })).toEqual(scan);
        const later = { ...scan, startedAt: after(5) };
        expect(await store.openScan(later, { resumeFrom: start })).toEqual(scan);
        await store.closeScan(later);
        expect(await store.openScan(later, { resumeFrom: start })).toEqual(scan);
        await store.closeScan(scan);
        expect(await store.openScan(later, { resumeFrom: start })).toEqual(later);
        await store.closeScan(scan);
        expect(await store.openScan({ ...scan, startedAt: after(9) }, { resumeFrom: start })).toEqual(later);
      });

      it('begin anew when they are too old or of another kind', async () => {
        await store.openScan(scan, { resumeFrom: start });
        const full: Scan = { ...scan, refresh: 'full', startedAt: after(1) };
        expect(await store.openScan(full, { resumeFrom: start })).toEqual(full);
        const late: Scan = { ...full, startedAt: after(60) };
        expect(await store.openScan(late, { resumeFrom: after(2) })).toEqual(late);
        const elsewhere = { ...scan, scope: `account/${other}` };
        expect(await store.openScan(elsewhere, { resumeFrom: start })).toEqual(elsewhere);
      });

      it('are one for all who ask at once', async () => {
        const second = await openSnapshotStore(place, { now });
        const wishes = Array.from({ length: 8 }, (_, index) => ({ ...scan, startedAt: after(index) }));
        const scans = await Promise.all(
          wishes.map((wish, index) => (index % 2 ? store : second).openScan(wish, { resumeFrom: start })),
        );
        expect(new Set(scans.map(({ startedAt }) => startedAt.getTime())).size).toBe(1);
        await second.close();
      });
    });

    describe('users', () => {
      it('are written over, found by name and listed by position', async () => {
        await store.putUsers(account, [user('b', 1), { ...user('a', 0), keyColumns: 'true,2026' }], start);
        await store.putUsers(other, [user('a', 0, '{"other":1}')], start);
        await store.putUsers(account, [user('b', 2, '{"ä":"\\u0000😀"}'), user('c', 1)], after(1));
        const all = [{ ...user('a', 0), keyColumns: 'true,2026' }, user('c', 1), user('b', 2, '{"ä":"\\u0000😀"}')];
        expect(await collect(store.listUsers(account))).toEqual(all);
        expect(await store.findUsers(account, ['a', 'none'])).toEqual(all.slice(0, 1));
        expect(await store.findUsers(account, [])).toEqual([]);
        expect(await store.findUsers('none', ['a'])).toEqual([]);
        await store.putUsers(account, [], start);
      });

      it('may be a thousand at a time, and more than a page', async () => {
        for (let thousand = 0; thousand < 2; thousand++) {
          const users = Array.from({ length: 1000 }, (_, index) =>
            user(`u${thousand}-${index}`, thousand * 1000 + index),
          );
          await store.putUsers(account, users, start);
          expect(
            await store.findUsers(
              account,
              users.map(({ nameKey }) => nameKey),
            ),
          ).toHaveLength(1000);
        }
        const positions = (await collect(store.listUsers(account))).map(({ position }) => position);
        expect(positions).toEqual(Array.from({ length: 2000 }, (_, index) => index));
      });

      it('may be put while they are listed', async () => {
        const users = Array.from({ length: 1000 }, (_, index) => user(`u${index}`, index));
        await store.putUsers(account, users, start);
        let seen = 0;
        for await (const { nameKey, position } of store.listUsers(account)) {
          expect(position).toBe(seen++);
          if (seen % 250 === 0) await store.putUsers(account, [user(nameKey, position, '{"again":1}')], after(1));
        }
        expect(seen).toBe(1000);
      });

      it('given twice at once are the last of them', async () => {
        await store.putUsers(account, [user('a', 0, '1'), user('a', 0, '2')], start);
        expect(await collect(store.listUsers(account))).toEqual([user('a', 0, '2')]);
      });
    });

    describe('accounts', () => {
      it('are finished: users who are gone go, and the spool is emptied', async () => {
        expect(await store.readAccount(account)).toBeUndefined();
        await store.putUsers(account, [user('gone', 0), user('here', 1)], start);
        await store.putUsers(other, [user('gone', 0)], start);
        await store.putUsers(account, [user('here', 0)], after(10));
        await store.spool(account, [piece('here')]);
        await store.spool(other, [piece('here')]);
        await store.finishAccount({ account, facts: '{"n":1}', startedAt: after(10) });
        expect(await store.readAccount(account)).toEqual({ account, facts: '{"n":1}', startedAt: after(10) });
        expect(await collect(store.listUsers(account))).toEqual([user('here', 0)]);
        expect(await collect(store.listUsers(other))).toHaveLength(1);
        expect(await store.readSpool(account, ['here'])).toEqual([]);
        expect(await store.readSpool(other, ['here'])).toHaveLength(1);
        await store.finishAccount({ account, facts: '{"n":2}', startedAt: after(20) });
        expect(await store.readAccount(account)).toMatchObject({ facts: '{"n":2}', startedAt: after(20) });
        expect(await collect(store.listUsers(account))).toEqual([]);
      });

      it('are forgotten with all that belongs to them', async () => {
        for (const [of, at] of [
          [account, start],
          [other, after(10)],
        ] as const) {
          await store.finishAccount({ account: of, facts: '{}', startedAt: at });
          await store.putUsers(of, [user('a', 0)], at);
          await store.spool(of, [piece('a')]);
        }
        await store.forgetAccounts(after(10));
        expect(await store.readAccount(account)).toBeUndefined();
        expect(await collect(store.listUsers(account))).toEqual([]);
        expect(await store.readSpool(account, ['a'])).toEqual([]);
        expect(await store.readAccount(other)).toBeDefined();
        expect(await collect(store.listUsers(other))).toHaveLength(1);
      });
    });

    describe('the spool', () => {
      it('adds, replaces and empties', async () => {
        await store.spool(account, [
          piece('a', '1'),
          piece('a', '2'),
          { ...piece('a', '1'), kind: 'service-credential' },
        ]);
        await store.spool(account, [piece('a', '1', '{"new":1}'), piece('b', '1', 'x'), piece('b', '1', 'y')]);
        await store.spool(account, []);
        expect(await store.readSpool(account, ['a'])).toHaveLength(3);
        expect(await store.readSpool(account, ['b', 'none'])).toEqual([piece('b', '1', 'y')]);
        expect(await store.readSpool(account, [])).toEqual([]);
        expect(await collect(store.listSpool(account, 'details'))).toEqual([
          piece('a', '1', '{"new":1}'),
          piece('a', '2'),
          piece('b', '1', 'y'),
        ]);
        await store.clearSpool(account);
        expect(await collect(store.listSpool(account, 'details'))).toEqual([]);
        expect(await collect(store.listSpool(account, 'service-credential'))).toEqual([]);
      });

      it('is listed in the order of code units, whatever the language of the database', async () => {
        const names = ['_x', 'a', 'B', 'a-b', 'a.b', 'ab', '0', 'a b', '+', 'ä', 'Z'];
        await store.spool(
          account,
          names.map((name) => piece(name)),
        );
        const listed = (await collect(store.listSpool(account, 'details'))).map(({ nameKey }) => nameKey);
        expect(listed).toEqual([...names].sort((a, b) => (a < b ? -1 : 1)));
      });

      it('is listed past a page', async () => {
        const pieces = Array.from({ length: 1000 }, (_, index) => piece(`u${index % 7}`, `${index}`));
        await store.spool(account, pieces);
        const listed = await collect(store.listSpool(account, 'details'));
        expect(new Set(listed.map(({ id }) => id)).size).toBe(1000);
      });
    });

    it('may stand in one place with the journal', async () => {
      const journal = await openJournal(place, { now });
      expect(await journal.takeLease(account, 'x', 1000)).toMatchObject({ kind: 'taken' });
      expect(journal.place).toBe(store.place);
      await journal.close();
    });

    it('keeps what was written when it is opened again', async () => {
      await store.putUsers(account, [user('a', 0)], start);
      await store.close();
      store = await openSnapshotStore(place, { now });
      expect(await collect(store.listUsers(account))).toEqual([user('a', 0)]);
    });
  });
}
