/** The section `exclusions` of keyturn.yaml: findings to live with for a while, and why. */
import * as v from 'valibot';
import { rules, type Exclusion } from '../../fleet/rules/index.ts';
import { findNearest } from '../settings/nearest.ts';
import { oneOrMore, selectionEntries } from './selection.ts';
import { strictMap } from './strict-map.ts';

const ids = rules.map(({ id }) => id);

const rule = v.picklist(ids, ({ input }) => {
  const nearest = typeof input === 'string' ? findNearest(input, ids) : undefined;
  return `is not the id of a rule; ${nearest === undefined ? 'see keyturn rules' : `did you mean ${nearest}?`}`;
});

const dayForm = /^\d{4}-\d{2}-\d{2}$/;
const timeForm = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?Z$/;
const isTime = (text: string): boolean =>
  (dayForm.test(text) || timeForm.test(text)) && !Number.isNaN(Date.parse(text)) && isRealDay(text);

/** `Date.parse` takes February 30 for March 2. */
function isRealDay(text: string): boolean {
  const day = text.slice(0, 10);
  return new Date(`${day}T00:00:00Z`).toISOString().startsWith(day);
}

/** A day lasts to its end, in UTC. */
const until = v.pipe(
  v.string('is not a date: write it as in 2027-06-30'),
  v.check(isTime, 'is not a date: write it as in 2027-06-30'),
  v.transform((text) => new Date(dayForm.test(text) ? `${text}T23:59:59.999Z` : text)),
);

const selectors = ['user', 'path', 'tag', 'account', 'rule'] as const;

const exclusion = v.pipe(
  strictMap({
    reason: v.pipe(v.string(), v.trim(), v.nonEmpty('is empty')),
    until,
    rule: v.optional(oneOrMore(rule)),
    ...selectionEntries,
  }),
  v.check(
    (given) => selectors.some((name) => given[name] !== undefined),
    `says nothing of what it excludes: give it one of ${selectors.join(', ')}`,
  ),
  v.transform(({ reason, until, rule, user, path, tag, account }): Exclusion => ({
    reason,
    until,
    ...(rule !== undefined && { rules: rule }),
    ...(user !== undefined && { users: user }),
    ...(path !== undefined && { paths: path }),
    ...(tag !== undefined && { tags: tag }),
    ...(account !== undefined && { accounts: account }),
  })),
);

export const exclusionsSection = v.array(exclusion);
