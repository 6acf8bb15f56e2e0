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

/** `--output`, with the forms that a command has. */
export function describeOutput(forms: readonly string[]): Option {
  return new Option('--output <format>', 'form of the answer, else a table').choices(forms);
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

/** A report that the command cannot make, or that a query is asked of. */
export function findReportMistake({ report, query }: GlobalOptions, { reports }: Accepts): KeyturnError | undefined {
  if (report === undefined) return undefined;
  if (!reports) {
    const message = `option '--output <format>' argument '${report}' is invalid. Allowed choices are ${outputs.join(', ')}`;
    return new KeyturnError('ERR_USAGE', message, { hint: 'keyturn audit has it' });
  }
  if (query === undefined) return undefined;
  return new KeyturnError('ERR_USAGE', `--query works on JSON, and --output ${report} is none of its forms`, {
    hint: 'leave one of the two out',
  });
}
