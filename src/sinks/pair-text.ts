/**
 * A text that holds key pairs, each in a slot of its own, and can keep a replaced one aside: what profiles and dotenv files
 * have in common. Everything here is pure, and runs on the text as it is under the lock: the comparison with what is there
 * decides, so that nobody late writes over what is newer.
 */
import { KeyturnError } from '../errors.ts';
import type { KeyPair } from '../rotation/sink.ts';
import { completePair, requireFree, type Claim, type HeldKey } from './key-pair.ts';

/** What a text has in a slot: a profile by its name, variables by their prefix. */
export interface Slot extends HeldKey {
  readonly slot: string;
}

/** How one kind of file is read and changed. Every change gives a new text. */
export interface PairText {
  /** The slots in use, without what is kept aside. */
  readSlots(text: string): readonly Slot[];
  /**
   * Puts a pair into a slot. Of a pair without an SMTP password, one that is there stays, or goes where `isWhole`.
   *
   * @throws KeyturnError ERR_FILE where the tools that read such files would not find it
   */
  put(text: string, slot: string, pair: KeyPair, isWhole?: boolean): string;
  /** The pairs that are kept aside. */
  readKept(text: string): readonly KeyPair[];
  /** Keeps a pair aside, under the name of a slot. */
  keep(text: string, slot: string, pair: KeyPair): string;
  /** Takes out a pair that was kept. */
  forget(text: string, AccessKeyId: string): string;
}

export interface Move extends Claim {
  /** The slot that was named; whether it has to hold the pair in this text, or is in another one. */
  readonly slot: string;
  readonly isHere: boolean;
}

/**
 * The text with the pair in the slot that was named and in every other one that holds the key to be replaced, which is kept
 * aside.
 *
 * @throws KeyturnError ERR_REFUSED where the slot, or what is kept under its name, holds another key; ERR_FILE
 */
export function deliverInto(form: PairText, text: string, pair: KeyPair, move: Move): string {
  const slots = form.readSlots(text);
  const named = slots.find(({ slot }) => slot === move.slot) ?? { slot: move.slot };
  if (move.isHere) requireFree(named, pair.AccessKeyId, move);
  const holders = slots.filter((held) => held.AccessKeyId === move.replaces && completePair(held) !== undefined);
  const targets = move.isHere && !holdsPair(named, pair) ? [named, ...holders] : holders;
  const [replaced] = holders.includes(named) ? [named] : holders;
  const kept = replaced && completePair(replaced);
  let next = kept === undefined ? text : keepAside(form, text, kept, move);
  for (const slot of new Set(targets.map((held) => held.slot))) {
    const isPlain = slot !== move.slot && !slots.some((held) => held.slot === slot && held.SmtpPassword);
    next = form.put(next, slot, isPlain ? { ...pair, SmtpPassword: undefined } : pair);
  }
  return next;
}

function keepAside(form: PairText, text: string, pair: KeyPair, { slot, place }: Move): string {
  const next = form.keep(form.forget(text, pair.AccessKeyId), slot, pair);
  if (form.readKept(next).some((kept) => holdsPair(reveal(pair), kept))) return next;
  throw new KeyturnError('ERR_FILE', `the pair that is replaced cannot be kept in ${place}`, {
    hint: 'tidy up the file: quotes that are not closed, text behind brackets',
  });
}

/** The text with a pair that was kept back in every slot that holds the key that came in its place. */
export function restoreIn(form: PairText, text: string, AccessKeyId: string, replaces: string | undefined): string {
  const kept = form.readKept(text).find((pair) => pair.AccessKeyId === AccessKeyId);
  if (kept === undefined) return text;
  const slots = form.readSlots(text);
  const holders = slots.filter((held) => replaces !== undefined && held.AccessKeyId === replaces);
  // Another key came in between: what is kept may still be of use to somebody.
  if (holders.length === 0 && !slots.some((held) => held.AccessKeyId === AccessKeyId)) return text;
  const restored = holders.reduce((next, { slot, SmtpPassword }) => {
    const pair = SmtpPassword ? kept : { ...kept, SmtpPassword: undefined };
    return form.put(next, slot, pair, true);
  }, text);
  return form.forget(restored, AccessKeyId);
}

/** Whether a slot holds just this pair. */
export function holdsPair(held: HeldKey, pair: KeyPair): boolean {
  const isSame = held.AccessKeyId === pair.AccessKeyId && held.SecretAccessKey === pair.SecretAccessKey.reveal();
  return isSame && (pair.SmtpPassword === undefined || held.SmtpPassword === pair.SmtpPassword.reveal());
}

function reveal({ AccessKeyId, SecretAccessKey, SmtpPassword }: KeyPair): HeldKey {
  return { AccessKeyId, SecretAccessKey: SecretAccessKey.reveal(), SmtpPassword: SmtpPassword?.reveal() };
}
