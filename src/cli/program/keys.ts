import { Option, type Command } from 'commander';
import type { KeysCreateInput } from '../commands/keys-create.ts';
import type { KeysDeleteInput } from '../commands/keys-delete.ts';
import type { KeysListInput } from '../commands/keys-list.ts';
import { requireAccessKeyId, requireUserName } from '../../iam/arguments.ts';
import { collectAccessKeyIds, takeOneDestination } from './arguments.ts';
import type { Choose } from '../context.ts';

const notesOnCreate = `
AWS tells the secret this one time only. It has to go somewhere:
  --to profile:NAME[@FILE]     a profile in the AWS credentials file
  --to env-file:PATH[#PREFIX]  two variables in a file
  --to secretsmanager:ID       two members of a secret; also ssm:NAME
  --to command:NAME            a program that keyturn.yaml names
  --to terminal                the screen, not the standard output
  --show-secret                the standard output, in a table
  --output json|jsonl|csv|text, or a --query that keeps SecretAccessKey
If it does not arrive there, the new key is deleted again.

Examples:
  keyturn keys create --to profile:work
  keyturn keys create --user alice --show-secret`;

/** `keys list|create|last-used|activate|deactivate|delete` */
export function addKeysCommands(program: Command, choose: Choose): void {
  const keys = program.command('keys').description('list, create and change access keys');
  addList(keys, choose);
  addCreate(keys, choose);
  addLastUsed(keys, choose);
  addSetStatus(keys, choose);
  addDelete(keys, choose);
}

function userOption(): Option {
  return new Option('--user <name>', 'the user whose key it is; yourself if absent').argParser(requireUserName);
}

function addList(keys: Command, choose: Choose): void {
  keys
    .command('list')
    .description('list the access keys of a user, with the last use of each')
    .addOption(userOption().conflicts('all'))
    .option('--all', 'the keys of every user of the account')
    .addHelpText(
      'after',
      '\nExamples:\n  keyturn keys list --user alice\n  keyturn keys list --all --output csv > keys.csv',
    )
    .action((options: KeysListInput) => {
      choose(async (context) => (await import('../commands/keys-list.ts')).listKeys(context, options));
    });
}

function addCreate(keys: Command, choose: Choose): void {
  keys
    .command('create')
    .description('create an access key, and bring its secret to where it is needed')
    .addOption(userOption())
    .addOption(new Option('--to <sink>', 'where the secret goes').conflicts('showSecret').argParser(takeOneDestination))
    .option('--force', 'let --to replace the key that is there')
    .option('--show-secret', 'print the secret')
    .addHelpText('after', notesOnCreate)
    .action((options: KeysCreateInput) => {
      choose(async (context) => (await import('../commands/keys-create.ts')).createKey(context, options));
    });
}

function addLastUsed(keys: Command, choose: Choose): void {
  keys
    .command('last-used')
    .description('see when, where and for what access keys were last used')
    .argument('<id...>', 'access key ids', collectAccessKeyIds)
    .addHelpText('after', '\nExits with 1 when a last use could not be found out; the others are printed.')
    .addHelpText('after', '\nExamples:\n  keyturn keys last-used AKIAIOSFODNN7EXAMPLE --output json')
    .action((AccessKeyIds: readonly string[]) => {
      choose(async (context) =>
        (await import('../commands/keys-last-used.ts')).showLastUsed(context, { AccessKeyIds }),
      );
    });
}

function addSetStatus(keys: Command, choose: Choose): void {
  const changes = [
    ['activate', 'Active', 'let a deactivated access key be used again'],
    ['deactivate', 'Inactive', 'make AWS refuse an access key, until it is activated again'],
  ] as const;
  for (const [name, Status, description] of changes) {
    keys
      .command(name)
      .description(description)
      .argument('<id>', 'access key id', requireAccessKeyId)
      .addOption(userOption())
      .addHelpText('after', `\nExamples:\n  keyturn keys ${name} AKIAIOSFODNN7EXAMPLE --user alice`)
      .action((AccessKeyId: string, options: { user?: string }) => {
        choose(async (context) =>
          (await import('../commands/keys-set-status.ts')).setKeyStatus(context, { ...options, AccessKeyId, Status }),
        );
      });
  }
}

function addDelete(keys: Command, choose: Choose): void {
  keys
    .command('delete')
    .description('delete an access key for good, after showing its last use')
    .argument('<id>', 'access key id', requireAccessKeyId)
    .addOption(userOption())
    .option('--force', 'with --yes: delete a key that is Active, without a question')
    .addHelpText('after', '\nAn Active key is deleted when its id is typed, or with both --yes and --force.')
    .addHelpText('after', '\nExamples:\n  keyturn keys delete AKIAIOSFODNN7EXAMPLE --user alice')
    .action((AccessKeyId: string, options: Omit<KeysDeleteInput, 'AccessKeyId'>) => {
      choose(async (context) =>
        (await import('../commands/keys-delete.ts')).deleteKey(context, { ...options, AccessKeyId }),
      );
    });
}
