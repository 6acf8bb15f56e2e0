import type { PolicyLayers } from './decision.ts';
import type { Statement } from './document.ts';
import { isAnything } from './pattern.ts';

/**
 * The statements that deny, where every layer otherwise allows everything within the account, as AdministratorAccess does:
 * what {@link evaluate} says of an action that none of them takes in is known beforehand. Undefined where a layer allows
 * less.
 */
export function listDenials({ identity, boundary, session, scp, trust, resource }: PolicyLayers) {
  if (trust !== undefined || resource !== undefined) return undefined;
  const levels = [identity, ...(scp ?? []), ...(boundary ? [[boundary]] : []), ...(session ? [session] : [])];
  const statements = levels.map((level) => level.flatMap(({ policy }) => policy.statements));
  if (!statements.every((level) => level.some(allowsEverything))) return undefined;
  return statements.flat().filter(({ Effect }) => Effect === 'Deny');
}

function allowsEverything({ Effect, principals, actions, resources, conditions }: Statement): boolean {
  if (Effect !== 'Allow' || principals !== undefined || conditions.length > 0) return false;
  const everyAction = !actions.negated && actions.byService.get('*')?.some(isAnything) === true;
  const everyResource =
    resources?.negated === false &&
    resources.members.some(({ settled }) => settled !== undefined && isAnything(settled.pattern));
  return everyAction && everyResource;
}
