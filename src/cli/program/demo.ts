import { Option, type Command } from 'commander';
import { requireUserName } from '../../iam/arguments.ts';
import type { Choose } from '../context.ts';

const notes = `
Without --aws all of it happens on an endpoint of its own, which ends with it.

Examples:
  keyturn demo
  keyturn demo --aws --profile work --user alice`;

export function addDemoCommand(program: Command, choose: Choose): void {
  program
    .command('demo')
    .description('watch an access key live its life, from creation to deletion')
    .option('--aws', 'on AWS, with your credentials; your keys stay as they are')
    .addOption(new Option('--user <name>', 'whose key it is; yours if absent').argParser(requireUserName))
    .addHelpText('after', notes)
    .action(({ aws = false, user }: { aws?: boolean; user?: string }) => {
      const input = { aws, ...(user !== undefined && { user }) };
      choose(async (context) => (await import('../commands/demo.ts')).runDemo(context, input));
    });
}
