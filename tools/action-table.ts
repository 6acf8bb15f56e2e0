import { services } from '../src/endpoint/actions/actions.ts';
import known from './known-operations.json' with { type: 'json' };

/** What an action lacks; the others are whole. */
const missing: Readonly<Record<string, string>> = {
  AssumeRole: 'ProvidedContexts are ignored; PackedPolicySize is an estimate',
  EnableMFADevice: 'virtual devices alone',
  GetFederationToken: 'PackedPolicySize is an estimate',
  GetMFADevice: 'there are no security keys to get',
  GetPolicyVersion: "of most of AWS's own policies the version in force alone",
  ListPolicyVersions: "of most of AWS's own policies the version in force alone",
  SimulatePrincipalPolicy: 'PolicyExclusionList excludes no service control policies',
};

const marks = ['<!-- the table of actions: node tools/generate-action-table.ts -->\n', '<!-- its end -->'] as const;

/** A document with the table of actions between its marks. */
export function writeActionTable(document: string): string {
  const [begin, end] = marks;
  const start = document.indexOf(begin) + begin.length;
  const stop = document.indexOf(end);
  if (start < begin.length || stop < start) throw new Error('the document has no place for the table of actions');
  return document.slice(0, start) + composeTable() + document.slice(stop);
}

function composeTable(): string {
  const lines = Object.values(services).flatMap(({ model, actions }) =>
    [...actions.keys()]
      .sort()
      .map((name) => `| ${model.service} ${model.apiVersion} | ${name} | ${describe(name)} |\n`),
  );
  return `\n| service | action | |\n|---|---|---|\n${lines.join('')}\nAbsent:\n\n${composeAbsent()}\n`;
}

function composeAbsent(): string {
  const operations: Readonly<Record<string, readonly string[]>> = known.operations;
  return Object.values(services)
    .map(({ model, actions }) => {
      const names = operations[model.service]?.filter((name) => !actions.has(name)) ?? [];
      return `- ${model.service}: ${names.join(', ')}.\n`;
    })
    .join('');
}

function describe(name: string): string {
  const lack = missing[name];
  return lack === undefined ? 'whole' : `partial: ${lack}`;
}
