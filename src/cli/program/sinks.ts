import { Option, type Command } from 'commander';
import { requireAccessKeyId } from '../../iam/arguments.ts';
import type { SinksFindInput } from '../commands/sinks-find.ts';
import type { Choose } from '../context.ts';
import { collectValues } from './arguments.ts';

const notes = `
Looks at the profiles of the AWS configuration files, at dotenv files in this
folder (.env, .env.*, *.env, .envrc), and at this environment. What it finds is
printed with what to say after --to. No secret is printed, nothing is called.
Exits with 1 when a file could not be read: the key may be held there too.

Examples:
  keyturn sinks find AKIAIOSFODNN7EXAMPLE
  keyturn sinks find AKIAIOSFODNN7EXAMPLE --in ~/projects --output json`;

/** `sinks find` */
export function addSinksCommands(program: Command, choose: Choose): void {
  const sinks = program.command('sinks').description('see where access keys are held');
  sinks
    .command('find')
    .description('see where on this machine an access key is held')
    .argument('<id>', 'access key id', requireAccessKeyId)
    .addOption(
      new Option('--in <dir>', 'a folder to look through, with all below (repeatable)').argParser(collectValues),
    )
    .addHelpText('after', notes)
    .action((AccessKeyId: string, options: Omit<SinksFindInput, 'AccessKeyId'>) => {
      choose(async (context) =>
        (await import('../commands/sinks-find.ts')).findKey(context, { ...options, AccessKeyId }),
      );
    });
}
