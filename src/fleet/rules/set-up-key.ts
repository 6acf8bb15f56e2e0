import { findBirth, formatInstant, isUnknown, judgeActiveKeys, lackBirth, notKnown } from './facts-of.ts';
import { frameworks } from './frameworks.ts';
import { defineRule, type Verdict } from './rule.ts';

export const setUpKey = defineRule({
  id: 'set-up-key',
  title: 'an access key was made together with a console user',
  severity: 'medium',
  rationale:
    'A key that came with the user was not asked for: people who sign in to the console seldom need one, and nobody looks after what nobody asked for.',
  remedy: 'delete it where it is not needed; else let its owner make one on purpose, or better use aws login',
  frameworks: frameworks.setUp,
  parameters: {
    within: { kind: 'duration', default: 300_000, meaning: 'made at most this long after the user' },
  },
  judge: (subject, { within }) => {
    const { user } = subject;
    const { isEnabled } = user.password;
    if (isEnabled === false) return [];
    return judgeActiveKeys(subject, (key): Verdict | undefined => {
      if (isUnknown(isEnabled)) return notKnown('whether there is a console password', isEnabled.Reason);
      if (user.CreateDate === undefined) return notKnown('when the user was created', 'it could not be read');
      const birth = findBirth(key, user);
      if (birth === undefined) return lackBirth(key);
      const between = birth.at.getTime() - user.CreateDate.getTime();
      if (Math.abs(between) > within) return undefined;
      const created = formatInstant(user.CreateDate);
      return {
        kind: 'found',
        key,
        message: 'made together with a user who signs in to the console',
        since: birth.at,
        evidence: [
          birth.evidence,
          { fact: 'CreateDate of the user', value: created, source: 'authorization-details', at: user.at },
          { fact: 'PasswordEnabled', value: 'true', source: 'credential-report', at: user.at },
        ],
      };
    });
  },
});
