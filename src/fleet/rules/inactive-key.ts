import { day, describeStatus, describeUse, findBirth, formatDays, judgeKeys, lackBirth, notKnown } from './facts-of.ts';
import { frameworks } from './frameworks.ts';
import type { KeyFacts } from '../facts.ts';
import { defineRule, type Evidence, type NotKnown, type Subject } from './rule.ts';

export const inactiveKey = defineRule({
  id: 'inactive-key',
  title: 'an access key has been Inactive for long',
  severity: 'low',
  rationale:
    'An Inactive key can be activated again by whoever may change keys, and it takes one of the two places that a rotation needs.',
  remedy: 'delete it: keyturn keys delete ID',
  frameworks: frameworks.none,
  parameters: {
    after: {
      kind: 'duration',
      default: 90 * day,
      meaning:
        'not used for longer than this, or never since it was made so long ago: IAM does not tell when a key was deactivated',
    },
  },
  judge: (subject, { after }) => {
    if (subject.user.isRoot) return [];
    return judgeKeys(subject, (key) => {
      if (key.Status === 'Active') return undefined;
      const rest = findRest(subject, key);
      if ('kind' in rest) return rest;
      const age = subject.now.getTime() - rest.since.getTime();
      if (age <= after) return undefined;
      return {
        kind: 'found',
        key,
        message: `${key.Status}, ${rest.words} ${formatDays(age)}${rest.end}`,
        since: rest.since,
        evidence: [describeStatus(key, subject.user), ...rest.evidence],
      };
    });
  },
});

interface Rest {
  readonly since: Date;
  readonly words: string;
  readonly end: string;
  readonly evidence: readonly Evidence[];
}

/** IAM does not tell when a key was deactivated, but it was not used from then on. */
function findRest({ user }: Subject, key: KeyFacts): Rest | NotKnown {
  const { LastUsed } = key;
  if (LastUsed.Kind === 'unknown') return notKnown('the last use', LastUsed.Reason, { key });
  if (LastUsed.Kind === 'used') {
    return { since: LastUsed.LastUsedDate, words: 'last used', end: ' ago', evidence: describeUse(key) };
  }
  const birth = findBirth(key, user);
  if (birth === undefined) return lackBirth(key);
  return { since: birth.at, words: 'never used in', end: '', evidence: [birth.evidence, ...describeUse(key)] };
}
