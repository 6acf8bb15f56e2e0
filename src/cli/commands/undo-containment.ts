import { KeyturnError } from '../../errors.ts';
import { getCallerIdentity } from '../../iam/index.ts';
import { readContainment, undoContainment, type Containment } from '../../rotation/contain/index.ts';
import { connectToAws } from '../connect.ts';
import type { Context } from '../context.ts';
import { openOwnJournal } from '../journal.ts';
import { formatAnswer } from '../output/answer.ts';
import { nameHolder } from '../holder.ts';
import { describeScene } from './key-facts.ts';

/** `keyturn undo a-…` for a containment: a leaked key comes back only where somebody says so. */
export async function undoOneContainment(context: Context, record: string): Promise<undefined> {
  const { form, printer, interruption } = context;
  const journal = await openOwnJournal(context);
  const containment = readContainment(await journal.read(record));
  if (containment === undefined) {
    throw new KeyturnError('ERR_USAGE', `there is no containment ${record} in ${journal.place}`, {
      hint: '--journal names another journal',
    });
  }
  const { connection: aws, endpoint } = await connectToAws(context);
  const caller = await getCallerIdentity(aws, { signal: interruption.signal });
  await agree(context, containment, describeScene(caller, endpoint));
  const undo = { aws, journal, record, holder: nameHolder() };
  const { AccessKeyId, UserName, isActivated, left } = await interruption.hold(() => undoContainment(undo));
  const document = {
    Undone: { AccessKeyId, ...(UserName !== undefined && { UserName }), IsActivated: isActivated, Left: left },
  };
  const lines = [isActivated ? `${AccessKeyId} is Active again` : `${AccessKeyId} is as it was`, ...left];
  await printer.data(formatAnswer({ document, table: lines.map((line) => `${line}\n`).join('') }, form));
}

async function agree(
  { options, printer, terminal }: Context,
  { AccessKeyId, UserName, reason, callerArn, sessionsDeniedBefore, PreviousStatus }: Containment,
  scene: readonly string[],
): Promise<void> {
  const say = !options.yes && terminal.interactive ? printer.tell : printer.talk;
  say(`undo the containment of ${AccessKeyId} of ${UserName ?? 'root'}`);
  say(`  contained  by ${callerArn}${reason === undefined ? '' : `: ${reason}`}`);
  say(`  status     ${PreviousStatus === 'Inactive' ? 'was Inactive before, and stays so' : 'becomes Active'}`);
  if (sessionsDeniedBefore !== undefined) say('  sessions   older ones are no longer denied');
  for (const line of scene) say(line);
  if (options.yes) return;
  if (!terminal.interactive) {
    throw new KeyturnError('ERR_REFUSED', 'not undone: a key that has leaked would work again', { hint: 'add --yes' });
  }
  if (await terminal.confirm('let it be used again?')) return;
  throw new KeyturnError('ERR_REFUSED', 'not undone: the answer was no');
}
