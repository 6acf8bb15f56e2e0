/**
 * Writes docs/rules.md from the rules.
 *
 * Usage: node tools/generate-rules.ts
 */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeRulesDocument } from './rules-document.ts';

writeFileSync(join(import.meta.dirname, '..', 'docs', 'rules.md'), writeRulesDocument());
