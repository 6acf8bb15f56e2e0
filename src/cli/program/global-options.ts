import { Option, type Command } from 'commander';
import { KeyturnError } from '../../errors.ts';
import type { GlobalOptions } from '../context.ts';
import { outputs } from '../output/answer.ts';

/** Adds the options of {@link GlobalOptions}: they may stand before or after the command. */
export function addGlobalOptions(program: Command): void {
  program
    .addOption(new Option('--profile <name>', 'profile of the AWS configuration files').argParser(readName))
    .addOption(new Option('--region <region>', 'AWS region').argParser(readName))
    .addOption(new Option('--endpoint-url <url>', 'the endpoint of IAM and STS').argParser(readUrl))
    .addOption(new Option('--output <format>', 'form of the answer, else a table').choices(outputs))
    .option('--query <jmespath>', 'JMESPath expression on the JSON; implies json')
    .option('--yes', 'answer yes to questions')
    .option('--quiet', 'print data and errors, and nothing else')
    .option('--debug', 'print what is logged, and the stack of an error')
    .option('--no-color', 'no colours, as with the variable NO_COLOR');
}

/** The global options as the program's parser left them. */
export function readGlobalOptions(program: Command): GlobalOptions {
  const { profile, region, endpointUrl, output, query, yes, quiet, debug, color } =
    program.opts<Partial<GlobalOptions>>();
  return {
    profile,
    region,
    endpointUrl,
    output,
    query,
    yes: yes === true,
    quiet: quiet === true,
    debug: debug === true,
    color: color !== false,
  };
}

function readName(text: string): string {
  if (text.trim() === '') throw new KeyturnError('ERR_USAGE', 'the name of a profile or region cannot be empty');
  return text;
}

function readUrl(text: string): string {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) {
    throw new KeyturnError('ERR_USAGE', `--endpoint-url '${text}' is not a URL`, {
      hint: 'write it as in --endpoint-url http://127.0.0.1:7411',
    });
  }
  return text;
}
