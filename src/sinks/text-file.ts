import { readFile } from 'node:fs';
import { promisify } from 'node:util';

import { describeFileFailure, errnoOf } from './file-failure.ts';

/** `node:fs/promises` brings half of Node.js with it, down to its readline: most commands read no more than two files. */
const readWhole = promisify(readFile);

/**
 * The text of a file, or undefined where there is none.
 *
 * @throws KeyturnError ERR_FILE
 */
export async function readText(path: string): Promise<string | undefined> {
  try {
    const bytes = await readBytes(path);
    return bytes && decodeText(bytes).text;
  } catch (error) {
    throw describeFileFailure(error, 'read', path);
  }
}

/** The bytes of a file, or undefined where there is none. @throws errors of node:fs as they are */
export async function readBytes(path: string): Promise<Buffer | undefined> {
  try {
    return await readWhole(path);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Bytes as text: UTF-8, or where a file is not that, one character a byte: both come out as the bytes they were. */
export function decodeText(bytes: Buffer): { text: string; encoding: 'utf8' | 'latin1' } {
  const text = bytes.toString('utf8');
  return Buffer.from(text, 'utf8').equals(bytes)
    ? { text, encoding: 'utf8' }
    : { text: bytes.toString('latin1'), encoding: 'latin1' };
}
