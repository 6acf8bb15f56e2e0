import { day, describeUse, formatDays, formatInstant, judgeActiveKeys, notKnown } from './facts-of.ts';
import { frameworks } from './frameworks.ts';
import { defineRule } from './rule.ts';

export const unusedKey = defineRule({
  id: 'unused-key',
  title: 'an Active access key is no longer used',
  severity: 'medium',
  rationale:
    'Nobody misses a key that is not used, and nobody notices when somebody else uses it. It opens a door for no one but an intruder.',
  remedy: 'deactivate it, wait for whoever may miss it, then delete it: keyturn retire ID',
  frameworks: frameworks.unused,
  parameters: {
    after: { kind: 'duration', default: 45 * day, meaning: 'last used longer ago than this' },
  },
  judge: (subject, { after }) =>
    judgeActiveKeys(subject, (key) => {
      const { LastUsed } = key;
      if (LastUsed.Kind === 'unknown') return notKnown('the last use', LastUsed.Reason, { key });
      if (LastUsed.Kind === 'never') return undefined;
      const age = subject.now.getTime() - LastUsed.LastUsedDate.getTime();
      if (age <= after) return undefined;
      const date = formatInstant(LastUsed.LastUsedDate).slice(0, 10);
      return {
        kind: 'found',
        key,
        message: `unused for ${formatDays(age)}: last ${LastUsed.ServiceName} on ${date}`,
        since: LastUsed.LastUsedDate,
        evidence: describeUse(key),
      };
    }),
});
