import type { Command } from 'commander';
import type { Choose } from '../context.ts';

export function addWhoamiCommand(program: Command, choose: Choose): void {
  program
    .command('whoami')
    .description('see the account and the user or role that your credentials are')
    .addHelpText(
      'after',
      '\nExamples:\n  keyturn whoami --profile work\n  keyturn whoami --query Account --output text',
    )
    .action(() => {
      choose(async (context) => (await import('../commands/whoami.ts')).showCaller(context));
    });
}
