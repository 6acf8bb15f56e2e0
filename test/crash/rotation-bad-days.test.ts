// What can go wrong around a rotation: it says so, nothing is lost, and it goes on when that is mended.
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { finish } from './rotation-courses.ts';
import type { Point } from './rotation-effects.ts';
import type { Ending, Job } from './rotation-job.ts';
import { checkMoment, checkRotated, readRotation } from './rotation-laws.ts';
import { anothers, type Scenario } from './rotation-scenarios.ts';
import {
  askPatiently,
  listKeys,
  makeWorld,
  removeWorld,
  runProcess,
  startAgain,
  type World,
} from './rotation-world.ts';

const scenario: Scenario = { name: 'plain', stride: 1, ...anothers };
const patience = 300_000;

let world: World;

beforeEach(async () => {
  world = await makeWorld(anothers);
});

afterEach(() => removeWorld(world));

async function fail(
  change: Partial<Job>,
  visit?: (point: Point) => Promise<void>,
): Promise<Ending & { kind: 'failed' }> {
  const { ending } = await runProcess(world, change, visit);
  if (ending?.kind !== 'failed') throw new Error(`it ended with ${JSON.stringify(ending)}`);
  return ending;
}

async function endWell(): Promise<void> {
  await checkMoment(world);
  expect((await finish(world, scenario)).outcome).toBe('rotated');
  await checkRotated(world);
}

describe('before anything is changed', () => {
  afterEach(async () => {
    expect(await listKeys(world)).toEqual(world.before);
    await checkMoment(world);
  });

  it('an unknown user', async () => {
    expect(await fail({ UserName: 'nobody' })).toMatchObject({ code: 'ERR_NO_SUCH_ENTITY' });
  });

  it('a folder that is not there', async () => {
    const sinks = [...world.sinks, `env-file:${world.folder}/missing/.env`];
    expect(await fail({ sinks })).toMatchObject({
      code: 'ERR_FILE',
      message: expect.stringMatching(/missing/) as string,
    });
  });

  it('a place that holds a third key', async () => {
    const file = join(world.folder, 'third.env');
    writeFileSync(file, 'AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE\nAWS_SECRET_ACCESS_KEY=abc\n', { mode: 0o600 });
    expect(await fail({ sinks: [`env-file:${file}`] })).toMatchObject({ code: 'ERR_REFUSED' });
  });

  it.each(['iam:UpdateAccessKey', 'iam:DeleteAccessKey'])('no permission for %s', async (Action) => {
    await deny(Action);
    expect(await fail({})).toMatchObject({ code: 'ERR_REFUSED', message: `not allowed: ${Action}` });
  });

  it('no permission for iam:CreateAccessKey, the first change of all', async () => {
    await deny('iam:CreateAccessKey');
    expect(await fail({})).toMatchObject({ code: 'ERR_ACCESS_DENIED' });
  });

  it('a journal of a newer version', async () => {
    await runProcess(world, { act: 'resume' });
    const database = new DatabaseSync(world.job.journal);
    database.exec('UPDATE keyturn_schema SET version = 99');
    database.close();
    const ending = await fail({});
    expect(ending).toMatchObject({ code: 'ERR_JOURNAL', message: expect.stringMatching(/newer Keyturn/) as string });
    rmSync(world.job.journal);
  });

  it('a journal that is a folder', async () => {
    mkdirSync(world.job.journal, { mode: 0o600 });
    expect(await fail({})).toMatchObject({ code: 'ERR_JOURNAL' });
    rmSync(world.job.journal, { recursive: true });
  });

  it.skipIf(process.getuid?.() === 0)('a journal that may not be written', async () => {
    await runProcess(world, { act: 'resume' });
    chmodSync(world.job.journal, 0o400);
    expect(await fail({})).toMatchObject({ code: 'ERR_JOURNAL' });
    chmodSync(world.job.journal, 0o600);
  });

  /** The administrator, who rotates, may do everything but this. */
  async function deny(Action: string): Promise<void> {
    const PolicyDocument = JSON.stringify({
      Version: '2012-10-17',
      Statement: { Effect: 'Deny', Action, Resource: '*' },
    });
    await askPatiently(world, world.admin, 'PutUserPolicy', { UserName: 'admin', PolicyName: 'deny', PolicyDocument });
  }
});

describe('in the middle', () => {
  const moments = ['iam.create', 'iam.trial', 'iam.setStatus', 'iam.readLastUsed', 'iam.delete', 'iam.findUser'];

  it.each(moments)(
    'the endpoint goes away before %s, and comes back',
    async (name) => {
      const ending = await fail({}, async (point) => {
        if (point.when !== 'before' || !point.name.startsWith(name)) return;
        if (name === 'iam.findUser' && (await readRotation(world))?.deliveredAt === undefined) return;
        await world.endpoint.close();
      });
      // Of evidence that cannot be had it is said that it cannot be had.
      expect(ending.code).toBe(name === 'iam.readLastUsed' ? 'ERR_GATE' : 'ERR_NETWORK');
      await startAgain(world);
      world.clock.advance(151_000);
      await endWell();
    },
    patience,
  );

  it.each([1, -1])(
    'a clock that is %d hours wrong',
    async (hours) => {
      world.endpoint.advanceClock(hours * 3_600_000);
      const { ending } = await runProcess(world, {});
      expect(ending).toEqual({ kind: 'closed', outcome: 'rotated' });
      const rotation = await readRotation(world);
      const used = world.endpoint.requests().filter(({ action }) => action === 'CreateAccessKey');
      const createdAt = used.at(-1)?.time.getTime() ?? 0;
      expect(rotation?.deliveredAt?.getTime() ?? 0).toBeGreaterThan(createdAt);
      expect(rotation?.deliveredAt?.getTime() ?? 0).toBeLessThan(createdAt + 120_000);
    },
    patience,
  );

  it(
    'a credentials file of odd syntax',
    async () => {
      const file = join(world.folder, 'shared');
      const { accessKeyId, secretAccessKey } = world.old;
      const text = [
        '\uFEFF; a byte order mark, Windows line ends, and no line end at the end',
        '[other]',
        's3 =',
        '  max_concurrent_requests = 20',
        '  aws_access_key_id = indented = not ours',
        '[ deploy ]',
        '[deploy]   # the one',
        `aws_access_key_id=${accessKeyId}`,
        `aws_secret_access_key = ${secretAccessKey}`,
        '[last]',
        'region=eu-west-1',
      ].join('\r\n');
      writeFileSync(file, text, { mode: 0o600 });
      const { ending } = await runProcess(world, {});
      expect(ending).toEqual({ kind: 'closed', outcome: 'rotated' });
      await checkRotated(world);
      expect(readFileSync(file, 'utf8').replace(/AKIA\w+|(?<=access_key = ).*/g, '')).toBe(
        text.replace(/AKIA\w+|(?<=access_key = ).*/g, ''),
      );
    },
    patience,
  );
});

const mayMount = process.getuid?.() === 0 && process.platform === 'linux' && mounts();
if (!mayMount)
  console.log('left out: a full disk under a rotation: it takes a file system of its own, mounted by root');

describe.skipIf(!mayMount)('a full disk', () => {
  let disk: string;

  beforeEach(() => {
    disk = join(world.folder, 'disk');
    mkdirSync(disk);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=512k', 'tmpfs', disk]);
    world.job = { ...world.job, journal: join(disk, 'journal.sqlite') };
  });
  afterEach(() => {
    execFileSync('umount', ['-l', disk]);
  });

  it.each(['create intended', 'created', 'delivery intended', 'delivered', 'deactivated', 'deleted'])(
    'where "%s" is to be written',
    async (type) => {
      const ending = await fail({}, (point) => {
        if (point.when === 'before' && point.name === `journal.append ${type}`) fill(disk);
        return Promise.resolve();
      });
      expect(ending).toMatchObject({ code: 'ERR_JOURNAL', hint: expect.stringMatching(/disk/) as string });
      rmSync(join(disk, 'filler'));
      world.clock.advance(151_000);
      await endWell();
    },
    patience,
  );
});

function fill(disk: string): void {
  const { bavail, bsize } = statfsSync(disk);
  writeFileSync(join(disk, 'filler'), Buffer.alloc(bavail * bsize));
}

function mounts(): boolean {
  try {
    execFileSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
