import { describeStatus, isUnknown, listActiveKeys, notKnown } from './facts-of.ts';
import { frameworks } from './frameworks.ts';
import { defineRule } from './rule.ts';

export const twoActiveKeys = defineRule({
  id: 'two-active-keys',
  title: 'a user has more than one Active access key',
  severity: 'medium',
  rationale:
    'The second key is there so that the first can be replaced. Where both stay Active, each doubles what can leak, and no room is left to rotate either.',
  remedy:
    'find out which one is used with keyturn keys list, and retire the other; a rotation under way ends by itself',
  frameworks: frameworks.oneKey,
  parameters: {},
  judge: ({ user }) => {
    if (user.isRoot) return [];
    if (isUnknown(user.AccessKeys)) return [notKnown('the access keys', user.AccessKeys.Reason)];
    const active = listActiveKeys(user);
    if (active.length < 2) return [];
    return [
      {
        kind: 'found',
        message: `${active.length} Active access keys${describeUses(active.map(({ LastUsed }) => LastUsed.Kind))}`,
        evidence: active.map((key) => {
          const evidence = describeStatus(key, user);
          return key.AccessKeyId === undefined ? evidence : { ...evidence, fact: `Status of ${key.AccessKeyId}` };
        }),
      },
    ];
  },
});

function describeUses(kinds: readonly string[]): string {
  if (kinds.includes('unknown')) return '';
  const used = kinds.filter((kind) => kind === 'used').length;
  if (used === kinds.length) return ', all used';
  return used === 0 ? ', none ever used' : `, ${used} ever used`;
}
