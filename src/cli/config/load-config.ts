import { KeyturnError } from '../../errors.ts';
import { filled } from '../../sinks/shared-config.ts';
import { readText } from '../../sinks/text-file.ts';
import type { Context } from '../context.ts';
import type { Config } from './schema.ts';

/**
 * keyturn.yaml: `--config`, else KEYTURN_CONFIG, else the one in the working folder, which may be missing.
 *
 * @throws {KeyturnError} `ERR_FILE` for a file that was named and cannot be read, `ERR_USAGE` for what it cannot mean
 * @example
 * const { sinks } = await loadConfig(context);
 */
export async function loadConfig({ options, env }: Pick<Context, 'options' | 'env'>): Promise<Config> {
  const named = options.config ?? filled(env.KEYTURN_CONFIG);
  const file = named ?? 'keyturn.yaml';
  const text = await readText(file);
  if (text === undefined && named !== undefined) throw describeAbsence(file, options.config === undefined);
  const { parseConfig } = await import('./parse-config.ts');
  return parseConfig(text ?? '', file);
}

function describeAbsence(file: string, isVariable: boolean): KeyturnError {
  const source = isVariable ? 'KEYTURN_CONFIG' : '--config';
  return new KeyturnError('ERR_FILE', `${source} names ${file}, and there is no such file`, {
    hint: 'name another, or leave it out: keyturn.yaml in the working folder is read where there is one',
  });
}
