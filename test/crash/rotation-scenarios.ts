// What a rotation meets on its way, and what a person does about it.
import { mkdirSync, rmdirSync } from 'node:fs';
import { readElement } from '../contract/endpoint/signed-call.ts';
import type { Point } from './rotation-effects.ts';
import type { Job } from './rotation-job.ts';
import { demand } from './rotation-laws.ts';
import { askPatiently, rotated, type World, type WorldOptions } from './rotation-world.ts';

export interface Scenario extends WorldOptions {
  readonly name: string;
  readonly rehearsal?: object;
  /** Of so many points one is died at. Before an effect all is as after the one before it: 2 leaves nothing out. */
  readonly stride: number;
  /** What happens beside it. */
  readonly disturb?: (world: World, point: Point) => Promise<void>;
  /** What a person does about a failure, and then asks for; `resume` where nothing is said. */
  readonly mend?: (world: World, code: string) => Promise<Partial<Job> | undefined>;
}

export const own = { isOwn: true, sinks: ['profile:operator'] };
export const anothers = { isOwn: false, sinks: ['profile:deploy@shared', 'env-file:one.env'] };
const three = ['profile:deploy@shared', 'env-file:one.env', 'env-file:two.env'];
/** The folders of worlds where something stood in the way once. */
const blocked = new Set<string>();

export const scenarios: readonly Scenario[] = [
  { name: 'own key, one place', ...own, stride: 2 },
  { name: "another's key, two places", ...anothers, stride: 5 },
  { name: 'own key, three places', isOwn: true, sinks: ['profile:operator', ...three.slice(1)], stride: 13 },
  { name: 'own key, signed by a profile that is no place of it', isOwn: true, sinks: three, stride: 13 },
  { name: "another's key, three places", isOwn: false, sinks: three, stride: 13 },
  {
    name: 'the answer of CreateAccessKey is lost',
    ...own,
    rehearsal: { faults: [{ kind: 'lost-answer', actions: ['iam:CreateAccessKey'], count: 1 }] },
    stride: 13,
  },
  {
    name: 'the answer is lost, and nobody can say who made the key',
    ...anothers,
    rehearsal: {
      faults: [
        { kind: 'lost-answer', actions: ['iam:CreateAccessKey'], count: 1 },
        { kind: 'error', actions: ['cloudtrail:*'], code: 'AccessDeniedException', status: 400 },
      ],
    },
    mend: async (world, code) => {
      demand(code === 'ERR_UNKNOWN_KEY', code);
      return { act: 'discard', AccessKeyId: await findUnknownKey(world) };
    },
    stride: 13,
  },
  {
    name: 'changes are known late',
    ...anothers,
    rehearsal: { consistency: { delay: { from: '2s', to: '14s' }, replicas: 3 } },
    // A list that still shows a deleted key refuses a new one.
    mend: (world, code) => {
      demand(code === 'ERR_QUOTA' || code === 'ERR_GATE', code);
      world.clock.advance(15_000);
      return Promise.resolve(undefined);
    },
    stride: 13,
  },
  { name: 'throttled', ...own, rehearsal: { throttling: [{ actions: ['iam:*'], rate: 20, burst: 2 }] }, stride: 13 },
  {
    name: 'a place that cannot be written until somebody mends it',
    ...anothers,
    disturb: async ({ sinks, folder }, { when, name }) => {
      if (when !== 'before' || name !== `sink.deliver ${sinks[1] ?? ''}` || blocked.has(folder)) return;
      blocked.add(folder);
      mkdirSync(`${folder}/one.env.keyturn-tmp`);
      return Promise.resolve();
    },
    mend: ({ folder }, code) => {
      demand(code === 'ERR_FILE', code);
      rmdirSync(`${folder}/one.env.keyturn-tmp`);
      return Promise.resolve(undefined);
    },
    stride: 13,
  },
  {
    name: "a stranger's key appears before ours",
    ...own,
    disturb: async (world, { when, name }) => {
      if (when === 'before' && name === 'journal.append create intended') await plantStranger(world);
    },
    mend: removeStranger,
    stride: 13,
  },
  {
    name: "a stranger's key appears while the answer is awaited",
    ...anothers,
    rehearsal: { faults: [{ kind: 'error', actions: ['iam:CreateAccessKey'], status: 503, count: 1 }] },
    disturb: async (world, { when, name }) => {
      if (when === 'after' && name === 'iam.create') await plantStranger(world);
    },
    mend: removeStranger,
    stride: 13,
  },
  {
    name: 'the last use cannot be read',
    ...own,
    rehearsal: {
      faults: [{ kind: 'error', actions: ['iam:GetAccessKeyLastUsed'], code: 'ServiceFailure', status: 500, skip: 1 }],
    },
    mend: (world, code) => {
      demand(code === 'ERR_GATE', code);
      world.endpoint.rehearse({});
      return Promise.resolve(undefined);
    },
    stride: 13,
  },
];

/** Somebody makes a key by hand, once. */
async function plantStranger(world: World): Promise<void> {
  if (world.strangers.size > 0) return;
  const { code, body } = await askPatiently(world, world.admin, 'CreateAccessKey', { UserName: rotated });
  demand(code === undefined || code === 'LimitExceeded', code ?? '');
  const AccessKeyId = readElement(body, 'AccessKeyId');
  if (AccessKeyId !== undefined) world.strangers.add(AccessKeyId);
}

/** The stranger finds it untouched, and takes it away. */
async function removeStranger(world: World, code: string): Promise<undefined> {
  const [AccessKeyId = ''] = world.strangers;
  demand(['ERR_UNKNOWN_KEY', 'ERR_QUOTA'].includes(code), code);
  const { body } = await askPatiently(world, world.admin, 'ListAccessKeys', { UserName: rotated });
  demand(
    new RegExp(`${AccessKeyId}</AccessKeyId>\\s*<Status>Active`).test(body),
    `${AccessKeyId} was touched: ${body}`,
  );
  await askPatiently(world, world.admin, 'DeleteAccessKey', { UserName: rotated, AccessKeyId });
}

async function findUnknownKey(world: World): Promise<string> {
  const { body } = await askPatiently(world, world.admin, 'ListAccessKeys', { UserName: rotated });
  const ids = [...body.matchAll(/<AccessKeyId>(\w+)</g)].map(([, id]) => id ?? '');
  return ids.find((id) => id !== world.old.accessKeyId) ?? '';
}
