import { listPlaces, rules, type Parameter, type Rule } from '../src/fleet/rules/index.ts';
import { formatDuration } from '../src/cli/output/time.ts';

/** The text of docs/rules.md. */
export function writeRulesDocument(): string {
  return `# Rules

What \`keyturn audit\` looks for, the most dangerous first. \`keyturn rules RULE\` explains one as it is in force, with what
[keyturn.yaml](fleet.md#keyturnyaml) changes. This page is made from the rules themselves by tools/generate-rules.ts.

A limit is passed when a key is older than it, not when it reaches it: at exactly 90 days a key is not yet too old. What is
not known makes no rule pass: it becomes a finding of \`unknown-evidence\` that names the rules which could not be judged.

| rule | severity | finds |
|---|---|---|
${rules.map(({ id, severity, title }) => `| [\`${id}\`](#${id}) | ${severity} | ${title} |\n`).join('')}
${rules.map(writeRule).join('\n')}`;
}

function writeRule(rule: Rule): string {
  const { id, title, severity, rationale, remedy } = rule;
  return `## ${id}

${capitalize(title)}. Severity: ${severity}.

${rationale}

What to do: ${remedy}.
${writeParameters(rule)}${writeFrameworks(rule)}`;
}

function writeParameters({ parameters }: Rule): string {
  const rows = Object.entries(parameters).map(
    ([name, parameter]) => `| \`${name}\` | \`${writeDefault(parameter)}\` | ${parameter.meaning} |\n`,
  );
  return rows.length === 0 ? '' : `\n| setting | default | meaning |\n|---|---|---|\n${rows.join('')}`;
}

function writeDefault({ default: value }: Parameter): string {
  if (typeof value === 'number') return formatDuration(value);
  return typeof value === 'string' ? value : `[${value.join(', ')}]`;
}

function writeFrameworks({ frameworks }: Rule): string {
  const places = Map.groupBy(listPlaces(frameworks), ({ standard }) => standard);
  const rows = [...places].map(
    ([standard, among]) => `| ${standard} | ${among.map(({ place }) => place).join(', ')} |\n`,
  );
  return rows.length === 0 ? '' : `\n| framework | requirement |\n|---|---|\n${rows.join('')}`;
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
