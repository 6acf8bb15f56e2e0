import type { KeyFacts, UseFacts } from '../facts.ts';
import { day, formatInstant, judgeActiveKeys } from './facts-of.ts';
import { frameworks } from './frameworks.ts';
import { defineRule, type Evidence } from './rule.ts';

export const newPlace = defineRule({
  id: 'new-place',
  title: 'a key was used where it was not used before',
  severity: 'medium',
  rationale:
    'Programs use the same services in the same Regions day after day. A Region or a service that is new for a key may be a new release, or somebody else. Earlier scans are what it is compared with: the first one finds nothing.',
  remedy: 'ask the owner; if nobody knows, look up the key in CloudTrail in that Region, and deactivate it',
  frameworks: frameworks.none,
  parameters: {
    within: { kind: 'duration', default: 14 * day, meaning: 'used there for the first time at most this long ago' },
  },
  judge: (subject, { within }) =>
    judgeActiveKeys(subject, (key) => {
      const news = (key.uses ?? []).flatMap((use) => {
        const age = subject.now.getTime() - use.first.getTime();
        const words = age > within ? [] : nameNews(use, key.uses ?? []);
        return words.length === 0 ? [] : [{ use, words: words.join(' in ') }];
      });
      const [first] = news;
      if (first === undefined) return [];
      return {
        kind: 'found',
        key,
        message: `first use of ${news.map(({ words }) => words).join(', ')}`,
        since: first.use.first,
        evidence: news.map(({ use }) => describePlace(use, key)),
      };
    }),
});

/** What is new about a use: nothing where no use came before it, or where IAM names no place. */
function nameNews({ Region, ServiceName, first }: UseFacts, uses: readonly UseFacts[]): string[] {
  const before = uses.filter((use) => use.first < first);
  const isNew = (place: string, places: readonly string[]): boolean => place !== 'N/A' && !places.includes(place);
  if (before.length === 0) return [];
  return [
    ...(isNew(
      ServiceName,
      before.map((use) => use.ServiceName),
    )
      ? [ServiceName]
      : []),
    ...(isNew(
      Region,
      before.map((use) => use.Region),
    )
      ? [Region]
      : []),
  ];
}

function describePlace({ Region, ServiceName, first }: UseFacts, { lastUsedFrom }: KeyFacts): Evidence {
  const value = `${ServiceName} in ${Region} on ${formatInstant(first)}`;
  return { fact: 'first use', value, source: lastUsedFrom.source, at: lastUsedFrom.at };
}
