// Processes that share a journal: one of them wins, and one that was stopped or killed does no harm.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { verifyChain, verifyRecord } from '../../../src/journal/chain.ts';
import { openJournal } from '../../../src/store/open-journal.ts';
import { stores } from './stores.ts';

interface Contender {
  readonly child: ChildProcess;
  /** Sends an order and gives the next line it says. */
  tell(order: string): Promise<string>;
  next(): Promise<string>;
}

const running: ChildProcess[] = [];

async function start(place: string, name: string, { lasts = 60_000, record = 'r-1' } = {}): Promise<Contender> {
  const script = join(import.meta.dirname, 'contender.ts');
  const child = spawn(process.execPath, [script, place, name, String(lasts), record], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  running.push(child);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => String((await lines.next()).value);
  expect(await next()).toBe('ready');
  return {
    child,
    next,
    tell: (order) => {
      child.stdin.write(`${order}\n`);
      return next();
    },
  };
}

function startAll(place: string, count: number, options: { lasts?: number } = {}): Promise<Contender[]> {
  return Promise.all(
    Array.from({ length: count }, (_, index) => start(place, `p${index}`, { ...options, record: `r-${index}` })),
  );
}

async function takeAtLast(contender: Contender): Promise<void> {
  for (let attempt = 0; (await contender.tell('take')) !== 'taken'; attempt++) {
    if (attempt > 100) throw new Error('the lease did not end');
    await delay(100);
  }
}

for (const store of stores) {
  describe.skipIf(!store.isThere)(`processes that share a journal on ${store.name}`, () => {
    let place: string;

    beforeAll(() => store.start());
    afterAll(() => store.stop());
    beforeEach(async () => {
      place = await store.makePlace();
    });
    afterEach(() => {
      for (const child of running.splice(0)) child.kill('SIGKILL');
    });

    it('make it at once, and one of them takes the lease', async () => {
      const contenders = await startAll(place, 4);
      const answers = await Promise.all(contenders.map((one) => one.tell('take')));
      const winner = answers.indexOf('taken');
      expect(answers.filter((answer) => answer === 'taken')).toHaveLength(1);
      expect(answers.filter((answer) => answer === `held by p${winner}`)).toHaveLength(3);
    });

    it('append one entry at a time, and who was later is refused', async () => {
      const [a, b] = (await startAll(place, 2, { lasts: 2000 })) as [Contender, Contender];
      expect(await a.tell('take')).toBe('taken');
      expect(await a.tell('open')).toBe('opened');
      expect(await a.tell('append')).toBe('appended 2');
      await delay(2100);
      expect(await b.tell('take')).toBe('taken');
      expect(await a.tell('append')).toContain('ERR_LEASE');
      expect(await a.tell('take')).toBe('held by p1');
      expect(await b.tell('open')).toBe('ERR_CONFLICTING_RECORD r-0 is at work on 123456789012/AIDAEXAMPLE already');
    });

    it('lose nothing that was answered when one is killed, and the next goes on', async () => {
      const a = await start(place, 'a', { lasts: 8000 });
      expect(await a.tell('take')).toBe('taken');
      expect(await a.tell('open')).toBe('opened');
      let last = Number((await a.tell('flood')).split(' ')[1]);
      while (last < 30) last = Number((await a.next()).split(' ')[1]);
      a.child.kill('SIGKILL');
      for (let line = await a.next(); line !== 'undefined'; line = await a.next()) last = Number(line.split(' ')[1]);
      const journal = await openJournal(place, { now: () => new Date() });
      const entries = await journal.read('r-1');
      // The one whose answer was on its way may be there too.
      expect([last, last + 1]).toContain(entries.length);
      expect(verifyChain(entries)).toMatchObject({ kind: 'whole' });
      for await (const head of journal.list()) expect(verifyRecord(head, entries)).toMatchObject({ kind: 'whole' });
      await journal.close();
      const b = await start(place, 'b');
      expect(await b.tell('take')).toBe('held by a');
      await takeAtLast(b);
      expect(await b.tell('append')).toBe(`appended ${entries.length + 1}`);
    });

    it('a holder stopped past its lease writes nothing when it wakes', async () => {
      const a = await start(place, 'a', { lasts: 2000 });
      const b = await start(place, 'b');
      expect(await a.tell('take')).toBe('taken');
      expect(await a.tell('open')).toBe('opened');
      a.child.kill('SIGSTOP');
      const answer = a.tell('append');
      await delay(2100);
      expect(await b.tell('take')).toBe('taken');
      expect(await b.tell('append')).toBe('appended 2');
      a.child.kill('SIGCONT');
      expect(await answer).toBe(
        'ERR_LEASE the lease of 123456789012/AIDAEXAMPLE was lost to another process; b holds it now',
      );
      expect(await b.tell('append')).toBe('appended 3');
    });

    it('a writer stopped in the middle of its writing harms nobody', async () => {
      const a = await start(place, 'a', { lasts: 2000 });
      const b = await start(place, 'b');
      expect(await a.tell('take')).toBe('taken');
      expect(await a.tell('open')).toBe('opened');
      await a.tell('flood');
      await delay(50);
      // Most likely in the middle of a transaction. PostgreSQL takes that back after a while; on SQLite nobody may.
      a.child.kill('SIGSTOP');
      await delay(2200);
      const answer = await b.tell('take');
      if (store.name === 'SQLite' && answer !== 'taken') {
        expect(answer).toBe(`ERR_JOURNAL the journal ${place} cannot be used: another process is writing to it`);
        a.child.kill('SIGCONT');
        await takeAtLast(b);
      } else expect(answer).toBe('taken');
      expect(await b.tell('append')).toMatch(/^appended /);
      a.child.kill('SIGCONT');
      let line = await a.next();
      while (line.startsWith('wrote')) line = await a.next();
      expect(line).toMatch(/^ERR_(LEASE|JOURNAL) /);
      expect(await a.tell('append')).toMatch(/^ERR_LEASE /);
      const journal = await openJournal(place, { now: () => new Date() });
      const entries = await journal.read('r-1');
      expect(verifyChain(entries)).toMatchObject({ kind: 'whole' });
      expect(entries.at(-1)?.type).toBe('by b');
      await journal.close();
    });

    it('close in order', async () => {
      const a = await start(place, 'a');
      expect(await a.tell('close')).toBe('closed');
      a.child.stdin?.end();
      expect(await once(a.child, 'exit')).toEqual([0, null]);
    });
  });
}
