import { Option, type Command } from 'commander';
import type { GlobalOptions } from '../context.ts';
import { outputs } from '../output/answer.ts';

/** Adds the options of {@link GlobalOptions}: they may stand before or after the command. */
export function addGlobalOptions(program: Command): void {
  program
    .option('--profile <name>', 'profile of the AWS configuration files')
    .option('--region <region>', 'AWS region')
    .option('--endpoint-url <url>', 'the endpoint of IAM and STS')
    .addOption(new Option('--output <format>', 'form of the answer, else a table').choices(outputs))
    .option('--query <jmespath>', 'JMESPath expression on the JSON; implies json')
    .option('--config <file>', 'keyturn.yaml, else the one in this folder')
    .option('--journal <place>', 'a path or a postgres:// URL')
    .option('--yes', 'answer yes to questions')
    .option('--quiet', 'print data, warnings and errors alone')
    .option('--debug', 'print what is logged, and the stack of an error')
    .option('--no-color', 'no colours, as with the variable NO_COLOR');
}

/** The global options as the program's parser left them. */
export function readGlobalOptions(program: Command): GlobalOptions {
  const { profile, region, endpointUrl, output, query, config, journal, yes, quiet, debug, color } =
    program.opts<Partial<GlobalOptions>>();
  return {
    profile,
    region,
    endpointUrl,
    output,
    query,
    config,
    journal,
    yes: yes === true,
    quiet: quiet === true,
    debug: debug === true,
    color: color !== false,
  };
}
