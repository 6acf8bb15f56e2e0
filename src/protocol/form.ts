import { refuseMalformed } from './fault.ts';

/** The parameters of a request by name. Of a name sent twice the first value counts. */
export type Form = ReadonlyMap<string, string>;

/**
 * Reads `application/x-www-form-urlencoded` text, which is also the form of a query string.
 *
 * Source: https://url.spec.whatwg.org/#urlencoded-parsing, but a broken escape or one that is no UTF-8 is refused.
 *
 * @throws AwsFault MalformedInput
 * @example
 * parseForm('Action=GetUser&UserName=a%2Bb').get('UserName'); // 'a+b'
 */
export function parseForm(text: string): Form {
  const form = new Map<string, string>();
  for (const pair of text.split('&')) {
    if (pair === '') continue;
    const equals = pair.indexOf('=');
    const name = decode(equals < 0 ? pair : pair.slice(0, equals));
    if (!form.has(name)) form.set(name, equals < 0 ? '' : decode(pair.slice(equals + 1)));
  }
  return form;
}

function decode(text: string): string {
  const spaced = text.includes('+') ? text.replaceAll('+', ' ') : text;
  if (!spaced.includes('%')) return spaced;
  try {
    return decodeURIComponent(spaced);
  } catch {
    throw refuseMalformed('The request contains a malformed percent escape');
  }
}
