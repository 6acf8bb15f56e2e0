import { Argument, Option, type Command } from 'commander';
import type { PolicyFlags } from '../commands/policy.ts';
import { requireUserName } from '../../iam/arguments.ts';
import type { Choose } from '../context.ts';
import { collectValues } from './arguments.ts';

const notes = `
auditor       looks at keys, changes nothing
operator      also deactivates and deletes keys, and contains leaked ones
rotator       makes keys too, for the users named by --user, --path or --tag
self-service  what a user needs for its own keys
org-auditor   a policy for the hub, and a policy and a trust policy for the role
              in each account: pick one with --query HubPolicy
prevention    a service control policy against new keys

Examples:
  keyturn policy auditor > auditor.json
  aws iam create-policy --policy-name rotator --policy-document \\
    "$(keyturn policy rotator --path /service/)"
  keyturn policy org-auditor --hub-account 111122223333 \\
    --organization-id o-exampleorgid --query RoleTrustPolicy`;

export const policyKinds = ['auditor', 'operator', 'rotator', 'self-service', 'org-auditor', 'prevention'] as const;

export function addPolicyCommand(program: Command, choose: Choose): void {
  program
    .command('policy')
    .description('print the IAM policy that a person or program needs for Keyturn')
    .addArgument(new Argument('<kind>', 'for whom').choices(policyKinds))
    .addOption(new Option('--user <name>', 'only this user').argParser(requireUserName))
    .option('--path <path>', 'only users under this path, as /service/')
    .option('--tag <key=value>', 'only users with this tag')
    .option('--account <id>', 'the account; any if absent')
    .option('--partition <name>', 'aws, aws-cn, aws-us-gov, …', 'aws')
    .option('--revoke-sessions', 'operator: also deny sessions; as much as administrator')
    .option('--hub-account <id>', 'org-auditor: where the audits run')
    .option('--organization-id <id>', 'org-auditor: the organization')
    .option('--role-name <name>', 'org-auditor: the role in each account', 'KeyturnAuditor')
    .addOption(new Option('--except <arn>', 'prevention: who may make keys (repeatable)').argParser(collectValues))
    .addHelpText('after', notes)
    .action((kind: (typeof policyKinds)[number], flags: PolicyFlags, command: Command) => {
      const given = command.options
        .map((option) => option.attributeName())
        .filter((name) => command.getOptionValueSource(name) === 'cli');
      choose(async (context) => (await import('../commands/policy.ts')).printPolicy(context, { kind, flags, given }));
    });
}
