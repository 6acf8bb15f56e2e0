import type { Command } from 'commander';
import type { SeedFlags } from '../commands/seed.ts';
import type { Choose } from '../context.ts';

const notes = `
The same number for --random makes the same fleet, all but the administrator,
whose secret is printed to a terminal or with --print-credentials. A pair of
your own is given in KEYTURN_SERVE_ACCESS_KEY_ID and
KEYTURN_SERVE_SECRET_ACCESS_KEY.

Examples:
  keyturn seed --data ./iam
  keyturn seed --users 5000 --keys 1.4 --accounts 20 --random 42 --data ./iam`;

export function addSeedCommand(program: Command, choose: Choose): void {
  program
    .command('seed')
    .description('fill a data folder with a believable fleet, to rehearse on')
    .requiredOption('--data <dir>', 'folder to fill, for keyturn serve --data')
    .option('--users <number>', 'users of each account', '100')
    .option('--keys <number>', 'access keys a user has on average, up to 2', '1.4')
    .option('--accounts <number>', 'accounts of the organization', '1')
    .option('--random <seed>', 'what chance is drawn from', '1')
    .option('--now <time>', 'the time that ages count back from')
    .option('--print-credentials', 'print a new secret into a file or pipe too')
    .addHelpText('after', notes)
    .action((flags: SeedFlags) => {
      choose(async (context) => (await import('../commands/seed.ts')).seed(context, flags));
    });
}
