import { day, describeUse, findBirth, formatDays, judgeActiveKeys, lackBirth, notKnown } from './facts-of.ts';
import { frameworks } from './frameworks.ts';
import { defineRule } from './rule.ts';

export const neverUsedKey = defineRule({
  id: 'never-used-key',
  title: 'an Active access key was never used',
  severity: 'medium',
  rationale:
    'A key that was made and never used serves nobody, and its secret may lie where it was first put down. AWS has tracked uses since April 2015.',
  remedy: 'deactivate it, then delete it: keyturn retire ID',
  frameworks: frameworks.unused,
  parameters: {
    grace: { kind: 'duration', default: 45 * day, meaning: 'a key younger than this may still find its use' },
  },
  judge: (subject, { grace }) =>
    judgeActiveKeys(subject, (key) => {
      const { LastUsed } = key;
      if (LastUsed.Kind === 'unknown') return notKnown('the last use', LastUsed.Reason, { key });
      if (LastUsed.Kind === 'used') return undefined;
      const birth = findBirth(key, subject.user);
      if (birth === undefined) return lackBirth(key);
      const age = subject.now.getTime() - birth.at.getTime();
      if (age <= grace) return undefined;
      return {
        kind: 'found',
        key,
        message: `never used in ${formatDays(age)}`,
        since: birth.at,
        evidence: [birth.evidence, ...describeUse(key)],
      };
    }),
});
