/** The section `rules` of keyturn.yaml: by the id of a rule, `off`, or its severity and thresholds. */
import * as v from 'valibot';
import { rules, severities, type Parameter, type Rule, type RuleSettings } from '../../fleet/rules/index.ts';
import { duration } from './duration.ts';
import { oneOrMore } from './selection.ts';
import { strictMap } from './strict-map.ts';

const severity = v.picklist(severities, `is none of ${severities.join(', ')}`);
const texts = oneOrMore(v.pipe(v.string(), v.nonEmpty('is empty')));

export const rulesSection: v.GenericSchema<unknown, Readonly<Record<string, RuleSettings>>> = v.pipe(
  strictMap(Object.fromEntries(rules.map((rule) => [rule.id, v.optional(describeRule(rule))]))),
  v.transform((section) =>
    Object.fromEntries(Object.entries(section).filter(([, settings]) => settings !== undefined)),
  ),
) as v.GenericSchema<unknown, Readonly<Record<string, RuleSettings>>>;

function describeRule({ parameters }: Rule): v.GenericSchema<unknown, RuleSettings> {
  const entries = Object.fromEntries(
    Object.entries(parameters).map(([name, parameter]) => [name, v.optional(describeParameter(parameter))]),
  );
  const off = v.pipe(
    v.union([v.literal('off'), v.literal(false)], 'is neither off nor a map of names and values'),
    v.transform((): RuleSettings => ({ off: true })),
  );
  const set = v.pipe(
    strictMap({ severity: v.optional(severity), ...entries }),
    v.transform((given) => composeSettings(given as GivenSettings)),
  );
  // Not a union: its issues would not say which member of the map is wrong.
  return v.lazy((value) => (typeof value === 'object' && value !== null ? set : off));
}

type GivenSettings = Pick<RuleSettings, 'severity'> & NonNullable<RuleSettings['values']>;

function composeSettings({ severity, ...values }: GivenSettings): RuleSettings {
  const given = Object.entries(values).filter(([, value]) => (value as unknown) !== undefined);
  return { ...(severity !== undefined && { severity }), values: Object.fromEntries(given) };
}

function describeParameter({ kind }: Parameter): v.GenericSchema {
  switch (kind) {
    case 'duration':
      return duration;
    case 'texts':
      return texts;
    case 'severity':
      return severity;
  }
}
