import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { matchesLines, parseSession, runCommand } from './session.ts';
import { makeWorld, type World } from './world.ts';

const folder = join(import.meta.dirname, 'sessions');
const files = readdirSync(folder).filter((name) => name.endsWith('.txt'));

describe.each(files)('the session %s', (file) => {
  let world: World;

  beforeAll(async () => {
    world = await makeWorld();
  });

  afterAll(() => world.end());

  // Each command finds what those before it left.
  it.each(parseSession(readFileSync(join(folder, file), 'utf8')))(
    'line $line: $command',
    async ({ command, stdout, stderr, exitCode }) => {
      const outcome = await runCommand(command, world);
      const asExpected = {
        stdout: matchesLines(outcome.stdout, stdout, world.env),
        stderr: matchesLines(outcome.stderr, stderr, world.env),
        exitCode: outcome.exitCode,
      };
      const shown = `stdout:\n${outcome.stdout}\nstderr:\n${outcome.stderr}`;
      expect(asExpected, shown).toEqual({ stdout: true, stderr: true, exitCode });
    },
  );
});
