import { describeStatus, judgeKeys } from './facts-of.ts';
import { frameworks } from './frameworks.ts';
import { defineRule } from './rule.ts';

export const rootKey = defineRule({
  id: 'root-key',
  title: 'the root user has an access key',
  severity: 'critical',
  rationale:
    'No policy of the account binds the root user: whoever holds its key can do everything, closing the account included. An Inactive one is a call away from being Active again.',
  remedy:
    'see that nothing uses it, deactivate it, and delete it as root, or centrally through AWS Organizations; sign in as root only to do what only root can',
  frameworks: frameworks.root,
  parameters: {},
  judge: (subject) =>
    subject.user.isRoot
      ? judgeKeys(subject, (key) => ({
          kind: 'found',
          key,
          message: `the root user has ${key.Status === 'Active' ? 'an Active' : `an ${key.Status}`} access key`,
          evidence: [describeStatus(key, subject.user)],
        }))
      : [],
});
