import { Option, type Command } from 'commander';
import { KeyturnError } from '../../errors.ts';
import type { Accepts, GlobalOptions } from '../context.ts';
import { outputs, reportOutputs, type Output, type ReportOutput } from '../output/answer.ts';

/** Adds the options of {@link GlobalOptions}: they may stand before or after the command. */
export function addGlobalOptions(program: Command): void {
  program
    .option('--profile <name>', 'profile of the AWS configuration files')
    .option('--region <region>', 'AWS region')
    .option('--endpoint-url <url>', 'the endpoint of IAM and STS')
    .addOption(describeOutput([...outputs, ...reportOutputs]))
    .option('--query <jmespath>', 'JMESPath expression on the JSON; implies json')
    .option('--config <file>', 'keyturn.yaml, else the one in this folder')
    .option('--journal <place>', 'a path or a postgres:// URL')
    .option('--yes', 'answer yes to questions')
    .option('--quiet', 'print data, warnings and errors alone')
    .option('--debug', 'print what is logged, and the stack of an error')
    .option('--no-color', 'no colours, as with the variable NO_COLOR');
}

/** `--output`, with the forms that a command has. Only when the command is known it can be told what is none of them. */
export function describeOutput(forms: readonly string[]): Option {
  const option = new Option('--output <format>', 'form of the answer, else a table');
  option.argChoices = [...forms];
  return option;
}

/** The global options as the program's parser left them. */
export function readGlobalOptions(program: Command): GlobalOptions {
  const { profile, region, endpointUrl, output, query, config, journal, yes, quiet, debug, color } = program.opts<
    Omit<Partial<GlobalOptions>, 'output'> & { readonly output?: Output | ReportOutput }
  >();
  return {
    profile,
    region,
    endpointUrl,
    ...splitOutput(output),
    query,
    config,
    journal,
    yes: yes === true,
    quiet: quiet === true,
    debug: debug === true,
    color: color !== false,
  };
}

function splitOutput(output: Output | ReportOutput | undefined): Pick<GlobalOptions, 'output' | 'report'> {
  const report = reportOutputs.find((each) => each === output);
  return { output: outputs.find((each) => each === output), report };
}

/** A form that the command does not have, or a report that a query is asked of. */
export function findOutputMistake(program: Command, { reports }: Accepts): KeyturnError | undefined {
  const { output, query } = program.opts<{ readonly output?: string; readonly query?: string }>();
  const forms: readonly string[] = reports ? [...outputs, ...reportOutputs] : outputs;
  if (output === undefined) return undefined;
  const isReport = reportOutputs.some((each) => each === output);
  if (!forms.includes(output)) {
    const message = `option '--output <format>' argument '${output}' is invalid. Allowed choices are ${forms.join(', ')}`;
    return new KeyturnError('ERR_USAGE', message, { hint: isReport ? 'keyturn audit has it' : undefined });
  }
  if (!isReport || query === undefined) return undefined;
  return new KeyturnError('ERR_USAGE', `--query works on JSON, and --output ${output} is none of its forms`, {
    hint: 'leave one of the two out',
  });
}
