import { frameworks } from './frameworks.ts';
import { defineRule } from './rule.ts';

/** Its findings are made of what the other rules could not know (judge.ts). */
export const unknownEvidence = defineRule({
  id: 'unknown-evidence',
  title: 'a rule could not be judged',
  severity: 'medium',
  rationale:
    'What could not be read is neither good nor bad. A rule that passed on it would hide the very key it is there to find.',
  remedy: 'give the auditor the permissions of keyturn policy auditor, and run the audit again',
  frameworks: frameworks.none,
  parameters: {},
  judge: () => [],
});
