import type { Codewords } from './codewords.ts';

/** A square of modules, line by line; true is dark. */
export interface QrSymbol {
  readonly side: number;
  /** Outside it everything is light. */
  isDark(x: number, y: number): boolean;
}

/** A symbol that is being drawn: what is not drawn yet is free. */
class Drawing implements QrSymbol {
  readonly side: number;
  readonly #modules: (boolean | undefined)[];

  constructor(side: number) {
    this.side = side;
    this.#modules = Array.from({ length: side ** 2 });
  }

  isDark(x: number, y: number): boolean {
    return x >= 0 && x < this.side && this.#modules[y * this.side + x] === true;
  }

  isFree(x: number, y: number): boolean {
    return this.#modules[y * this.side + x] === undefined;
  }

  draw(x: number, y: number, dark: boolean): void {
    if (x >= 0 && y >= 0 && x < this.side && y < this.side) this.#modules[y * this.side + x] = dark;
  }

  /** Concentric squares, of which those at the given distances are light. */
  drawSquares(x: number, y: number, radius: number, light: readonly number[]): void {
    for (let down = -radius; down <= radius; down++) {
      for (let right = -radius; right <= radius; right++) {
        this.draw(x + right, y + down, !light.includes(Math.max(Math.abs(right), Math.abs(down))));
      }
    }
  }
}

/**
 * Draws a QR code. Of the eight masks it is always the first: readers take any, and a random seed is no pattern that
 * another would break up better.
 *
 * Source: ISO/IEC 18004, sections 6.3 and 7.7 to 7.10
 */
export function drawSymbol({ version, bytes }: Codewords): QrSymbol {
  const drawing = new Drawing(version * 4 + 17);
  drawPatterns(drawing, version);
  drawFormat(drawing);
  if (version >= 7) drawVersion(drawing, version);
  drawBytes(drawing, bytes);
  return drawing;
}

function drawPatterns(drawing: Drawing, version: number): void {
  const last = drawing.side - 1;
  for (let at = 0; at <= last; at++) {
    drawing.draw(6, at, at % 2 === 0);
    drawing.draw(at, 6, at % 2 === 0);
  }
  for (const [x, y] of [
    [3, 3],
    [last - 3, 3],
    [3, last - 3],
  ] as const) {
    drawing.drawSquares(x, y, 4, [2, 4]);
  }
  const centres = listCentres(version);
  for (const x of centres) {
    for (const y of centres) {
      const corners = [x, y].filter((at) => at === 6).length + [x, y].filter((at) => at === last - 6).length;
      // Where the finders are there is no other pattern.
      if (corners < 2 || (x === y && x !== 6)) drawing.drawSquares(x, y, 2, [1]);
    }
  }
}

/** Where the alignment patterns are, in both directions: at 6 and at even distances up to 6 from the end. */
function listCentres(version: number): readonly number[] {
  if (version === 1) return [];
  const gaps = Math.floor(version / 7) + 1;
  const end = version * 4 + 10;
  const step = Math.ceil((end - 6) / gaps / 2) * 2;
  return [6, ...Array.from({ length: gaps }, (_, index) => end - (gaps - 1 - index) * step)];
}

/** Correction level L and mask 0, twice. */
function drawFormat(drawing: Drawing): void {
  const levelAndMask = 0b01_000;
  const bits = addRemainder(levelAndMask, 10, 0b101_0011_0111) ^ 0b101_0100_0001_0010;
  const { side } = drawing;
  for (let bit = 0; bit < 15; bit++) {
    const dark = ((bits >> bit) & 1) === 1;
    // Around the first finder, over the timing lines, and along the two others.
    if (bit < 8) drawing.draw(8, bit < 6 ? bit : bit + 1, dark);
    else drawing.draw(bit === 8 ? 7 : 14 - bit, 8, dark);
    if (bit < 8) drawing.draw(side - 1 - bit, 8, dark);
    else drawing.draw(8, side - 15 + bit, dark);
  }
  drawing.draw(8, side - 8, true);
}

function drawVersion(drawing: Drawing, version: number): void {
  const bits = addRemainder(version, 12, 0b1_1111_0010_0101);
  for (let bit = 0; bit < 18; bit++) {
    const dark = ((bits >> bit) & 1) === 1;
    const [along, across] = [drawing.side - 11 + (bit % 3), Math.floor(bit / 3)];
    drawing.draw(along, across, dark);
    drawing.draw(across, along, dark);
  }
}

/** A value with the remainder of its division after it, by which readers correct it. */
function addRemainder(value: number, length: number, divisor: number): number {
  let remainder = value;
  for (let bit = 0; bit < length; bit++) remainder = (remainder << 1) ^ ((remainder >> (length - 1)) * divisor);
  return (value << length) | remainder;
}

/** Bit by bit into what is free, in columns of two from the right, up and down in turn, past the timing line. */
function drawBytes(drawing: Drawing, bytes: Uint8Array): void {
  const { side } = drawing;
  let drawn = 0;
  for (let pair = 0; pair < (side - 1) / 2; pair++) {
    const right = side - 1 - 2 * pair;
    for (let line = 0; line < side; line++) {
      const y = pair % 2 === 0 ? side - 1 - line : line;
      for (const x of right <= 6 ? [right - 1, right - 2] : [right, right - 1]) {
        if (!drawing.isFree(x, y)) continue;
        const bit = ((bytes[drawn >> 3] ?? 0) >> (7 - (drawn & 7))) & 1;
        drawing.draw(x, y, (bit === 1) !== ((x + y) % 2 === 0));
        drawn++;
      }
    }
  }
}
