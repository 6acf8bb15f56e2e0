import { KeyturnError } from '../../errors.ts';
import { formatEntry } from '../../journal/format-entry.ts';
import { verifyRecord } from '../../journal/chain.ts';
import type { Entry, RecordHead } from '../../journal/journal.ts';
import { foldRotation } from '../../rotation/index.ts';
import type { Context } from '../context.ts';
import { exitCodes } from '../exit-code.ts';
import { openOwnJournal } from '../journal.ts';
import { formatAnswer, formatList, type ListAnswer } from '../output/answer.ts';
import type { JsonObject } from '../output/json.ts';
import {
  describeRotations,
  formatRotation,
  summarizeEntry,
  toJsonRotation,
  type RotationElement,
} from '../output/rotation.ts';
import { formatTime } from '../output/time.ts';
import { toElement } from '../rotation/finish.ts';
import { listRotations } from '../rotation/records.ts';

/** `keyturn rotations`: those that are open, and those that were. Nothing is asked of AWS. */
export async function showRotations(context: Context): Promise<undefined> {
  const { printer, form, now } = context;
  const journal = await openOwnJournal(context);
  let count = 0;
  async function* list(): AsyncGenerator<RotationElement> {
    for await (const rotation of listRotations(journal)) {
      count += 1;
      yield toElement(rotation, now());
    }
  }
  for await (const piece of formatList(list(), describeRotations(now()), form)) await printer.data(piece);
  if (count === 0 && form.output === 'table') printer.talk(`there are no rotations in ${journal.place}`);
}

/** `keyturn rotations show ID`: where it stands, and every entry; with `--output jsonl` the entries as they are kept. */
export async function showRecord(context: Context, id: string): Promise<undefined> {
  const { printer, form, now } = context;
  const journal = await openOwnJournal(context);
  const entries = await journal.read(id);
  if (entries.length === 0) throw describeAbsence(id, journal.place);
  if (form.output === 'jsonl' && form.query === undefined) {
    for (const entry of entries) await printer.data(`${formatEntry(entry)}\n`);
    return;
  }
  const rotation = foldRotation(entries);
  const element = rotation && toElement(rotation, now());
  const lines = entries.map((entry) =>
    `${formatTime(entry.at)}  ${entry.type}  ${summarizeEntry(entry.data)}`.trimEnd(),
  );
  const table = `${element === undefined ? `${id}\n` : formatRotation(element)}\n${lines.join('\n')}\n`;
  const document = { ...(element && { Rotation: toJsonRotation(element) }), Entries: entries.map(toJsonEntry) };
  await printer.data(formatAnswer({ document, table }, form));
}

function toJsonEntry(entry: Entry): JsonObject {
  return JSON.parse(formatEntry(entry)) as JsonObject;
}

interface Verified {
  readonly Id: string;
  readonly Entries: number;
  readonly IsWhole: boolean;
  /** The hash to keep elsewhere. */
  readonly Head?: string;
  readonly Why?: string;
}

/** `keyturn rotations verify [ID]`: whether the journal is as it was written. */
export async function verifyRecords(context: Context, id: string | undefined): Promise<number | undefined> {
  const { printer, form } = context;
  const journal = await openOwnJournal(context);
  let broken = 0;
  let count = 0;
  async function* verify(): AsyncGenerator<Verified> {
    for await (const head of journal.list()) {
      if (id !== undefined && head.record !== id) continue;
      const verified = describeCheck(head, await journal.read(head.record));
      count += 1;
      if (!verified.IsWhole) broken += 1;
      yield verified;
    }
  }
  for await (const piece of formatList(verify(), verifiedAnswer, form)) await printer.data(piece);
  if (id !== undefined && count === 0) throw describeAbsence(id, journal.place);
  if (count === 0 && form.output === 'table') printer.talk(`there is nothing in ${journal.place} to verify`);
  if (broken === 0) return undefined;
  printer.tell(`${broken} of ${count} records are not as they were written`);
  return exitCodes.failed;
}

function describeCheck(head: RecordHead, entries: readonly Entry[]): Verified {
  const check = verifyRecord(head, entries);
  const Id = head.record;
  return check.kind === 'whole'
    ? { Id, Entries: check.entries, IsWhole: true, Head: check.head }
    : { Id, Entries: entries.length, IsWhole: false, Why: check.why };
}

const verifiedAnswer: ListAnswer<Verified> = {
  member: 'Records',
  toJson: (verified) => ({ ...verified }),
  csvColumns: ['Id', 'Entries', 'IsWhole', 'Head', 'Why'],
  columns: [{ title: 'record' }, { title: 'entries' }, { title: 'head', least: 16 }],
  toRow: ({ Id, Entries, IsWhole, Head = '', Why = '' }) => [
    { text: Id },
    { text: String(Entries) },
    IsWhole ? { text: Head } : { text: `broken: ${Why}`, style: 'yellow' },
  ],
};

function describeAbsence(id: string, place: string): KeyturnError {
  return new KeyturnError('ERR_USAGE', `there is no record ${id} in ${place}`, {
    hint: 'keyturn rotations lists those that are; --journal names another journal',
  });
}
