import { readFile } from 'node:fs';
import { promisify } from 'node:util';
import { KeyturnError } from '../errors.ts';

/**
 * What a YAML file says; JSON is YAML too. Undefined where no file is named.
 *
 * @throws {KeyturnError} `ERR_FILE` for a file that cannot be read, `ERR_USAGE` for one that is not YAML, with the line
 */
export async function readDocument(file: string | undefined): Promise<unknown> {
  if (file === undefined) return undefined;
  const text = await promisify(readFile)(file, 'utf8').catch((cause: unknown) => {
    throw new KeyturnError('ERR_FILE', `${file} cannot be read`, { cause });
  });
  const { parse } = await import('./yaml.ts');
  try {
    return parse(text);
  } catch (cause) {
    const [reason = ''] = cause instanceof Error ? cause.message.split('\n', 1) : [];
    throw new KeyturnError('ERR_USAGE', `${file} is neither YAML nor JSON: ${reason.replace(/:$/, '')}`, { cause });
  }
}
