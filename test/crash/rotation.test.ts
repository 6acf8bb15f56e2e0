// kill -9 before and after everything that a rotation does to the world, and what is left each time: nobody is locked out,
// and it ends as it would have. KEYTURN_CRASH=all dies at every point of every scenario.
import { afterAll, describe, expect, it } from 'vitest';
import { die, finish, runAll, tally } from './rotation-courses.ts';
import type { Point } from './rotation-effects.ts';
import { checkMoment, checkRotated, checkUndone, readRotation } from './rotation-laws.ts';
import { anothers, own, scenarios, type Scenario } from './rotation-scenarios.ts';
import { runProcess, type World } from './rotation-world.ts';

const everyPoint = process.env.KEYTURN_CRASH === 'all';
const patience = 600_000;

afterAll(() => {
  const { runs, deaths, checks, violations } = tally;
  console.log(`rotation: ${runs} runs, ${deaths} deaths, ${checks} looks at everything, ${violations} violations`);
});

/** The points of a rotation, or of what begins otherwise, that nobody kills. */
async function findPoints(scenario: Scenario, stride: number): Promise<Point[]> {
  let points: readonly Point[] = [];
  const act = async (world: World) => {
    ({ points } = await finish(world, scenario));
    await checkRotated(world);
  };
  await runAll(scenario, new Map([['nobody dies', act]]));
  const inside = points
    .filter(({ name, when }) => when === 'before' && name.startsWith('sink.deliver'))
    .map((point) => ({ ...point, when: 'inside' as const }));
  return [...points, ...inside].filter((_, index) => everyPoint || index % stride === 0);
}

function describePoint({ when, effect, name }: Point): string {
  return `died ${when} effect ${effect}, ${name}`;
}

describe('a rotation that is killed and resumed', () => {
  for (const scenario of scenarios) {
    it(
      scenario.name,
      async () => {
        const points = await findPoints(scenario, scenario.stride);
        const acts = points.map((point): [string, (world: World) => Promise<void>] => [
          describePoint(point),
          async (world) => {
            await die(world, scenario, {}, point);
            expect((await finish(world, scenario)).outcome).toBe('rotated');
            await checkRotated(world);
          },
        ]);
        await runAll(scenario, new Map(acts));
      },
      patience,
    );
  }

  it(
    'twice, the second time on the way back',
    async () => {
      const scenario = { ...scenarioOf(anothers), name: 'twice' };
      const points = await findPoints(scenario, 11);
      const acts = points.map((point, index): [string, (world: World) => Promise<void>] => [
        describePoint(point),
        async (world) => {
          await die(world, scenario, {}, point);
          await die(world, scenario, { act: 'resume' }, { effect: 1 + ((index * 3) % 12), when: 'after', name: '' });
          expect((await finish(world, scenario)).outcome).toBe('rotated');
          await checkRotated(world);
        },
      ]);
      await runAll(scenario, new Map(acts));
    },
    patience,
  );
});

describe('a rotation that is taken back', () => {
  for (const [name, options] of Object.entries({ 'own key': own, "another's key": anothers })) {
    const scenario = scenarioOf(options);
    it(
      `${name}, wherever it was`,
      async () => {
        const points = (await findPoints(scenario, 1)).filter(({ when }) => when === 'after');
        const acts = points
          .filter((_, index) => everyPoint || index % 4 === 0)
          .map((point): [string, (world: World) => Promise<void>] => [
            describePoint(point),
            async (world) => {
              await die(world, scenario, {}, point);
              await takeBack(world, scenario);
            },
          ]);
        await runAll(scenario, new Map(acts));
      },
      patience,
    );
  }
});

describe('a rotation that is interrupted by Ctrl-C', () => {
  const scenario = scenarioOf(anothers);
  it(
    'ends by itself, gives its lease back, and goes on when it is resumed',
    async () => {
      const acts = (await findPoints(scenario, 9)).map((point): [string, (world: World) => Promise<void>] => [
        describePoint(point),
        async (world) => {
          const { effect, when } = point;
          const { ending } = await runProcess(world, { end: { effect, when, signal: 'SIGINT' } });
          if (ending?.kind === 'failed') expect(ending.code).toBe('ERR_INTERRUPTED');
          await checkMoment(world);
          expect((await finish(world, scenario)).outcome).toBe('rotated');
          await checkRotated(world);
        },
      ]);
      await runAll(scenario, new Map(acts));
    },
    patience,
  );
});

function scenarioOf(options: Pick<Scenario, 'isOwn' | 'sinks'>): Scenario {
  return { name: 'plain', stride: 1, ...options };
}

/** Undo; where the old key is gone for good, the rotation is ended instead. */
async function takeBack(world: World, scenario: Scenario): Promise<void> {
  const rotation = await readRotation(world);
  const canGoBack = rotation?.isOpen === true && !rotation.isDeleted;
  const { outcome } = await finish(world, scenario, canGoBack ? { act: 'undo' } : undefined);
  if (outcome === 'undone') await checkUndone(world);
  else await checkRotated(world);
}
