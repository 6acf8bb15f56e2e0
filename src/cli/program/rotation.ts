import { Option, type Command } from 'commander';
import { KeyturnError } from '../../errors.ts';
import { requireAccessKeyId, requireUserName } from '../../iam/arguments.ts';
import type { PatienceInput, RotateInput } from '../commands/rotate.ts';
import type { ResumeInput } from '../commands/resume.ts';
import type { UndoInput } from '../commands/undo-action.ts';
import type { Choose } from '../context.ts';
import { takeDuration } from '../rotation/duration.ts';
import { collectAccessKeyIds, collectValues } from './arguments.ts';

const notesOnRotate = `
Places: profile:NAME[@FILE], env-file:PATH[#PREFIX], secretsmanager:ID,
ssm:NAME, command:NAME, terminal. Those that can be read back come first.

The order: make a key, prove it, deliver it, wait for the soak, read the old
key's last use, make it Inactive, wait for the grace, read again, delete it.
Exits with 5 while there is a time to wait for; keyturn resume goes on.

Examples:
  keyturn rotate --to profile:default --dry-run
  keyturn rotate --user ci --to secretsmanager:ci/aws --yes`;

/** `keyturn rotate|retire|rotations|resume|undo` */
export function addRotationCommands(program: Command, choose: Choose): void {
  addRotate(program, choose);
  addRetire(program, choose);
  addRotations(program, choose);
  addResume(program, choose);
  addUndo(program, choose);
}

function addPatience(command: Command): Command {
  return command
    .addOption(duration('--soak <time>', 'how long the old key must stay unused', '24h'))
    .addOption(duration('--evidence-lag <time>', 'how late a reading must be to count; 4h if absent'))
    .addOption(duration('--grace <time>', 'how long it stays Inactive before it is deleted', '7d'))
    .addOption(new Option('--force-gate <reason>', 'accept less evidence; the reason is kept').argParser(takeReason))
    .option('--wait', 'stay until the end')
    .addOption(new Option('--no-wait', 'do what can be done now (the default)').default(false))
    .option('--dry-run', 'show the plan alone');
}

function duration(flags: string, description: string, preset?: string): Option {
  const option = new Option(flags, description).argParser(takeDuration);
  return preset === undefined ? option : option.default(takeDuration(preset), preset);
}

function takeReason(text: string): string {
  if (text.trim() !== '') return text;
  throw new KeyturnError('ERR_USAGE', 'a gate is forced for a reason, which the journal keeps', {
    hint: "--force-gate 'the host that used it is gone'",
  });
}

function takeRegion(text: string): string {
  if (/^[a-z]{2}(-[a-z]+)+-\d$/.test(text)) return text;
  throw new KeyturnError('ERR_USAGE', `${JSON.stringify(text)} is not a Region`, { hint: 'write it as in eu-west-1' });
}

function addRotate(program: Command, choose: Choose): void {
  const command = program
    .command('rotate')
    .description('replace an access key everywhere, proving each step')
    .addOption(new Option('--user <name>', 'the user whose key it is; yourself if absent').argParser(requireUserName))
    .addOption(
      new Option('--to <sink>', 'where the new key goes (repeatable)').argParser(collectValues).makeOptionMandatory(),
    )
    .addOption(new Option('--ses-smtp <region>', 'deliver the SMTP password of that Region too').argParser(takeRegion));
  addPatience(command)
    .addHelpText('after', notesOnRotate)
    .action((options: RotateInput) => {
      choose(async (context) => (await import('../commands/rotate.ts')).rotate(context, options));
    });
}

function addRetire(program: Command, choose: Choose): void {
  const command = program
    .command('retire')
    .description('take access keys away with the care of a rotation')
    .argument('<id...>', 'access key ids', collectAccessKeyIds);
  addPatience(command)
    .addHelpText('after', '\nExamples:\n  keyturn retire AKIAIOSFODNN7EXAMPLE --grace 14d')
    .action((AccessKeyIds: readonly string[], options: PatienceInput) => {
      choose(async (context) => (await import('../commands/retire.ts')).retire(context, { ...options, AccessKeyIds }));
    });
}

function addRotations(program: Command, choose: Choose): void {
  const rotations = program
    .command('rotations')
    .description('list rotations, with the next step of each')
    .addHelpText('after', '\nExamples:\n  keyturn rotations\n  keyturn rotations show r-7q2mzkx4tw');
  rotations.action(() => {
    choose(async (context) => (await import('../commands/rotations.ts')).showRotations(context));
  });
  rotations
    .command('show')
    .description('show a rotation or a fleet action, and its journal')
    .argument('<id>', 'r-… or a-…')
    .addHelpText('after', '\nWith --output jsonl: the entries as they are kept, for an export.')
    .addHelpText('after', '\nExamples:\n  keyturn rotations show r-7q2mzkx4tw --output jsonl')
    .action((id: string) => {
      choose(async (context) => (await import('../commands/rotations.ts')).showRecord(context, id));
    });
  rotations
    .command('verify')
    .description('check that the journal is as it was written, and print its heads')
    .argument('[id]', 'r-… or a-…; all if absent')
    .addHelpText('after', '\nKeep the heads elsewhere: who can write the journal could write it anew.')
    .addHelpText('after', '\nExamples:\n  keyturn rotations verify --output csv')
    .action((id: string | undefined) => {
      choose(async (context) => (await import('../commands/rotations.ts')).verifyRecords(context, id));
    });
}

function addResume(program: Command, choose: Choose): void {
  program
    .command('resume')
    .description('go on with a rotation, as far as can be done now')
    .argument('[id]', 'r-…; the only open one if absent')
    .addOption(new Option('--all', 'every open one of this account').conflicts(['discard', 'forceGate']))
    .option('--wait', 'stay until the end')
    .addOption(
      new Option('--discard <id>', 'delete a key that you know to be made by it, and held by nobody').argParser(
        requireAccessKeyId,
      ),
    )
    .addOption(new Option('--force-gate <reason>', 'accept less evidence; the reason is kept').argParser(takeReason))
    .addHelpText('after', '\nExamples:\n  keyturn resume --all     # every hour, from cron or CI')
    .action((id: string | undefined, options: Omit<ResumeInput, 'id'>) => {
      choose(async (context) => (await import('../commands/resume.ts')).resume(context, { ...options, id }));
    });
}

function addUndo(program: Command, choose: Choose): void {
  program
    .command('undo')
    .description('take back a rotation, a containment or what apply did: the key works again')
    .argument('<id>', 'r-… of a rotation; a-… of a containment or of a change by apply')
    .option('--role-name <name>', 'of apply in another account: the role there; OrganizationAccountAccessRole')
    .addHelpText('after', '\nExamples:\n  keyturn undo r-7q2mzkx4tw\n  keyturn undo a-34akxsmdab --yes')
    .action((id: string, options: Omit<UndoInput, 'id'>) => {
      choose(async (context) =>
        id.startsWith('a-')
          ? (await import('../commands/undo-action.ts')).undoRecord(context, { ...options, id })
          : (await import('../commands/resume.ts')).undoRotation(context, id),
      );
    });
}
