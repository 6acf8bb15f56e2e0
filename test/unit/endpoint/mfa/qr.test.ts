import { createHash } from 'node:crypto';
import { crc32, inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { composeCodewords } from '../../../../src/endpoint/mfa/qr/codewords.ts';
import { writePng } from '../../../../src/endpoint/mfa/qr/png.ts';
import { composeCorrection } from '../../../../src/endpoint/mfa/qr/reed-solomon.ts';
import { drawSymbol } from '../../../../src/endpoint/mfa/qr/symbol.ts';

const compose = (length: number) =>
  composeCodewords(Buffer.from('otpauth://totp/'.padEnd(length, 'aB3/?=%x-').slice(0, length)));

function draw(length: number): string[] {
  const symbol = drawSymbol(compose(length));
  const places = Array.from({ length: symbol.side }, (_, place) => place);
  return places.map((y) => places.map((x) => (symbol.isDark(x, y) ? '#' : '.')).join(''));
}

describe('the correction', () => {
  it('is that of the worked example', () => {
    // ISO/IEC 18004, annex I: 01234567 at version 1, level M
    const data = Uint8Array.from([0x10, 0x20, 0x0c, 0x56, 0x61, 0x80, 0xec, 0x11, 0xec, 0x11, 0xec, 0x11, 0xec, 0x11, 0xec, 0x11]); // prettier-ignore
    const correction = [0xa5, 0x24, 0xd4, 0xc1, 0xed, 0x36, 0xc7, 0x87, 0x2c, 0x55];
    expect([...composeCorrection(data, 10)]).toEqual(correction);
  });
});

describe('a symbol', () => {
  it('is drawn module by module', () => {
    expect(draw(15)).toEqual([
      '#######..#..#.#######',
      '#.....#..###..#.....#',
      '#.###.#.##.#..#.###.#',
      '#.###.#..#..#.#.###.#',
      '#.###.#...#...#.###.#',
      '#.....#....#..#.....#',
      '#######.#.#.#.#######',
      '........##.#.........',
      '###.#######.###...#..',
      '#.#..#.##...###.#...#',
      '##..#####.###...#.###',
      '.###.#..#..#.#.#....#',
      '#..#..##...##....#.#.',
      '........#...#.####.##',
      '#######.######.##.###',
      '#.....#.##..##.#....#',
      '#.###.#.#.##...##..#.',
      '#.###.#..#.##.#.##.#.',
      '#.###.#.#..###.####.#',
      '#.....#.#.##.......#.',
      '#######.######.###.##',
    ]);
  });

  // As readers and another writer of QR codes agreed when these were recorded.
  it.each([
    [100, 5, 'ae0aaaaeaddd60fd'],
    [154, 7, '1d9122aae40a3458'],
    [200, 9, 'ea18fa31f332a74c'],
    [460, 15, '4272dae5dabf88a2'],
    [858, 20, '19761a649977bb92'],
  ])('of %i bytes is of version %i', (length, version, hash) => {
    expect(compose(length).version).toBe(version);
    const drawn = createHash('sha256').update(draw(length).join('\n')).digest('hex');
    expect(drawn.slice(0, 16)).toBe(hash);
  });

  it('has an end', () => {
    expect(() => compose(859)).toThrow(RangeError);
  });
});

describe('the image', () => {
  it('is a PNG of one bit a pixel, eight pixels a module, with a border of four modules', () => {
    const png = writePng(drawSymbol(compose(15)));
    expect(png.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n');
    const chunks = readChunks(png.subarray(8));
    expect([...chunks.keys()]).toEqual(['IHDR', 'IDAT', 'IEND']);
    const side = (21 + 8) * 8;
    expect(chunks.get('IHDR')?.toString('hex')).toBe(`000000${side.toString(16)}000000${side.toString(16)}0100000000`);
    const pixels = inflateSync(chunks.get('IDAT') ?? Buffer.of());
    const width = 1 + side / 8;
    expect(pixels).toHaveLength(width * side);
    const lines = draw(15);
    for (let y = 0; y < side; y++) {
      const line = lines[Math.floor(y / 8) - 4] ?? '.'.repeat(21);
      const expected = `00${`....${line}....`.replaceAll('.', 'ff').replaceAll('#', '00')}`;
      expect(pixels.subarray(y * width, (y + 1) * width).toString('hex')).toBe(expected);
    }
  });
});

function readChunks(bytes: Buffer): Map<string, Buffer> {
  const chunks = new Map<string, Buffer>();
  for (let at = 0; at < bytes.length;) {
    const end = at + 8 + bytes.readUInt32BE(at);
    expect(bytes.readUInt32BE(end)).toBe(crc32(bytes.subarray(at + 4, end)));
    chunks.set(bytes.toString('latin1', at + 4, at + 8), bytes.subarray(at + 8, end));
    at = end + 4;
  }
  return chunks;
}
