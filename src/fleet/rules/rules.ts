/** All rules, the most dangerous first: among findings of the same severity this order decides. */
import { administratorKey } from './administrator-key.ts';
import { inactiveKey } from './inactive-key.ts';
import { neverUsedKey } from './never-used-key.ts';
import { newPlace } from './new-place.ts';
import { oldKey } from './old-key.ts';
import { oldServiceCredential } from './old-service-credential.ts';
import { ownerlessKey } from './ownerless-key.ts';
import { quarantinedUser } from './quarantined-user.ts';
import { rootKey } from './root-key.ts';
import type { Rule } from './rule.ts';
import { setUpKey } from './set-up-key.ts';
import { twoActiveKeys } from './two-active-keys.ts';
import { unknownEvidence } from './unknown-evidence.ts';
import { unusedKey } from './unused-key.ts';

export const rules: readonly Rule[] = [
  quarantinedUser,
  rootKey,
  administratorKey,
  newPlace,
  neverUsedKey,
  unusedKey,
  oldKey,
  twoActiveKeys,
  setUpKey,
  oldServiceCredential,
  unknownEvidence,
  inactiveKey,
  ownerlessKey,
];

/** The rule of an id. */
export function findRule(id: string): Rule | undefined {
  return rules.find((rule) => rule.id === id);
}
