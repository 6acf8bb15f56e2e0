import { decodeQueryText, encodeText } from './percent-encoding.ts';
import { SignatureRefusal } from './refusal.ts';

/** The parameters of a query string, decoded, in order, duplicates and all. */
export type QueryParameters = readonly (readonly [name: string, value: string])[];

/**
 * The parameters of a query string.
 *
 * @throws SignatureRefusal MalformedQueryString for a broken percent escape
 */
export function parseQuery(query: string): QueryParameters {
  if (query === '') return [];
  return query
    .split('&')
    .filter((part) => part !== '')
    .map(parseParameter);
}

function parseParameter(part: string): [name: string, value: string] {
  const equals = part.indexOf('=');
  const name = decodeQueryText(equals < 0 ? part : part.slice(0, equals));
  const value = equals < 0 ? '' : decodeQueryText(part.slice(equals + 1));
  if (name === undefined || value === undefined) {
    throw new SignatureRefusal('MalformedQueryString', 'The query string contains a syntax error.');
  }
  return [name, value];
}

/** The value of the first parameter of a name: AWS ignores the duplicates after it. */
export function findParameter(parameters: QueryParameters, name: string): string | undefined {
  return parameters.find((parameter) => parameter[0] === name)?.[1];
}

/**
 * Parameters encoded, then sorted by name and value: the third line of a canonical request.
 *
 * @example
 * writeCanonicalQuery([['b', '2'], ['a', 'x y']]); // 'a=x%20y&b=2'
 */
export function writeCanonicalQuery(parameters: QueryParameters): string {
  return parameters
    .map(([name, value]) => [encodeText(name), encodeText(value)] as const)
    .sort((one, other) => compareTexts(one[0], other[0]) || compareTexts(one[1], other[1]))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

function compareTexts(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
