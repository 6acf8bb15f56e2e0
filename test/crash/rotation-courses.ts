// A rotation from its beginning to its end, whoever dies on the way: what tests of it are made of.
import { expect } from 'vitest';
import type { Point } from './rotation-effects.ts';
import type { Job } from './rotation-job.ts';
import { checkMoment, checkOrder, checkRemains, demand, readRotation } from './rotation-laws.ts';
import type { Scenario } from './rotation-scenarios.ts';
import { makeWorld, removeWorld, runProcess, type Ended, type World } from './rotation-world.ts';

/** What a process does to the world, after which everything is looked at. */
const changes = /^(iam\.(create|setStatus|delete|moveTag)|sink\.(deliver|restore|settle))/;
/** Longer than a lease lasts. */
const leaseOver = 151_000;

export const tally = { runs: 0, deaths: 0, checks: 0, violations: 0 };

/** A process that is watched: at each of its points the test looks whether the laws hold. */
async function runWatched(world: World, scenario: Scenario, change: Partial<Job>): Promise<Ended> {
  return runProcess(world, change, async (point) => {
    await scenario.disturb?.(world, point);
    if (point.when === 'before') await checkOrder(world, point);
    if (point.when !== 'after' || !changes.test(point.name)) return;
    tally.checks++;
    await checkMoment(world);
  });
}

export interface Course {
  readonly outcome: string;
  /** Of the first process. */
  readonly points: readonly Point[];
}

/** Goes on until the rotation is closed, whatever has to be mended on the way. */
export async function finish(world: World, scenario: Scenario, first?: Partial<Job>): Promise<Course> {
  let next = first;
  let firstPoints: readonly Point[] | undefined;
  for (let turn = 0; turn < 6; turn++) {
    const isBegun = (await readRotation(world)) !== undefined;
    const { ending, points } = await runWatched(world, scenario, next ?? { act: isBegun ? 'resume' : 'rotate' });
    firstPoints ??= points;
    if (ending?.kind === 'closed') return { outcome: ending.outcome, points: firstPoints };
    demand(ending?.kind === 'failed', `it ends with ${JSON.stringify(ending)}`);
    await checkMoment(world);
    demand(scenario.mend !== undefined, `${ending.code}: ${ending.message}`);
    next = await scenario.mend(world, ending.code);
  }
  throw new Error('it does not come to an end');
}

/** A process that dies at a point. */
export async function die(world: World, scenario: Scenario, change: Partial<Job>, point: Point): Promise<void> {
  const job = { ...change, end: { effect: point.effect, when: point.when, signal: 'SIGKILL' as const } };
  const { disturb } = scenario;
  const visit = disturb && ((met: Point) => disturb(world, met));
  const { ending } = await runProcess(world, job, visit);
  // A failure that a person has to mend may come first.
  if (ending === undefined) tally.deaths++;
  tally.checks++;
  await checkMoment(world);
  await checkRemains(world);
  world.clock.advance(leaseOver);
}

type Act = (world: World) => Promise<void>;

/** A violation says at which point it died. */
async function runOne(scenario: Scenario, what: string, act: Act, failures: string[]): Promise<void> {
  tally.runs++;
  const world = await makeWorld(scenario);
  try {
    if (scenario.rehearsal !== undefined) world.endpoint.rehearse(scenario.rehearsal);
    await act(world);
  } catch (error) {
    tally.violations++;
    failures.push(`${what}: ${error instanceof Error ? error.message : String(error)}\n${world.output}`);
  } finally {
    await removeWorld(world);
  }
}

/** All of them, two at a time, each in a world of its own. */
export async function runAll(scenario: Scenario, acts: ReadonlyMap<string, Act>): Promise<void> {
  const failures: string[] = [];
  const left = [...acts];
  const work = async () => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      await runOne(scenario, ...next, failures);
    }
  };
  await Promise.all([work(), work()]);
  expect(failures).toEqual([]);
}
