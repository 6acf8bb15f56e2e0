/** Percent encoding as Signature Version 4 wants it: RFC 3986, every byte but the unreserved characters. */

const onlyUnreserved = /^[A-Za-z0-9\-._~]*$/;
const leftByEncodeURIComponent = /[!'()*]/g;

/**
 * A text with every byte of its UTF-8 but the unreserved characters written as `%XX`.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 *
 * @example
 * encodeText('a b/ሴ*'); // 'a%20b%2F%E1%88%B4%2A'
 */
export function encodeText(text: string): string {
  if (onlyUnreserved.test(text)) return text;
  return encodeURIComponent(text.toWellFormed()).replace(
    leftByEncodeURIComponent,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/**
 * The text behind a name or value of a query string; undefined when an escape is cut short, is not hexadecimal, or does
 * not spell UTF-8. A `+` is a space, as in the forms that AWS's Query protocol is made of.
 */
export function decodeQueryText(text: string): string | undefined {
  if (!text.includes('%') && !text.includes('+')) return text;
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}
