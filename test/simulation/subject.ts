/** The code that is put to the test: this tree's, or a copy of it with a fault. Types are this tree's. */
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as errors from '../../src/errors.ts';
import type * as createErrors from '../../src/iam/create-errors.ts';
import type * as chain from '../../src/journal/chain.ts';
import type * as rotation from '../../src/rotation/index.ts';
import type * as secret from '../../src/secret.ts';
import type * as entries from '../../src/store/entries.ts';

export type Subject = typeof rotation &
  Pick<typeof errors, 'KeyturnError' | 'AwsError'> &
  Pick<typeof createErrors, 'UnknownOutcomeError'> &
  Pick<typeof secret, 'Secret'> &
  Pick<typeof chain, 'verifyRecord'> &
  Pick<typeof entries, 'chainEntry'>;

const files = ['rotation/index', 'errors', 'iam/create-errors', 'secret', 'journal/chain', 'store/entries'];

/** @param folder a `src` folder */
export async function loadSubject(folder = resolve(import.meta.dirname, '../../src')): Promise<Subject> {
  const load = async (file: string): Promise<object> =>
    (await import(pathToFileURL(resolve(folder, `${file}.ts`)).href)) as object;
  return Object.assign({}, ...(await Promise.all(files.map(load)))) as Subject;
}
