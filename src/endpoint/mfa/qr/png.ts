import { crc32, deflateSync } from 'node:zlib';
import type { QrSymbol } from './symbol.ts';

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** Modules of white on all sides, as readers want it. */
const border = 4;
/** Pixels of a module's side: eight pixels of one bit are a byte. */
const scale = 8;

/**
 * A symbol as a PNG image in black and white.
 *
 * Source: https://www.w3.org/TR/png/
 */
export function writePng(symbol: QrSymbol): Buffer {
  const modules = symbol.side + 2 * border;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(modules * scale, 0);
  header.writeUInt32BE(modules * scale, 4);
  // One bit a pixel; the rest says grey, and nothing unusual.
  header[8] = 1;
  const lines = Array.from({ length: modules }, (_, y) => {
    const line = Array.from({ length: modules }, (_module, x) => (symbol.isDark(x - border, y - border) ? 0x00 : 0xff));
    return Array.from({ length: scale }, () => Buffer.from([0, ...line]));
  });
  const pixels = deflateSync(Buffer.concat(lines.flat()));
  return Buffer.concat([signature, writeChunk('IHDR', header), writeChunk('IDAT', pixels), writeChunk('IEND')]);
}

function writeChunk(type: string, data: Uint8Array = new Uint8Array()): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  checksum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, checksum]);
}
