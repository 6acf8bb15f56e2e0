import { compilePattern, matchesPattern } from '../../policy/pattern.ts';
import { isUnknown, judgeActiveKeys, notKnown } from './facts-of.ts';
import { frameworks } from './frameworks.ts';
import { defineRule } from './rule.ts';

export const administratorKey = defineRule({
  id: 'administrator-key',
  title: 'a long-lived key has the rights of an administrator',
  severity: 'high',
  rationale:
    'Whoever finds this key has the whole account, for as long as the key lives. Administrators can sign in for some hours at a time instead.',
  remedy:
    'let people sign in through IAM Identity Center or aws login, give programs a role with the few rights they need, then delete the key',
  frameworks: frameworks.federation,
  parameters: {
    policies: {
      kind: 'texts',
      default: ['AdministratorAccess', 'IAMFullAccess'],
      meaning: 'names of attached policies that make an administrator; * stands for any run of characters',
    },
  },
  judge: (subject, { policies }) => {
    const { user } = subject;
    const patterns = policies.map(compilePattern);
    return judgeActiveKeys(subject, (key) => {
      if (isUnknown(user.AttachedPolicies)) return notKnown('the attached policies', user.AttachedPolicies.Reason);
      const found = user.AttachedPolicies.find(({ PolicyName }) =>
        patterns.some((each) => matchesPattern(each, PolicyName)),
      );
      if (found === undefined) return undefined;
      const way = found.GroupName === undefined ? '' : ` through the group ${found.GroupName}`;
      return {
        kind: 'found',
        key,
        message: `administrator: ${found.PolicyName}${way}`,
        evidence: [{ fact: 'AttachedPolicy', value: found.PolicyArn, source: 'authorization-details', at: user.at }],
      };
    });
  },
});
