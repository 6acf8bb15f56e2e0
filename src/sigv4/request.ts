/**
 * A request as it was received, or as it is about to be sent: what Signature Version 4 signs.
 *
 * Header names and values hold one character a byte (Latin-1), as `node:http` gives and takes them. `path` and `query`
 * are the two halves of the request target as sent, percent escapes and all.
 */
export interface SignableRequest {
  readonly method: string;
  /** Before the `?`. */
  readonly path: string;
  /** After the `?`; empty when there is none. */
  readonly query: string;
  /** In the order received, duplicates and all. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array;
}

/** The value of the first header of a name, without the white space around it; undefined if there is none. */
export function findHeader(request: SignableRequest, lowerCaseName: string): string | undefined {
  for (const [name, value] of request.headers) {
    if (name.length === lowerCaseName.length && name.toLowerCase() === lowerCaseName) return value.trim();
  }
  return undefined;
}
