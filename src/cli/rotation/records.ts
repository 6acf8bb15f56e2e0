/** Rotations as the journal has them. */
import { KeyturnError } from '../../errors.ts';
import type { Journal } from '../../journal/journal.ts';
import { foldRotation, type Rotation } from '../../rotation/index.ts';

/** The newest first. */
export async function* listRotations(
  journal: Journal,
  options: { readonly open?: boolean | undefined } = {},
): AsyncGenerator<Rotation> {
  for await (const { record } of journal.list(options)) {
    const rotation = foldRotation(await journal.read(record));
    if (rotation !== undefined) yield rotation;
  }
}

/**
 * The rotation of that id; without one, the only one that is open.
 *
 * @throws {KeyturnError} `ERR_USAGE`
 */
export async function requireOneRotation(journal: Journal, id: string | undefined): Promise<Rotation> {
  if (id !== undefined) {
    const rotation = foldRotation(await journal.read(id));
    if (rotation !== undefined) return rotation;
    throw new KeyturnError('ERR_USAGE', `there is no rotation ${id} in ${journal.place}`, {
      hint: 'keyturn rotations lists those that are; --journal names another journal',
    });
  }
  const open: Rotation[] = [];
  for await (const rotation of listRotations(journal, { open: true })) open.push(rotation);
  const [only, ...others] = open;
  if (only !== undefined && others.length === 0) return only;
  throw new KeyturnError(
    'ERR_USAGE',
    only === undefined ? 'no rotation is open' : `${open.length} rotations are open: name one, or --all`,
    {
      hint:
        only === undefined
          ? 'keyturn rotations lists those that were'
          : open.map((each) => `${each.id} (${each.subject.UserName})`).join(', '),
    },
  );
}
