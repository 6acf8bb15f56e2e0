import { KeyturnError } from '../../errors.ts';
import { requireAccessKeyId } from '../../iam/arguments.ts';

/** For an argument that may be repeated: adds an access key id to those before it, once. */
export function collectAccessKeyIds(text: string, before: readonly string[] = []): readonly string[] {
  return [...new Set([...before, requireAccessKeyId(text)])];
}

/** For an option that may be repeated: adds a value to those before it. */
export function collectValues(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, text];
}

/** For `--to`: of two destinations the first would go without the secret, and nobody would be told. */
export function takeOneDestination(text: string, before: string | undefined): string {
  if (before === undefined) return text;
  throw new KeyturnError('ERR_USAGE', 'a new key has one destination, and --to was given more than once');
}
