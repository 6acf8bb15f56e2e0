import { homedir } from 'node:os';
import { findSinks, type FoundSink } from '../../sinks/find-sinks.ts';
import { expandHome } from '../../sinks/shared-config.ts';
import type { Context } from '../context.ts';
import { exitCodes } from '../exit-code.ts';
import { formatList, type ListAnswer } from '../output/answer.ts';

export interface SinksFindInput {
  readonly AccessKeyId: string;
  /** Folders to look through with all that lies below. */
  readonly in?: readonly string[];
}

/** `keyturn sinks find`: exit code 1 where something could not be read, and the key may be held there too. */
export async function findKey(
  context: Context,
  { AccessKeyId, in: trees = [] }: SinksFindInput,
): Promise<number | undefined> {
  const { env, form, printer } = context;
  const home = homedir();
  let unread = 0;
  let found = 0;
  const report = (failure: unknown): void => {
    unread += 1;
    printer.tell(`warning: ${failure instanceof Error ? failure.message : String(failure)}`);
  };
  async function* countSinks(): AsyncGenerator<FoundSink> {
    const places = { env, home, folder: '.', trees: trees.map((tree) => expandHome(tree, home)) };
    for await (const sink of findSinks(AccessKeyId, places, report)) {
      found += 1;
      yield sink;
    }
  }
  for await (const piece of formatList(countSinks(), answer, form)) await printer.data(piece);
  if (found === 0) printer.talk(`${AccessKeyId} is held in no place that was looked at`);
  return unread > 0 ? exitCodes.failed : undefined;
}

const answer: ListAnswer<FoundSink> = {
  member: 'Sinks',
  toJson: (sink) => ({ ...sink }),
  csvColumns: ['Kind', 'Name', 'File', 'Sink'],
  columns: [
    { title: 'held by', least: 16 },
    { title: 'in', least: 16 },
    { title: '--to', least: 24 },
  ],
  toRow: ({ Kind, Name, File, Sink }) => [
    { text: Kind === 'profile' ? `profile ${Name}` : Name },
    File === undefined ? { text: 'this environment', style: 'dim' } : { text: File },
    Sink === undefined ? { text: 'not moved', style: 'dim' } : { text: Sink },
  ],
};
