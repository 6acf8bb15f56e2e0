/**
 * Writes the table of actions into docs/endpoint.md, between its two marks, from the actions that are served.
 *
 * Usage: node tools/generate-action-table.ts
 */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeActionTable } from './action-table.ts';

const file = join(import.meta.dirname, '..', 'docs', 'endpoint.md');
writeFileSync(file, writeActionTable(readFileSync(file, 'utf8')));
