import type { GlobalOptions } from './context.ts';
import type { Form } from './output/answer.ts';
import type { Look } from './output/table.ts';

/** How the answer is to be printed. @throws {KeyturnError} `ERR_USAGE` where the query is not JMESPath */
export async function readForm(options: GlobalOptions, look: Look): Promise<Form> {
  const output = outputOf(options);
  if (options.query === undefined) return { output, look };
  const { readQuery } = await import('./output/query.ts');
  return { output, query: await readQuery(options.query), look };
}

/** Whether the answer is JSON, so that an error has to be too. */
export function isJson(options: GlobalOptions): boolean {
  return ['json', 'jsonl'].includes(outputOf(options));
}

/** A table cannot show what a query makes: it becomes json. */
function outputOf({ output = 'table', query }: GlobalOptions): Form['output'] {
  return query !== undefined && output === 'table' ? 'json' : output;
}
