// What must be true of a rotation at every moment, after every death, and at its end.
import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { verifyRecord } from '../../src/journal/chain.ts';
import { foldRotation, type Rotation } from '../../src/rotation/index.ts';
import { openSink } from '../../src/sinks/open-sink.ts';
import { openJournal } from '../../src/store/open-journal.ts';
import type { Pair } from '../contract/endpoint/signed-call.ts';
import type { Point } from './rotation-effects.ts';
import { askPatiently, listKeys, listKeysOf, readMade, rotated, type World } from './rotation-world.ts';

export function demand(condition: boolean, violation: string): asserts condition {
  if (!condition) throw new Error(violation);
}

/** At every moment: no more keys than two, and every place holds a pair that works. */
export async function checkMoment(world: World): Promise<void> {
  const keys = await listKeysOf(world, rotated);
  demand(keys.length <= 2, `${rotated} has ${keys.length} keys`);
  for (const spec of world.sinks) {
    const pair = await readPlace(world, spec);
    demand(pair !== undefined, `${spec} holds no pair`);
    const { status, body, code } = await askPatiently(world, pair, 'GetCallerIdentity');
    demand(status === 200 && body.includes(`:user/${rotated}<`), `${spec} holds ${pair.accessKeyId}: ${code ?? body}`);
  }
}

async function readPlace(world: World, spec: string): Promise<Pair | undefined> {
  const pair = await openSink(spec, { env: world.environment, home: world.folder }).read();
  return pair && { accessKeyId: pair.AccessKeyId, secretAccessKey: pair.SecretAccessKey.reveal() };
}

/** Before a step that cannot be taken lightly: everything that has to come before it is in the journal. */
export async function checkOrder(world: World, { name }: Point): Promise<void> {
  const { soak, grace } = world.job.patience;
  const { accessKeyId } = world.old;
  const rotation = await readRotation(world);
  if (rotation === undefined || rotation.undo !== undefined) return;
  const now = world.clock.now().getTime();
  if (name.startsWith('sink.deliver')) {
    const { creation } = rotation;
    demand(creation.kind === 'created' && creation.isProven, `${name} of a key that is not proven`);
  }
  if (name === `iam.setStatus ${rotated} ${accessKeyId} Inactive`) {
    const { deliveredAt, gates } = rotation;
    demand(deliveredAt !== undefined && gates.deactivate?.verdict === 'open', `${name} without a gate`);
    const quiet = await findQuietSince(world, deliveredAt);
    demand(now - quiet.getTime() >= soak, `${name} after ${now - quiet.getTime()} ms of quiet`);
  }
  if (name === `iam.delete ${rotated} ${accessKeyId}`) {
    const { deactivatedAt, gates } = rotation;
    demand(deactivatedAt !== undefined && gates.delete?.verdict === 'open', `${name} without a gate`);
    demand(now - deactivatedAt.getTime() >= grace, `${name} before the grace is over`);
  }
}

/** The delivery, or the last use of the old key that came after it. */
async function findQuietSince({ endpoint, old }: World, deliveredAt: Date): Promise<Date> {
  const uses = endpoint
    .requests()
    .filter(({ AccessKeyId, time, status }) => AccessKeyId === old.accessKeyId && status === 200 && time > deliveredAt);
  return Promise.resolve(uses.at(-1)?.time ?? deliveredAt);
}

/** After a death: nothing of what it wrote shows a secret or is open to others, and nobody else's key has changed. */
export async function checkRemains(world: World): Promise<void> {
  const secrets = findSecrets(world);
  for (const file of globSync(`${world.job.journal}*`)) {
    const bytes = readFileSync(file);
    demand(!secrets.some((secret) => bytes.includes(secret)), `${file} holds a secret`);
  }
  demand(!secrets.some((secret) => world.output.includes(secret)), 'a secret was printed');
  const open = globSync(join(world.folder, '*'))
    .filter((file) => !/^(clock|secrets)/.test(basename(file)))
    .filter((file) => statSync(file).isFile() && (statSync(file).mode & 0o777) !== 0o600);
  demand(open.length === 0, `others may read ${open.join(', ')}`);
  await checkBystanders(world);
}

function findSecrets(world: World): string[] {
  return [world.old, ...readMade(world)].map(({ secretAccessKey }) => secretAccessKey);
}

async function checkBystanders(world: World): Promise<void> {
  const others = (keys: ReadonlySet<string>) => [...keys].filter((key) => !key.startsWith(`${rotated} `)).sort();
  const [before, now] = [others(world.before).join(', '), others(await listKeys(world)).join(', ')];
  demand(before === now, `other keys are ${now} and were ${before}`);
}

/** At the end of a rotation: one key, Active, held by every place; nothing of the old one is left. */
export async function checkRotated(world: World): Promise<void> {
  await checkEnd(world);
  const keys = await listKeysOf(world, rotated);
  const [key] = keys;
  demand(keys.length === 1 && key?.Status === 'Active', `${rotated} has ${JSON.stringify(keys)}`);
  demand(key.AccessKeyId !== world.old.accessKeyId, 'the old key is still there');
  for (const spec of world.sinks) {
    const held = (await readPlace(world, spec))?.accessKeyId;
    demand(held === key.AccessKeyId, `${spec} holds ${held ?? 'nothing'}`);
  }
  for (const file of globSync(join(world.folder, '*'))) {
    // Where the caller's own profile is no place of the rotation, it is left as it is.
    const isNoPlace = basename(file) === 'credentials' && !world.sinks.includes('profile:operator');
    if (basename(file) === 'secrets' || isNoPlace || !statSync(file).isFile()) continue;
    demand(!readFileSync(file).includes(world.old.secretAccessKey), `${file} keeps the old secret`);
  }
}

/** At the end of one that was taken back: the old key is Active, and every place holds it. */
export async function checkUndone(world: World): Promise<void> {
  await checkEnd(world);
  const keys = await listKeysOf(world, rotated);
  const old = keys.find(({ AccessKeyId }) => AccessKeyId === world.old.accessKeyId);
  demand(old?.Status === 'Active', `the old key is ${old?.Status ?? 'gone'}`);
  for (const spec of world.sinks) {
    const held = (await readPlace(world, spec))?.accessKeyId;
    demand(held === world.old.accessKeyId, `${spec} holds ${held ?? 'nothing'}`);
  }
}

async function checkEnd(world: World): Promise<void> {
  // By now the last change is known everywhere.
  world.clock.advance(20_000);
  await checkMoment(world);
  await checkRemains(world);
  await checkJournal(world);
  const left = globSync(join(world.folder, '*.keyturn-*'));
  demand(left.length === 0, `there is still ${left.join(', ')}`);
}

async function checkJournal(world: World): Promise<void> {
  const journal = await openJournal(world.job.journal, { now: () => world.clock.now() });
  try {
    for await (const head of journal.list()) {
      const entries = await journal.read(head.record);
      const check = verifyRecord(head, entries);
      demand(
        !findSecrets(world).some((secret) => JSON.stringify(entries).includes(secret)),
        'the journal holds a secret',
      );
      demand(check.kind === 'whole' && !head.isOpen, `${head.record} is ${JSON.stringify(check)}`);
    }
  } finally {
    await journal.close();
  }
}

export async function readRotation(world: World): Promise<Rotation | undefined> {
  if (!world.job.journal.startsWith('postgres:') && !existsSync(world.job.journal)) return undefined;
  const journal = await openJournal(world.job.journal, { now: () => world.clock.now() });
  try {
    return foldRotation(await journal.read(world.job.id));
  } finally {
    await journal.close();
  }
}
