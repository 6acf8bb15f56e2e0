import { day, findBirth, formatDays, formatLimit, judgeActiveKeys, lackBirth } from './facts-of.ts';
import { frameworks } from './frameworks.ts';
import { defineRule } from './rule.ts';

export const oldKey = defineRule({
  id: 'old-key',
  title: 'an Active access key is old',
  severity: 'medium',
  rationale:
    'The longer a key lives, the more places hold a copy of it: laptops, build logs, backups, chats. A key that is replaced in time ends the copies too.',
  remedy: 'replace what uses it by temporary credentials; until then rotate it with keyturn rotate',
  frameworks: frameworks.age,
  parameters: {
    warn: { kind: 'duration', default: 75 * day, meaning: 'older than this is a warning' },
    fail: { kind: 'duration', default: 90 * day, meaning: "older than this is a finding of the rule's severity" },
    warnSeverity: { kind: 'severity', default: 'low', meaning: 'the severity of the warning' },
  },
  judge: (subject, { warn, fail, warnSeverity }) =>
    judgeActiveKeys(subject, (key) => {
      const birth = findBirth(key, subject.user);
      if (birth === undefined) return lackBirth(key);
      const age = subject.now.getTime() - birth.at.getTime();
      if (age <= Math.min(warn, fail)) return undefined;
      const common = { kind: 'found', key, since: birth.at, evidence: [birth.evidence] } as const;
      if (age > fail) return { ...common, message: `${formatDays(age)} old, limit ${formatLimit(fail)}` };
      return { ...common, message: `${formatDays(age)} old, due at ${formatLimit(fail)}`, severity: warnSeverity };
    }),
});
