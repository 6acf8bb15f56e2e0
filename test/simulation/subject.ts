/** The code that is put to the test: this tree's, or a copy of it with a fault. Types are this tree's. */
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

export type Subject = typeof import('../../src/rotation/index.ts') &
  Pick<typeof import('../../src/errors.ts'), 'KeyturnError' | 'AwsError'> &
  Pick<typeof import('../../src/iam/create-errors.ts'), 'UnknownOutcomeError'> &
  Pick<typeof import('../../src/secret.ts'), 'Secret'> &
  Pick<typeof import('../../src/journal/chain.ts'), 'verifyRecord'> &
  Pick<typeof import('../../src/store/entries.ts'), 'chainEntry'>;

const files = ['rotation/index', 'errors', 'iam/create-errors', 'secret', 'journal/chain', 'store/entries'];

/** @param folder a `src` folder */
export async function loadSubject(folder = resolve(import.meta.dirname, '../../src')): Promise<Subject> {
  const load = async (file: string): Promise<object> =>
    (await import(pathToFileURL(resolve(folder, `${file}.ts`)).href)) as object;
  return Object.assign({}, ...(await Promise.all(files.map(load)))) as Subject;
}
