import { refuse } from '../actions/refusals.ts';
import type { Question } from './simulate.ts';

/** Characters of documents times characters they are compared with: about a second of work, where wildcards are at their worst. */
const mostEffort = 200_000_000;
/** Stands for the action and for what is written about each resource. */
const leastResource = 32;

/**
 * How many actions of a question one answer may take up, so that nobody else waits for long. What the user, group or role
 * itself brings along is short and does not count.
 *
 * @throws AwsFault InvalidInput for a question of which even one action is too much
 */
export function findMostActions(question: Question): number {
  const { PolicyInputList = [], PermissionsBoundaryPolicyInputList = [], ResourcePolicy = '' } = question;
  const { ResourceArns = ['*'], ContextEntries = [] } = question;
  const documents = sumLengths([...PolicyInputList, ...PermissionsBoundaryPolicyInputList, ResourcePolicy]);
  const values = sumLengths(ContextEntries.flatMap(({ ContextKeyValues = [] }) => ContextKeyValues));
  // every resource is thought through by itself, with all of the context
  const resources = sumLengths(ResourceArns) + ResourceArns.length * (leastResource + values);
  const actions = Math.floor(mostEffort / Math.max(1, documents * resources));
  if (actions === 0) throw refuse('InvalidInput', 'The simulation has too many policies, resources or context values.');
  return actions;
}

function sumLengths(texts: readonly string[]): number {
  return texts.reduce((sum, { length }) => sum + length, 0);
}
