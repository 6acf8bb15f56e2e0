/** The command tree: names, options and help. What a command does is loaded when it is run (../commands/). */
import { Command, CommanderError, type Option } from 'commander';
import type { Accepts, Choose, Work } from '../context.ts';
import type { Invocation } from '../invocation.ts';
import { version } from '../version.ts';
import { outputs } from '../output/answer.ts';
import { addAuditCommands } from './audit.ts';
import { addCompletionCommands } from './completion.ts';
import { addContainCommand } from './contain.ts';
import { addDemoCommand } from './demo.ts';
import { addGlobalOptions, describeOutput, findOutputMistake, readGlobalOptions } from './global-options.ts';
import { addKeysCommands } from './keys.ts';
import { describeMistake } from './mistake.ts';
import { addPlanCommands } from './plan.ts';
import { addPolicyCommand } from './policy.ts';
import { addRotationCommands } from './rotation.ts';
import { addRulesCommand } from './rules.ts';
import { addSeedCommand } from './seed.ts';
import { addServeCommand } from './serve.ts';
import { addSinksCommands } from './sinks.ts';
import { addWhoamiCommand } from './whoami.ts';

const widestHelp = 100;

/**
 * Reads a command line, and does nothing of it yet.
 *
 * @param argv the arguments after the program's name
 * @param columns the width for help texts
 */
export function readCommandLine(argv: readonly string[], columns = 80): Invocation {
  let work: Work | undefined;
  let accepts: Accepts = { reports: false };
  let text = '';
  const program = createProgram((chosen, takes = accepts) => {
    work = chosen;
    accepts = takes;
  });
  const writeHelp = (piece: string): void => {
    text += piece;
  };
  configureOutput(program, writeHelp, Math.min(columns, widestHelp));
  try {
    program.parse(argv.length === 0 ? ['--help'] : argv, { from: 'user' });
  } catch (error) {
    const options = readGlobalOptions(program);
    if (text === '') return { options, kind: 'mistake', error: describeMistake(error) };
    return { options, kind: 'text', text, asked: error instanceof CommanderError && error.exitCode === 0 };
  }
  const options = readGlobalOptions(program);
  const mistake = work === undefined ? undefined : findOutputMistake(program, accepts);
  if (mistake !== undefined) return { options, kind: 'mistake', error: mistake };
  return work === undefined ? { options, kind: 'text', text, asked: true } : { options, kind: 'work', work };
}

/** The whole tree. */
export function createProgram(choose: Choose): Command {
  const program = new Command('keyturn');
  program
    .description('The life of AWS IAM access keys: create, list, see their last use,\nactivate, deactivate, delete')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand('help [command]', 'print the help of a command')
    .configureHelp({
      minWidthToWrap: 20,
      showGlobalOptions: true,
      visibleGlobalOptions: (command) => globalOptionsOf(command, program),
    })
    .exitOverride();
  addGlobalOptions(program);
  addKeysCommands(program, choose);
  addContainCommand(program, choose);
  addAuditCommands(program, choose);
  addPolicyCommand(program, choose);
  addWhoamiCommand(program, choose);
  addPlanCommands(program, choose);
  addRotationCommands(program, choose);
  addRulesCommand(program, choose);
  addSinksCommands(program, choose);
  addServeCommand(program, choose);
  addSeedCommand(program, choose);
  addDemoCommand(program, choose);
  addCompletionCommands(program, choose);
  return program;
}

/** The global options that mean something to a command: those of AWS and of answers say nothing to one without either. */
function globalOptionsOf(command: Command, program: Command): Option[] {
  if (command === program) return [];
  const everywhere = ['quiet', 'debug', 'color'];
  const withState = ['config', 'journal'];
  const usesState = ['keys', 'whoami', 'demo'].every(
    (name) => command.name() !== name && command.parent?.name() !== name,
  );
  const shown = {
    serve: everywhere,
    completion: everywhere,
    seed: ['output', 'query', ...everywhere],
    find: ['output', 'query', ...everywhere],
    rules: ['output', 'query', 'config', ...everywhere],
  };
  const own = Object.entries(shown).find(([name]) => name === command.name())?.[1];
  const options = program.options.filter((option) =>
    own === undefined
      ? option.attributeName() !== 'version' && (usesState || !withState.includes(option.attributeName()))
      : own.includes(option.attributeName()),
  );
  const hasReports = command.name() === 'audit';
  return options.map((option) =>
    option.attributeName() === 'output' && !hasReports ? describeOutput(outputs) : option,
  );
}

/** Makes the whole tree write its help with a function, and leave its errors to who catches them. */
function configureOutput(command: Command, write: (text: string) => void, columns: number): void {
  command.configureOutput({
    writeOut: write,
    writeErr: write,
    outputError: () => undefined,
    getOutHelpWidth: () => columns,
    getErrHelpWidth: () => columns,
  });
  for (const child of command.commands) configureOutput(child, write, columns);
}
