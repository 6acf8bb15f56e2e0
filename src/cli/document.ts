import { readFile } from 'node:fs/promises';
import { KeyturnError } from '../errors.ts';

/**
 * What a JSON file says; undefined where no file is named.
 *
 * @throws {KeyturnError} `ERR_FILE` for a file that cannot be read, `ERR_USAGE` for one that is not JSON
 */
export async function readDocument(file: string | undefined): Promise<unknown> {
  if (file === undefined) return undefined;
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new KeyturnError('ERR_FILE', `${file} cannot be read`, { cause });
  });
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new KeyturnError('ERR_USAGE', `${file} is not JSON`, { cause });
  }
}
