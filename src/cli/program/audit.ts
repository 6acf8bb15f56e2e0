import { Option, type Command } from 'commander';
import { severities } from '../../fleet/rules/rule.ts';
import type { AuditInput } from '../commands/audit.ts';
import type { ScanInput } from '../commands/fleet-scan.ts';
import type { Choose } from '../context.ts';

const notesOnScan = `
Without --org and --accounts it is about your own account. --accounts names a
file with an account id a line. What a scan finds is kept beside the journal:
the next one asks less, and one that was interrupted goes on where it was.
`;

const notesOnAudit = `${notesOnScan}
Ends with 3 where a finding is at or above --fail-on; without it, with 0.
Rules, thresholds and exclusions stand in keyturn.yaml; see keyturn rules.

Examples:
  keyturn audit
  keyturn audit --org --output html > audit.html
  keyturn audit --fail-on high --output sarif > keyturn.sarif`;

const notesOnInventory = `${notesOnScan}
Examples:
  keyturn inventory --output csv > keys.csv
  keyturn inventory --accounts accounts.txt --role-name KeyturnAuditor`;

/** `audit` and `inventory` */
export function addAuditCommands(program: Command, choose: Choose): void {
  addScanOptions(program.command('audit').description('judge the access keys of an account or an organization'))
    .addOption(new Option('--fail-on <severity>', 'end with 3 for findings from this severity on').choices(severities))
    .addHelpText('after', notesOnAudit)
    .action((input: AuditInput) => {
      choose(async (context) => (await import('../commands/audit.ts')).audit(context, input), { reports: true });
    });
  addScanOptions(program.command('inventory').description('list the access keys of an account or an organization'))
    .addHelpText('after', notesOnInventory)
    .action((input: ScanInput) => {
      choose(async (context) => (await import('../commands/inventory.ts')).inventory(context, input));
    });
}

export function addScanOptions(command: Command): Command {
  return command
    .addOption(new Option('--org', 'every account of your organization').conflicts('accounts'))
    .option('--accounts <file>', 'the accounts that a file lists')
    .option('--role-name <name>', 'the role in each account; OrganizationAccountAccessRole')
    .addOption(
      new Option('--refresh <how>', 'list the keys of all users again, or of changed ones')
        .choices(['changed', 'full'])
        .default('changed'),
    );
}
