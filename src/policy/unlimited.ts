import type { PolicyLayers } from './decision.ts';
import type { Statement } from './document.ts';
import { isAnything } from './pattern.ts';

/**
 * Whether policies allow everything within the account, as AdministratorAccess does where nothing takes away from it: what
 * {@link evaluate} would then say of any request is known beforehand.
 */
export function isUnlimited({ identity, boundary, session, scp, trust, resource }: PolicyLayers): boolean {
  if ([boundary, session, scp, trust, resource].some((layer) => layer !== undefined)) return false;
  const statements = identity.flatMap(({ policy }) => policy.statements);
  return statements.every(({ Effect }) => Effect === 'Allow') && statements.some(allowsEverything);
}

function allowsEverything({ Effect, principals, actions, resources, conditions }: Statement): boolean {
  if (Effect !== 'Allow' || principals !== undefined || conditions.length > 0) return false;
  const everyAction = !actions.negated && actions.byService.get('*')?.some(isAnything) === true;
  const everyResource =
    resources?.negated === false &&
    resources.members.some(({ settled }) => settled !== undefined && isAnything(settled.pattern));
  return everyAction && everyResource;
}
