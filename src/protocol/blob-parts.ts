/** Bytes that are too many to hold at once. They are read, and become text, as the answer is sent. */
export class BlobParts {
  readonly #parts: Iterable<Uint8Array>;

  /** @param parts each of them but the last a multiple of three bytes long, so that their base64 fits together */
  constructor(parts: Iterable<Uint8Array>) {
    this.#parts = parts;
  }

  *[Symbol.iterator](): Generator<Uint8Array> {
    yield* this.#parts;
  }
}

/**
 * Stands for such bytes in the text of an answer. No other value can have it there: XML does not hold it.
 *
 * Source: https://www.w3.org/TR/xml/#charsets
 */
export const blobMark = '\uFFFE';

/** An answer's text, as far as it is held, and what follows. */
export interface PartedText {
  readonly body: string;
  readonly tail?: Iterable<string>;
}

/** Cuts an answer's text where its output has bytes in parts, which it has at most once. */
export function cutAtBlob(text: string, output: Readonly<Record<string, unknown>> | undefined): PartedText {
  const blob = Object.values(output ?? {}).find((value) => value instanceof BlobParts);
  if (blob === undefined) return { body: text };
  const at = text.indexOf(blobMark);
  return { body: text.slice(0, at), tail: writeTail(blob, text.slice(at + blobMark.length)) };
}

function* writeTail(blob: BlobParts, rest: string): Generator<string> {
  for (const part of blob) yield Buffer.from(part).toString('base64');
  yield rest;
}
