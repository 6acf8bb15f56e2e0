import { isUnknown, notKnown } from './facts-of.ts';
import { frameworks } from './frameworks.ts';
import { defineRule } from './rule.ts';

const prefix = 'AWSCompromisedKeyQuarantine';

export const quarantinedUser = defineRule({
  id: 'quarantined-user',
  title: 'AWS has put a user into quarantine',
  severity: 'critical',
  rationale:
    'AWS attaches a policy of this name when it finds a key of the user in public. The policy denies what attackers do most, and leaves much allowed: the key still works, and others may be using it now.',
  remedy:
    'stop every key of the user from another identity, as the policy forbids the user to do it, and see what was done with them: keyturn contain ID; detach the policy last',
  frameworks: frameworks.none,
  parameters: {},
  judge: ({ user }) => {
    const { AttachedPolicies, AccessKeys } = user;
    if (user.isRoot) return [];
    if (isUnknown(AttachedPolicies)) {
      const hasKeys = isUnknown(AccessKeys) || AccessKeys.length > 0;
      return hasKeys ? [notKnown('the attached policies', AttachedPolicies.Reason)] : [];
    }
    const found = AttachedPolicies.filter(({ PolicyName }) => PolicyName.startsWith(prefix));
    const [first] = found;
    if (first === undefined) return [];
    return [
      {
        kind: 'found',
        message: `quarantined by AWS: ${first.PolicyName} is attached`,
        evidence: found.map(({ PolicyArn }) => ({
          fact: 'AttachedPolicy',
          value: PolicyArn,
          source: 'authorization-details',
          at: user.at,
        })),
      },
    ];
  },
});
