import { homedir } from 'node:os';
import { RootCommand, type Command as TabCommand } from '@bomb.sh/tab';
import type { Command, Option } from 'commander';
import type { Context, Environment } from '../context.ts';
import { loadSharedProfiles } from '../settings/shared-profiles.ts';

/** `keyturn completion SHELL` */
export async function printCompletionScript({ printer }: Context, shell: string): Promise<undefined> {
  const script = capturePrint(() => {
    new RootCommand().setup('keyturn', 'keyturn', shell);
  });
  await printer.data(shell === 'bash' ? adaptToBash(script) : script);
}

/**
 * `keyturn complete -- WORDS`, which the scripts call: what may stand in place of the last word, a line each. Only what
 * this machine knows is offered: a call to AWS for the ids of keys would count as a use of the key that signs it.
 */
export async function completeWords(
  { env, printer }: Context,
  program: Command,
  words: readonly string[],
): Promise<undefined> {
  const profiles = await listProfileNames(env);
  await printer.data(
    capturePrint(() => {
      describeTree(program, profiles).parse([...words]);
    }),
  );
}

/** Without those that a shell would have to quote. */
async function listProfileNames(env: Environment): Promise<string[]> {
  const { profiles } = await loadSharedProfiles(env, homedir());
  return [...profiles.keys()].filter((name) => /^[\w.@+=,/-]+$/.test(name)).sort();
}

/** The command tree in the words of the completion library: a command knows its own options and the global ones. */
function describeTree(program: Command, profiles: readonly string[]): RootCommand {
  const root = new RootCommand();
  const help = program.createHelp();
  describeOptions(root, program.options, profiles);
  for (const [path, command] of walkCommands(program)) {
    const described = root.command(path, command.description());
    describeOptions(described, [...command.options, ...help.visibleGlobalOptions(command)], profiles);
    for (const argument of command.registeredArguments) {
      const choices = argument.argChoices ?? [];
      described.argument(
        argument.name(),
        (complete) => {
          for (const choice of choices) complete(choice, '');
        },
        argument.variadic,
      );
    }
  }
  return root;
}

function* walkCommands(parent: Command, prefix = ''): Generator<[path: string, command: Command]> {
  for (const command of parent.createHelp().visibleCommands(parent)) {
    const path = prefix + command.name();
    yield [path, command];
    yield* walkCommands(command, `${path} `);
  }
}

function describeOptions(command: TabCommand, options: readonly Option[], profiles: readonly string[]): void {
  for (const option of options) {
    const name = option.long?.slice(2) ?? '';
    if (option.isBoolean()) {
      command.option(name, option.description);
      continue;
    }
    const values = option.attributeName() === 'profile' ? profiles : (option.argChoices ?? []);
    command.option(name, option.description, (complete) => {
      for (const value of values) complete(value, '');
    });
  }
}

/**
 * The library's script for bash needs two things of a shell that it may not find: a function of the bash-completion
 * package, and names that nothing else has made read-only (it makes them so itself, and cannot be loaded twice).
 */
function adaptToBash(script: string): string {
  return `${wordsOfBash}\n${script.replace(/^readonly /gm, '')}`;
}

const wordsOfBash = `# keyturn completion: words without the bash-completion package
if ! declare -F _get_comp_words_by_ref >/dev/null; then
    _get_comp_words_by_ref() {
        words=("\${COMP_WORDS[@]:0:COMP_CWORD+1}")
        cword=$COMP_CWORD
        cur=\${COMP_WORDS[COMP_CWORD]}
        prev=\${COMP_WORDS[COMP_CWORD-1]}
    }
fi
`;

/** The library prints by console.log; here one module prints. */
function capturePrint(print: () => void): string {
  const lines: string[] = [];
  const original = console.log;
  console.log = (line: string) => {
    lines.push(`${line}\n`);
  };
  try {
    print();
  } finally {
    console.log = original;
  }
  return lines.join('');
}
