import { KeyturnError } from '../../errors.ts';
import {
  applySettings,
  findRule,
  listPlaces,
  rules,
  type AuditSettings,
  type Parameter,
  type Rule,
  type Values,
} from '../../fleet/rules/index.ts';
import { loadConfig } from '../config/load-config.ts';
import type { Context } from '../context.ts';
import { formatAnswer, formatList, type ListAnswer } from '../output/answer.ts';
import type { JsonObject } from '../output/json.ts';
import { formatDuration } from '../output/time.ts';
import { formatWrapped } from '../output/wrap.ts';
import { findNearest } from '../settings/nearest.ts';

/** `keyturn rules [RULE]` */
export async function showRules(context: Context, id: string | undefined): Promise<undefined> {
  const { form, printer } = context;
  const settings = await loadConfig(context);
  if (id !== undefined) {
    const rule = findRule(id) ?? refuse(id);
    const table = explainRule(rule, settings, form.look.width);
    await printer.data(formatAnswer({ document: toJson(rule, settings), table }, form));
    return undefined;
  }
  for await (const piece of formatList(rules, describeRules(settings), form)) await printer.data(piece);
  if (form.output === 'table') printer.talk('keyturn rules RULE explains one');
  return undefined;
}

function refuse(id: string): never {
  const nearest = findNearest(
    id,
    rules.map((rule) => rule.id),
  );
  throw new KeyturnError('ERR_USAGE', `there is no rule ${id}`, {
    hint: nearest === undefined ? 'keyturn rules lists them' : `did you mean ${nearest}?`,
  });
}

function describeRules(settings: AuditSettings): ListAnswer<Rule> {
  return {
    member: 'Rules',
    toJson: (rule) => toJson(rule, settings),
    csvColumns: ['Rule', 'Title', 'Severity', 'Off', 'Rationale', 'Remedy'],
    columns: [{ title: 'rule' }, { title: 'severity' }, { title: 'finds', least: 20 }],
    toRow: (rule) => {
      const { off, severity } = applySettings(rule, settings);
      return [{ text: rule.id }, off ? { text: 'off', style: 'dim' } : { text: severity }, { text: rule.title }];
    },
  };
}

function toJson(rule: Rule, settings: AuditSettings): JsonObject {
  const { off, severity, values } = applySettings(rule, settings);
  return {
    Rule: rule.id,
    Title: rule.title,
    Severity: severity,
    Off: off,
    Rationale: rule.rationale,
    Remedy: rule.remedy,
    Thresholds: Object.fromEntries(
      Object.entries(rule.parameters).map(([name, parameter]) => [name, showValue(parameter, values[name])]),
    ),
    Frameworks: listPlaces(rule.frameworks).map(({ standard, place }) => ({ Standard: standard, Requirement: place })),
  };
}

/** A rule in words, with what keyturn.yaml made of it. */
function explainRule(rule: Rule, settings: AuditSettings, width: number): string {
  const { off, severity, values } = applySettings(rule, settings);
  const changed = severity === rule.severity ? '' : ` (by default ${rule.severity})`;
  return formatWrapped(
    [
      ['rule', rule.id],
      ['finds', rule.title],
      ['severity', off ? 'off, by keyturn.yaml' : `${severity}${changed}`],
      ['why', rule.rationale],
      ['remedy', rule.remedy],
      ...Object.entries(rule.parameters).map(
        ([name, parameter]) => [name, explainParameter(parameter, values, name)] as const,
      ),
      ...groupPlaces(rule),
    ],
    width,
  );
}

function explainParameter(parameter: Parameter, values: Values, name: string): string {
  const value = showText(parameter, values[name]);
  const usual = showText(parameter, parameter.default);
  return `${value}${value === usual ? '' : ` (by default ${usual})`}: ${parameter.meaning}`;
}

function showText(parameter: Parameter, value: Values[string] | undefined): string {
  const shown = showValue(parameter, value);
  return typeof shown === 'string' ? shown : shown.join(', ');
}

function showValue(
  { default: usual }: Parameter,
  value: Values[string] | undefined = usual,
): string | readonly string[] {
  return typeof value === 'number' ? formatDuration(value) : value;
}

/** One line for each framework, however many of its versions have the rule. */
function groupPlaces({ frameworks: { cis, securityHub, pciDss, nist } }: Rule): (readonly [string, string])[] {
  const versions = Map.groupBy(Object.entries(cis), ([, place]) => place);
  const cisPlaces = [...versions].map(([place, among]) => {
    const [first, last] = [among[0]?.[0], among.at(-1)?.[0]];
    return `${place} (${first === last ? `v${first}` : `v${first} to v${last}`})`;
  });
  const lines = [
    ['CIS AWS', cisPlaces],
    ['Security Hub', securityHub],
    ['PCI DSS', pciDss],
    ['NIST 800-53', nist],
  ] as const;
  return lines.filter(([, places]) => places.length > 0).map(([name, places]) => [name, places.join(', ')]);
}
