/** A sink in one file, or in two that are read together: what profiles and dotenv files have in common. */
import { KeyturnError } from '../errors.ts';
import type { KeyPair, Sink } from '../rotation/sink.ts';
import { updateFile, type UpdateOptions } from './file-update.ts';
import { completePair, placeholderKey, requirePlain } from './key-pair.ts';
import { deliverInto, holdsPair, restoreIn, type PairText, type Slot } from './pair-text.ts';
import { readText } from './text-file.ts';

/** One of the files, and how it is read. */
export interface PairFile {
  readonly path: string;
  readonly form: PairText;
}

export interface FilePlace {
  readonly spec: string;
  /** For people: what it is, and in which file. */
  readonly nameIn: (path: string) => string;
  readonly slot: string;
  /** The first is where the pair goes to that nobody holds yet; what stands in it wins over the others. */
  readonly files: readonly [PairFile, ...PairFile[]];
  readonly force?: boolean | undefined;
  readonly makeFolder?: boolean | undefined;
  /** Refuses a place in which a key would be of no use. @throws KeyturnError ERR_REFUSED */
  readonly requireUse?: (() => Promise<void>) | undefined;
}

/** The sink of a place. Each file is changed whole or not at all, under its lock (file-update.ts). */
export function composeFileSink(place: FilePlace): Sink {
  const { spec, nameIn, slot, files, force, makeFolder } = place;

  async function move(pair: KeyPair, replaces: string | undefined, options: UpdateOptions): Promise<void> {
    await place.requireUse?.();
    const home = await findHome(place);
    for (const file of [home, ...files.filter((other) => other !== home)]) {
      const isHere = file === home;
      const claim = { place: nameIn(file.path), slot, isHere, replaces, force };
      const edit = (text: string): string => deliverInto(file.form, text, pair, claim);
      await change(file, edit, { ...options, makeFolder: isHere && makeFolder });
    }
  }

  const read = async (): Promise<KeyPair | undefined> => {
    const held = await readSlot(await findHome(place), slot);
    return held && completePair(held);
  };

  return {
    spec,
    name: nameIn(files[0].path),
    canRead: true,
    read,

    check: (replaces) => move(placeholderKey, replaces, { rehearse: true }),

    async deliver(pair, { replaces, requireLease }) {
      requirePlain(pair);
      await move(pair, replaces, { beforeRename: requireLease });
      const home = await findHome(place);
      if (holdsPair((await readSlot(home, slot)) ?? {}, pair)) return;
      throw new KeyturnError(
        'ERR_SINK',
        `${nameIn(home.path)} does not hold ${pair.AccessKeyId} after it was written`,
        {
          hint: 'another program writes there too: stop it, and try again',
        },
      );
    },

    async restore(AccessKeyId, { replaces, requireLease }) {
      for (const file of files) {
        await change(file, (text) => restoreIn(file.form, text, AccessKeyId, replaces), { beforeRename: requireLease });
      }
      return (await read())?.AccessKeyId === AccessKeyId;
    },

    async settle(AccessKeyId, { requireLease }) {
      for (const file of files) {
        await change(file, (text) => file.form.forget(text, AccessKeyId), { beforeRename: requireLease });
      }
    },
  };
}

/** The file that the pair is read from: the first in which the slot is in use, else the first of all. */
async function findHome({ files, slot }: FilePlace): Promise<PairFile> {
  for (const file of files) {
    const held = await readSlot(file, slot);
    if (held?.AccessKeyId || held?.SecretAccessKey) return file;
  }
  return files[0];
}

async function readSlot({ path, form }: PairFile, slot: string): Promise<Slot | undefined> {
  return form.readSlots((await readText(path)) ?? '').find((held) => held.slot === slot);
}

/** A file that would stay as it is is not touched: it may be one that we may not write, or there may be none. */
async function change({ path }: PairFile, edit: (text: string) => string, options: UpdateOptions): Promise<void> {
  const text = (await readText(path)) ?? '';
  if (edit(text) !== text) await updateFile(path, edit, options);
}
