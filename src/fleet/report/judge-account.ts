import type { AccountFacts } from '../facts.ts';
import { applySettings, findRule, type AuditSettings, type Finding } from '../rules/index.ts';

/**
 * The finding about an account of which nothing could be read: without it, an account that shuts the auditor out would pass.
 * What is missing in part stands in the findings on its users.
 */
export function judgeUnreadAccount(account: AccountFacts, settings: AuditSettings): Finding[] {
  const rule = findRule('unknown-evidence');
  if (rule === undefined) return [];
  const { off, severity } = applySettings(rule, settings);
  if (off) return [];
  return [
    {
      rule: rule.id,
      severity,
      Account: account.Account,
      ...(account.Name !== undefined && { AccountName: account.Name }),
      UserName: '<account>',
      Arn: `arn:${account.partition}:iam::${account.Account}:root`,
      message: `nothing could be read: ${account.gaps.join('; ') || 'there is not even a root user'}`,
      remedy: rule.remedy,
      evidence: [],
    },
  ];
}
