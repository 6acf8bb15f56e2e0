/**
 * Actions: `service:Name` with wildcards, not case-sensitive.
 *
 * Sources: messages of IAM as public logs show them and as moto (https://github.com/getmoto/moto, Apache-2.0) and versitygw
 * (https://github.com/versity/versitygw, Apache-2.0) observed them;
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
 */
import type { Listed, ListedActions } from './document.ts';
import { compilePattern, matchesPattern } from './pattern.ts';

const anyService = '*';

/** Whether Action or NotAction takes an action in. */
export function coversAction({ negated, byService }: ListedActions, action: string): boolean {
  const name = action.toLowerCase();
  const isMeantBy = (service: string): boolean =>
    byService.get(service)?.some((pattern) => matchesPattern(pattern, name)) === true;
  return negated !== (isMeantBy(anyService) || isMeantBy(findService(name)));
}

/** Reads the elements of Action or NotAction. */
export function compileActions({ negated, members }: Listed<string>): ListedActions {
  const names = members.map((action) => action.toLowerCase());
  const grouped = Map.groupBy(names, (name) => (/[*?]/.test(findService(name)) ? anyService : findService(name)));
  return { negated, byService: new Map([...grouped].map(([service, own]) => [service, own.map(compilePattern)])) };
}

function findService(action: string): string {
  return action.split(':', 1)[0] ?? '';
}

/** What is wrong with an element of Action or NotAction, or undefined. */
export function findActionFault(action: string): string | undefined {
  const [vendor = '', ...rest] = action.split(':');
  if (action === '*') return undefined;
  if (rest.length === 0) return 'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.';
  if (rest.length > 1) return 'Actions/Condition can contain only one colon.';
  return vendor === '*' || /^[a-zA-Z0-9.-]+$/.test(vendor) ? undefined : `Vendor ${vendor} is not valid`;
}
