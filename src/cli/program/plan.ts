import { Option, type Command } from 'commander';
import { KeyturnError } from '../../errors.ts';
import type { ApplyInput } from '../commands/apply.ts';
import type { PlanInput } from '../commands/plan.ts';
import type { Choose } from '../context.ts';
import { addScanOptions } from './audit.ts';

const notesOnPlan = `
The fleet policy stands in keyturn.yaml under fleet. Nothing is changed; what
is not known of a key is reported, and never changed.

Examples:
  keyturn plan --out plan.json
  keyturn plan --org --output csv`;

const notesOnApply = `
Every change is made on evidence read at that moment; what is no longer as
planned is left, and the command ends with 4. Run it as often as you like.

Examples:
  keyturn apply plan.json
  keyturn apply plan.json --approve --max-keys 25%`;

/** `plan` and `apply` */
export function addPlanCommands(program: Command, choose: Choose): void {
  addScanOptions(program.command('plan').description('plan what the fleet policy of keyturn.yaml wants done'))
    .option('--out <file>', 'write the plan to a file, for keyturn apply')
    .addHelpText('after', notesOnPlan)
    .action((input: PlanInput) => {
      choose(async (context) => (await import('../commands/plan.ts')).plan(context, input));
    });
  program
    .command('apply')
    .description('carry out a plan, each change on live evidence')
    .argument('<plan>', 'the file that keyturn plan wrote; - for standard input')
    .option('--approve', 'do it without a question')
    .addOption(new Option('--max-keys <limit>', 'how many keys it may touch, as 10% or 25').argParser(takeLimit))
    .option('--role-name <name>', 'the role in other accounts; OrganizationAccountAccessRole')
    .addHelpText('after', notesOnApply)
    .action((file: string, input: Omit<ApplyInput, 'file'>) => {
      choose(async (context) => (await import('../commands/apply.ts')).apply(context, { ...input, file }));
    });
}

function takeLimit(text: string): NonNullable<ApplyInput['maxKeys']> {
  const [, percent, keys] = /^(?:([1-9]\d?|100)%|([1-9]\d{0,6}))$/.exec(text) ?? [];
  if (percent !== undefined) return { percent: Number(percent) };
  if (keys !== undefined) return { keys: Number(keys) };
  throw new KeyturnError('ERR_USAGE', `${JSON.stringify(text)} is no number of keys`, {
    hint: 'write it as in 10% or 25',
  });
}
