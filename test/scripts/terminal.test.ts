import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canRunTerminals, runOnTerminal, type TerminalRun } from './terminal.ts';
import { makeWorld, type World } from './world.ts';

let world: World;

beforeAll(async () => {
  world = await makeWorld();
});

afterAll(() => world.end());

function run(command: string, typing: [shown: string, typed: string][] = [], columns = 80): Promise<TerminalRun> {
  return runOnTerminal(command, { ...world, columns, typing });
}

if (!canRunTerminals) console.log('left out: the command line on a terminal, as there is no `script` to make one');

// With CI=true nothing is left out: a missing `script` is a failure.
describe.skipIf(!canRunTerminals && process.env.CI !== 'true')('on a terminal', () => {
  it('an Active key is deleted when its id is typed, and not otherwise', async () => {
    const command = 'keyturn keys delete $ALICE_1 --user alice --yes';
    const refused = await run(command, [['type the access key id', 'yes\r']]);
    expect(refused.screen).toContain('status     Active, 10d old');
    expect(refused.exitCode).toBe(4);
    const agreed = await run(command, [['type the access key id', `${world.env.ALICE_1 ?? ''}\r`]]);
    expect(agreed.screen).toContain(`deleted ${world.env.ALICE_1 ?? ''} of alice`);
    expect(agreed.exitCode).toBe(0);
  });

  it('an Inactive key is deleted when that is confirmed', async () => {
    const command = 'keyturn keys delete $CAROL_1 --user carol --quiet';
    const refused = await run(command, [['delete it for good?', 'n']]);
    // A question is never asked without what it is about, not even with --quiet.
    expect(refused.screen).toContain('status     Inactive');
    expect(refused.exitCode).toBe(4);
    const agreed = await run(command, [['delete it for good?', 'y']]);
    expect(agreed.exitCode).toBe(0);
    expect((await run('keyturn keys list --user carol')).screen).toContain('carol has no access keys');
  });

  it('Ctrl-C at a question ends with 130, and nothing is done', async () => {
    const { exitCode, screen } = await run('keyturn keys delete $ALICE_2 --user alice', [
      ['type the access key id', '\u0003'],
    ]);
    expect(exitCode).toBe(130);
    expect(screen).toContain('nothing was changed');
    expect((await run('keyturn keys list --user alice')).screen).toContain(world.env.ALICE_2);
  });

  it('whoever deactivates the key that signs is asked', async () => {
    const { exitCode, screen } = await run('keyturn keys deactivate $ADMIN_KEY', [['all the same?', 'n']]);
    expect(screen).toContain('signs this very call');
    expect(exitCode).toBe(4);
  });

  it.each([80, 50])('nothing printed is wider than %i columns', async (columns) => {
    const { screen } = await run('keyturn keys list --all; keyturn keys list --help; keyturn whoami', [], columns);
    // Progress is written over.
    const lines = screen.split(/[\n\r]/);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(columns);
    expect(screen).toContain(world.env.ALICE_2);
  });

  it('a person is told of signing in instead of keys, and --to terminal shows the secret', async () => {
    const { screen, exitCode } = await run('keyturn keys create --user bob --to terminal > out; grep -c Secret out');
    expect(screen).toContain('AWS recommends signing in instead of a key for a person');
    expect(screen).toMatch(/SecretAccessKey {2}\S{40}\n/);
    // The answer on stdout, here in a file, does not have it again.
    expect(exitCode).toBe(1);
  });

  it('serve prints the lines to paste, and Ctrl-C ends it with 0', async () => {
    const { screen, exitCode } = await run('keyturn serve --port 0 --memory', [['kept', '\u0003']]);
    expect(screen).toMatch(/^export AWS_ENDPOINT_URL_IAM=\S+ .*AWS_SECRET_ACCESS_KEY=\S{40} AWS_REGION=us-east-1$/m);
    expect(exitCode).toBe(0);
  });

  it('an account is listed with its progress', async () => {
    const command = 'AWS_ENDPOINT_URL_IAM=$SLOW AWS_ENDPOINT_URL_STS=$SLOW keyturn keys list --all --output json > out';
    expect((await run(command)).screen).toMatch(/\d+ users, \d+ access keys, \d+ users a second/);
  });
});
