import { composeCorrection } from './reed-solomon.ts';

/** What a symbol holds, in the order in which it is drawn. */
export interface Codewords {
  /** 1 is the smallest symbol. */
  readonly version: number;
  readonly bytes: Uint8Array;
}

/**
 * How each version from 1 on is corrected at level L: bytes of correction in a block, and blocks.
 *
 * Source: ISO/IEC 18004, table 9
 */
const corrections: readonly (readonly [length: number, blocks: number])[] = [
  [7, 1],
  [10, 1],
  [15, 1],
  [20, 1],
  [26, 1],
  [18, 2],
  [20, 2],
  [24, 2],
  [30, 2],
  [18, 4],
  [20, 4],
  [24, 4],
  [26, 4],
  [30, 4],
  [22, 6],
  [24, 6],
  [28, 6],
  [30, 6],
  [28, 7],
  [28, 8],
];

/**
 * Bytes as a symbol of the smallest version that has room for them holds them, at correction level L.
 *
 * @throws RangeError for more than 858 bytes
 */
export function composeCodewords(content: Uint8Array): Codewords {
  for (const [index, [length, blocks]] of corrections.entries()) {
    const version = index + 1;
    const total = countCodewords(version);
    const data = frame(content, total - length * blocks, version < 10 ? 1 : 2);
    if (data !== undefined) return { version, bytes: interleave(data, { total, length, blocks }) };
  }
  throw new RangeError('the content is too long for a QR code');
}

/** Whole bytes of a symbol outside its patterns. */
function countCodewords(version: number): number {
  const side = version * 4 + 17;
  const alignments = version === 1 ? 0 : Math.floor(version / 7) + 2;
  const patterns = alignments === 0 ? 0 : (alignments ** 2 - 3) * 25 - (alignments - 2) * 10;
  // Three finders with their borders, two timing lines, two copies of the format and one module, of the version perhaps.
  const fixed = 3 * 64 + 2 * (side - 16) + 31 + (version < 7 ? 0 : 36);
  return Math.floor((side ** 2 - fixed - patterns) / 8);
}

/** Mode, length, content, four zero bits and padding: all is four bits off the bytes. Undefined where there is no room. */
function frame(content: Uint8Array, room: number, lengthBytes: number): Uint8Array | undefined {
  const bytes = [...(lengthBytes === 2 ? [content.length >> 8] : []), content.length & 255, ...content, 0];
  if (bytes.length > room) return undefined;
  const byteMode = 0b0100;
  const framed = bytes.map((byte, index) => (((bytes[index - 1] ?? byteMode) << 4) | (byte >> 4)) & 255);
  while (framed.length < room) framed.push((framed.length - bytes.length) % 2 === 0 ? 0xec : 0x11);
  return Uint8Array.from(framed);
}

/** Blocks of nearly one length, each with its correction, woven so that damage to one place is spread over all. */
function interleave(
  data: Uint8Array,
  { total, length, blocks }: { total: number; length: number; blocks: number },
): Uint8Array {
  const short = Math.floor(total / blocks) - length;
  const shortBlocks = blocks - (total % blocks);
  let start = 0;
  const parts = Array.from({ length: blocks }, (_, block) => {
    const part = data.subarray(start, (start += block < shortBlocks ? short : short + 1));
    return { part, correction: composeCorrection(part, length) };
  });
  const weave = (rows: readonly Uint8Array[], columns: number) =>
    Array.from({ length: columns }, (_, column) => rows.flatMap((row) => row[column] ?? [])).flat();
  const woven = weave(
    parts.map(({ part }) => part),
    short + 1,
  );
  return Uint8Array.from([
    ...woven,
    ...weave(
      parts.map(({ correction }) => correction),
      length,
    ),
  ]);
}
