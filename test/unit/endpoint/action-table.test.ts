import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { writeActionTable } from '../../../tools/action-table.ts';

it('the document has the table of the actions that are served', () => {
  const document = readFileSync('docs/endpoint.md', 'utf8');
  expect(document).toBe(writeActionTable(document));
});
