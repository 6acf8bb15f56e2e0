import { defaultMaxItems, findPlace, writeMarker, type PageRequest } from './page.ts';
import { refuse } from './refusals.ts';

/**
 * The results for a page of actions, in the order in which they were named; a marker holds the number of those before.
 *
 * @throws AwsFault InvalidInput for a marker of something else
 */
export function takeActions<Result>(
  selection: readonly string[],
  { ActionNames, Marker, MaxItems = defaultMaxItems }: PageRequest & { readonly ActionNames: readonly string[] },
  simulate: (action: string) => Result,
) {
  const place = Marker === undefined ? '0' : findPlace(selection, Marker);
  if (place === undefined) throw refuse('InvalidInput', 'Invalid marker for pagination.');
  const start = Number(place);
  const end = start + MaxItems;
  const IsTruncated = end < ActionNames.length;
  return {
    EvaluationResults: ActionNames.slice(start, end).map(simulate),
    IsTruncated,
    Marker: IsTruncated ? writeMarker(selection, String(end)) : undefined,
  };
}
