import type { Command } from 'commander';
import type { Choose } from '../context.ts';

const notes = `
Thresholds and severities are set under rules in keyturn.yaml.

Examples:
  keyturn rules
  keyturn rules old-key`;

export function addRulesCommand(program: Command, choose: Choose): void {
  program
    .command('rules')
    .description('list the rules of keyturn audit, or explain one')
    .argument('[rule]', 'id of a rule')
    .addHelpText('after', notes)
    .action((rule: string | undefined) => {
      choose(async (context) => (await import('../commands/rules.ts')).showRules(context, rule));
    });
}
