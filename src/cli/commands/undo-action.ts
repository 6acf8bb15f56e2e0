import { KeyturnError } from '../../errors.ts';
import { readActionRecord, requireUndoable, undoAction, type ActionRecord } from '../../fleet/act/index.ts';
import { getCallerIdentity } from '../../iam/index.ts';
import type { Entry, Journal } from '../../journal/journal.ts';
import { readContainment } from '../../rotation/contain/index.ts';
import { connectToAws, signWithMfa, type AwsDoor } from '../connect.ts';
import type { Context } from '../context.ts';
import { composeDesk } from '../fleet/action-desk.ts';
import { rememberDoors } from '../fleet/account-doors.ts';
import { openOwnJournal } from '../journal.ts';
import { formatAnswer } from '../output/answer.ts';
import { formatAge } from '../output/time.ts';
import { agree } from '../rotation/ask.ts';
import { describeScene } from './key-facts.ts';

export interface UndoInput {
  readonly id: string;
  /** The role in another account. */
  readonly roleName?: string;
}

/** `keyturn undo a-…`: of a containment or of a fleet action, whichever it is. */
export async function undoRecord(context: Context, input: UndoInput): Promise<undefined> {
  const journal = await openOwnJournal(context);
  try {
    const entries = await journal.read(input.id);
    if (readContainment(entries) !== undefined) {
      const { undoOneContainment } = await import('./undo-containment.ts');
      await undoOneContainment(context, input.id);
      return;
    }
    await undoFleetAction(context, journal, requireAction(entries, input.id, journal.place), input.roleName);
  } finally {
    await journal.close();
  }
}

function requireAction(entries: readonly Entry[], id: string, place: string): ActionRecord {
  const action = readActionRecord(entries);
  if (action !== undefined) return action;
  throw new KeyturnError('ERR_USAGE', `there is no containment or fleet action ${id} in ${place}`, {
    hint: 'keyturn rotations verify lists all records; --journal names another journal',
  });
}

async function undoFleetAction(
  context: Context,
  journal: Journal,
  action: ActionRecord,
  roleName: string | undefined,
): Promise<void> {
  const { interruption, printer, form } = context;
  const { AccessKeyId, UserName, Account, id } = action;
  requireUndoable(action);
  await requireNoLeak(journal, action);
  const own = await signWithMfa(context, await connectToAws(context));
  await describeWork(context, own, action);
  await agree(context, `make ${AccessKeyId} Active again`, 'add --yes');
  const door = await rememberDoors(own, roleName, interruption.signal)(Account);
  await interruption.hold(() => undoAction(composeDesk(context, door, journal), action));
  const document = { Undone: { Record: id, Account, UserName, AccessKeyId, IsActivated: true, Left: [] } };
  await printer.data(formatAnswer({ document, table: `${AccessKeyId} of ${UserName} is Active again\n` }, form));
}

/** A key that leaked must not come back by the way. */
async function requireNoLeak(journal: Journal, { Account, AccessKeyId }: ActionRecord): Promise<void> {
  for await (const { record } of journal.list({ subject: `${Account}/${AccessKeyId}` })) {
    const containment = readContainment(await journal.read(record));
    if (containment === undefined || containment.isUndone) continue;
    throw new KeyturnError('ERR_REFUSED', `${AccessKeyId} was contained as leaked since: ${record}`, {
      hint: `if it was no leak: keyturn undo ${record}`,
    });
  }
}

async function describeWork(
  { interruption, printer, now }: Context,
  { connection, endpoint }: AwsDoor,
  { id, at, Account, AccessKeyId, UserName, Action, Reason }: ActionRecord,
): Promise<void> {
  const caller = await getCallerIdentity(connection, { signal: interruption.signal });
  const where = Account === caller.Account ? '' : ` in ${Account}`;
  printer.talk(`make access key ${AccessKeyId} of ${UserName}${where} Active again`);
  printer.talk(`  record     ${id}: ${Action} ${formatAge(at, now())} ago, ${Reason}`);
  for (const line of describeScene(caller, endpoint)) printer.talk(line);
}
