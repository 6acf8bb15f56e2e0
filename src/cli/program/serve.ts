import { Option, type Command } from 'commander';
import type { ServeFlags } from '../commands/serve-input.ts';
import type { Choose } from '../context.ts';
import { collectValues } from './arguments.ts';

const notes = `
The first start makes the account, its administrator (admin) and one access key.
A pair of your own is better given in KEYTURN_SERVE_ACCESS_KEY_ID and
KEYTURN_SERVE_SECRET_ACCESS_KEY than as options, which others on this machine
can see. Ctrl-C ends it.

Examples:
  keyturn serve --memory
  keyturn serve --port 0 --data ./iam --last-used-granularity 15m
  keyturn serve --memory --seed fleet.yaml --rehearse slow.yaml`;

export function addServeCommand(program: Command, choose: Choose): void {
  program
    .command('serve')
    .description('run an IAM and STS endpoint on this machine, to rehearse on')
    .option('--port <number>', 'port to listen on; 0 takes a free one', '7411')
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .addOption(
      new Option('--allow-host <name>', 'one more Host header to accept (repeatable)').argParser(collectValues),
    )
    .addOption(new Option('--data <dir>', 'folder to keep everything in').conflicts('memory'))
    .option('--memory', 'keep nothing')
    .option('--account-id <id>', 'the account to make; 123456789012 if absent')
    .option('--access-key-id <id>', "the administrator's key; drawn if absent")
    .option('--secret-access-key <secret>', 'its secret')
    .option('--print-credentials', 'print a new secret into a file or pipe too')
    .option('--users-quota <number>', 'users an account may have', '5000')
    .option('--seed <file>', 'accounts, users and keys to begin with (YAML, JSON)')
    .option('--rehearse <file>', 'what goes wrong on purpose (YAML, JSON)')
    .option('--no-authorization', 'let every user do everything')
    .option('--last-used-granularity <time>', 'uses this close together are one', '0s')
    .option('--control', 'open the control API under /_keyturn/')
    .addHelpText('after', notes)
    .action((flags: ServeFlags) => {
      choose(async (context) => (await import('../commands/serve.ts')).serve(context, flags));
    });
}
