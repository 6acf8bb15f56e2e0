import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runOnTerminal } from './terminal.ts';
import { makeWorld, type World } from './world.ts';

/** How each shell is started without anything of this machine's, and how it loads the script. */
const shells = {
  bash: [`PS1='> ' bash --norc --noprofile -i`, 'source <(keyturn completion bash)'],
  zsh: [`PS1='> ' zsh -f -i`, 'autoload -Uz compinit && compinit -u -D && source <(keyturn completion zsh)'],
  fish: [`fish --no-config -i -C 'function fish_prompt; echo -n "> "; end'`, 'keyturn completion fish | source'],
} as const;

const killLine = '\u0015';
let world: World;

beforeAll(async () => {
  world = await makeWorld();
});

afterAll(() => world.end());

describe.each(Object.entries(shells))('completion in %s', (shell, [start, load]) => {
  const isThere = spawnSync(shell, ['--version']).status === 0;
  if (!isThere) console.log(`left out: completion in ${shell}, which is not installed`);

  // With CI=true a missing shell is a failure.
  it.skipIf(!isThere && process.env.CI !== 'true').each([
    ['keyturn whoa', 'keyturn whoami'],
    ['keyturn keys last', 'keyturn keys last-used'],
    ['keyturn keys list --al', 'keyturn keys list --all'],
    ['keyturn --profile wo', 'keyturn --profile work'],
  ])('goes from %j to %j', async (typed, completed) => {
    const lastWord = completed.split(' ').at(-1) ?? '';
    const { screen } = await runOnTerminal(`printf '[profile work]\\n' > config; ${start}`, {
      ...world,
      env: { ...world.env, AWS_CONFIG_FILE: `${world.cwd}/config` },
      typing: [
        ['>', `${load}; echo loa''ded\r`],
        ['loaded', `${typed}\t`],
        [lastWord, `${killLine}exit\r`],
      ],
    });
    expect(screen.replace(/\s+/g, ' ')).toContain(completed);
  });
});
