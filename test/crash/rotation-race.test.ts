// Two processes at one rotation: one is at work, the other says who is; and one that was stopped for longer than its lease
// lasts does no harm when it wakes.
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { stores } from '../contract/journal/stores.ts';
import { finish } from './rotation-courses.ts';
import type { Ending, Message } from './rotation-job.ts';
import { checkMoment, checkRemains, checkRotated } from './rotation-laws.ts';
import { anothers, type Scenario } from './rotation-scenarios.ts';
import { makeWorld, removeWorld, runProcess, startProcess, type World } from './rotation-world.ts';

const scenario: Scenario = { name: 'plain', stride: 1, ...anothers };
const leaseOver = 151_000;
const patience = 300_000;
const everyPoint = process.env.KEYTURN_CRASH === 'all';

for (const store of stores) {
  describe.skipIf(!store.isThere)(`two processes with one journal on ${store.name}`, () => {
    let world: World;

    beforeAll(() => store.start());
    afterAll(() => store.stop());
    beforeEach(async () => {
      world = await makeWorld(anothers);
      world.job = { ...world.job, journal: await store.makePlace() };
    });
    afterEach(() => removeWorld(world));

    it(
      'are told who is at work while one of them is',
      async () => {
        const others: (Ending | undefined)[] = [];
        let holder = 0;
        const first = await startProcess(world, { ...world.job, watched: true });
        holder = first.pid ?? 0;
        const ending = await new Promise<Ending>((resolve) => {
          first.on('message', (message: Message) => {
            if ('ending' in message) {
              resolve(message.ending);
              return;
            }
            void (async () => {
              if (/^journal.append (create intended|delivered)$/.test(message.point.name)) {
                others.push((await runProcess(world, { act: 'resume' })).ending);
                others.push((await runProcess(world, { id: 'r-other' })).ending);
              }
              first.send('go on');
            })();
          });
        });
        expect(ending).toEqual({ kind: 'closed', outcome: 'rotated' });
        expect(others.length).toBe(12);
        for (const other of others) {
          expect(other).toMatchObject({ kind: 'failed', code: expect.stringMatching(/^ERR_(LEASE|QUOTA)$/) as string });
          if (other?.kind === 'failed' && other.code === 'ERR_LEASE') {
            expect(other.message).toContain(`process ${holder} is at work`);
            expect(other.hint).toMatch(/its lease ends at \d{4}-/);
          }
        }
        expect(others.filter((other) => other?.kind === 'failed' && other.code === 'ERR_LEASE').length).toBeGreaterThan(
          4,
        );
        await checkRotated(world);
      },
      patience,
    );

    it(
      'begin at once, and one of them rotates',
      async () => {
        const endings = await Promise.all(
          ['r-one', 'r-two', 'r-three'].map(async (id) => (await runProcess(world, { id })).ending),
        );
        expect(endings.filter((ending) => ending?.kind === 'closed')).toEqual([{ kind: 'closed', outcome: 'rotated' }]);
        for (const ending of endings) {
          if (ending?.kind !== 'failed') continue;
          expect(ending.code).toMatch(/^ERR_(LEASE|CONFLICTING_RECORD|QUOTA)$/);
        }
        await checkRotated(world);
      },
      patience,
    );

    it(
      'go on where a stopped one was, which does no harm when it wakes',
      async () => {
        const { points } = await finish(world, scenario);
        await checkRotated(world);
        const inside = points
          .filter(({ when, name }) => when === 'before' && name.startsWith('sink.deliver'))
          .map((point) => ({ ...point, when: 'inside' as const }));
        const crucial = points.filter(({ name }) => /^(iam\.(create|setStatus|delete)|sink\.deliver)/.test(name));
        const afterOpening = points.slice(points.findIndex(({ name }) => name === 'journal.append create intended'));
        const chosen = everyPoint
          ? [...afterOpening, ...inside]
          : store.name === 'SQLite'
            ? [...crucial, ...inside]
            : crucial.slice(0, 4);
        for (const { effect, when, name } of chosen) await stopAt({ effect, when }, `${when} ${name}`);
      },
      patience,
    );

    async function stopAt(end: { effect: number; when: 'before' | 'inside' | 'after' }, moment: string): Promise<void> {
      const other = await makeWorld(anothers);
      other.job = { ...other.job, journal: await store.makePlace() };
      try {
        const stopped = await startProcess(other, { ...other.job, end: { ...end, signal: 'SIGSTOP' } });
        const endings: Ending[] = [];
        stopped.on('message', (message: Message) => {
          if ('ending' in message) endings.push(message.ending);
        });
        await waitUntilStopped(stopped.pid ?? 0);
        other.clock.advance(leaseOver);
        // The leases of a database that many machines share go by its own time.
        if (store.name === 'PostgreSQL') await store.change(other.job.journal, 'UPDATE keyturn_leases SET ends_at = 0');
        const { ending } = await runProcess(other, { act: 'resume' });
        // What a stopped process is about to write is waited for, and not written over.
        const isBusy =
          ending?.kind === 'failed' && ending.code === 'ERR_FILE' && ending.message.includes('is being written by');
        if (!isBusy) expect(ending, moment).toEqual({ kind: 'closed', outcome: 'rotated' });
        await checkMoment(other);
        stopped.kill('SIGCONT');
        await once(stopped, 'close');
        expect(endings, moment).toMatchObject([{ kind: 'failed', code: 'ERR_LEASE' }]);
        await checkMoment(other);
        await checkRemains(other);
        if (isBusy) await finish(other, scenario);
        await checkRotated(other);
      } finally {
        await removeWorld(other);
      }
    }
  });
}

async function waitUntilStopped(pid: number): Promise<void> {
  for (let look = 0; look < 1200; look++) {
    if (execFileSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).startsWith('T')) return;
    await delay(50);
  }
  throw new Error('it did not stop');
}
