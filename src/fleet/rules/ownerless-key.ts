import { isUnknown, judgeKeys, notKnown } from './facts-of.ts';
import { frameworks } from './frameworks.ts';
import { defineRule } from './rule.ts';

export const ownerlessKey = defineRule({
  id: 'ownerless-key',
  title: 'nobody is named as the owner of an access key',
  severity: 'low',
  rationale:
    'When a key leaks, someone has to be asked what it is for and whether it can go. Without a name on the user, that question costs hours.',
  remedy: 'tag the user with who answers for it',
  frameworks: frameworks.tags,
  parameters: {
    tags: {
      kind: 'texts',
      default: ['owner'],
      meaning: 'any of these tags, in any case, names the owner',
    },
  },
  judge: (subject, { tags }) => {
    const { user } = subject;
    if (user.isRoot) return [];
    // One verdict for the user, whatever the number of its keys.
    return judgeKeys(subject, () => {
      if (isUnknown(user.Tags)) return notKnown('the tags', user.Tags.Reason);
      const wanted = new Set(tags.map((tag) => tag.toLowerCase()));
      const named = Object.entries(user.Tags).some(
        ([Key, Value]) => wanted.has(Key.toLowerCase()) && Value.trim() !== '',
      );
      if (named) return undefined;
      const keys = Object.keys(user.Tags);
      return {
        kind: 'found',
        message: `no owner: the user has no tag ${tags.join(' or ')}`,
        evidence: [
          {
            fact: 'Tags',
            value: keys.length === 0 ? 'none' : keys.join(', '),
            source: 'authorization-details',
            at: user.at,
          },
        ],
      };
    }).slice(0, 1);
  },
});
