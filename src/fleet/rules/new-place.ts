import { describeUse, judgeActiveKeys, notKnown } from './facts-of.ts';
import { frameworks } from './frameworks.ts';
import { defineRule } from './rule.ts';

export const newPlace = defineRule({
  id: 'new-place',
  title: 'a key was used where it was not used before',
  severity: 'medium',
  rationale:
    'Programs use the same services in the same Regions day after day. A Region or a service that is new for a key may be a new release, or somebody else.',
  remedy: 'ask the owner; if nobody knows, look up the key in CloudTrail in that Region, and deactivate it',
  frameworks: frameworks.none,
  parameters: {},
  judge: (subject) =>
    judgeActiveKeys(subject, (key) => {
      const history = subject.findHistory(key);
      if (history === undefined) return undefined;
      const { LastUsed } = key;
      if (LastUsed.Kind === 'unknown') return notKnown('the last use', LastUsed.Reason, { key });
      if (LastUsed.Kind === 'never') return undefined;
      const { Region, ServiceName, LastUsedDate } = LastUsed;
      const news = [
        ...(isNew(ServiceName, history.ServiceNames) ? [`the service ${ServiceName}`] : []),
        ...(isNew(Region, history.Regions) ? [`the Region ${Region}`] : []),
      ];
      if (news.length === 0) return undefined;
      return {
        kind: 'found',
        key,
        message: `used for the first time in ${news.join(' and ')}`,
        since: LastUsedDate,
        evidence: describeUse(key),
      };
    }),
});

/** Nothing is new where nothing is known from before, or where IAM names no place. */
function isNew(place: string, before: readonly string[]): boolean {
  return before.length > 0 && place !== 'N/A' && !before.includes(place);
}
