import { findMostActions } from '../simulation/effort.ts';
import type { Question } from '../simulation/simulate.ts';
import { defaultMaxItems, findPlace, writeMarker, type PageRequest } from './page.ts';
import { refuse } from './refusals.ts';

/**
 * The results for a page of actions, in the order in which they were named; a marker holds the number of those before. The
 * page is shorter than was asked for where its actions would take long, which AWS leaves open too.
 *
 * @throws AwsFault InvalidInput for a marker of something else, or a question that is too long
 */
export function takeActions<Result>(
  selection: readonly string[],
  question: PageRequest & Question,
  simulate: (action: string) => Result,
) {
  const { ActionNames, Marker, MaxItems = defaultMaxItems } = question;
  const place = Marker === undefined ? '0' : findPlace(selection, Marker);
  if (place === undefined) throw refuse('InvalidInput', 'Invalid marker for pagination.');
  const start = Number(place);
  const end = start + Math.min(MaxItems, findMostActions(question));
  const IsTruncated = end < ActionNames.length;
  return {
    EvaluationResults: ActionNames.slice(start, end).map(simulate),
    IsTruncated,
    Marker: IsTruncated ? writeMarker(selection, String(end)) : undefined,
  };
}
