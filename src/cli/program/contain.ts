import { Option, type Command } from 'commander';
import type { ContainFlags } from '../commands/contain.ts';
import { requireUserName } from '../../iam/arguments.ts';
import type { Choose } from '../context.ts';
import { collectAccessKeyIds } from './arguments.ts';

const notes = `
Each key is made Inactive at once, and the sessions that its user made until now
are denied. Then it is looked whether new keys were made meanwhile, and what
CloudTrail shows of who used the key. Nothing is deleted.

Exits with 1 when something could not be done, or when there are new keys: what
could not be done is printed first.

Examples:
  keyturn contain AKIAIOSFODNN7EXAMPLE --reason "found in a public repository"
  gitleaks git --report-format json --report-path leaks.json
  keyturn contain --from leaks.json --yes`;

export function addContainCommand(program: Command, choose: Choose): void {
  program
    .command('contain')
    .description('stop leaked access keys, and see what was done with them')
    .argument('[id...]', 'access key ids', collectAccessKeyIds)
    .option('--from <file>', 'take the ids from the JSON of gitleaks or TruffleHog')
    .addOption(new Option('--user <name>', 'whose they are, where IAM does not say').argParser(requireUserName))
    .option('--reason <text>', 'why, for the journal')
    .option('--settle <time>', 'time until all of AWS knows', '10s')
    .option('--dry-run', 'show what would be done, and do nothing')
    .option('--force', 'with --yes: also where it locks you out yourself')
    .addHelpText('after', notes)
    .action((AccessKeyIds: readonly string[] | undefined, flags: ContainFlags) => {
      const input = { ...flags, AccessKeyIds: AccessKeyIds ?? [] };
      choose(async (context) => (await import('../commands/contain.ts')).contain(context, input));
    });
}
