/** Where a rotation's parts meet: AWS, the journal, the places, the clock, whoever watches. */
import { hostname, userInfo } from 'node:os';
import { systemClock } from '../../iam/clock.ts';
import type { Journal } from '../../journal/journal.ts';
import { AwsRotationIam, type Progress, type RotationPorts, type Sink } from '../../rotation/index.ts';
import type { SinkAws } from '../../sinks/aws.ts';
import { openSink } from '../../sinks/open-sink.ts';
import { connectToAws, signWithMfa, type AwsDoor } from '../connect.ts';
import type { Context } from '../context.ts';
import { isHolderGone, nameHolder } from '../holder.ts';
import { openOwnJournal } from '../journal.ts';
import { formatEvidence } from '../output/access-keys.ts';
import { composeSinkWorld } from '../sink-world.ts';
import { addSmtpPassword, rememberSinks } from './place.ts';

export interface RotationDoor extends AwsDoor {
  readonly iam: AwsRotationIam;
  readonly journal: Journal;
  /** @param sesSmtp the Region whose SMTP password goes beside the pair */
  openSink(spec: string, sesSmtp: string | undefined): Sink;
  /** @param sesSmtp as for {@link RotationDoor.openSink} */
  compose(sesSmtp: string | undefined): RotationPorts;
}

export async function openRotationDoor(context: Context): Promise<RotationDoor> {
  const journal = await openOwnJournal(context);
  return composeRotationDoor(context, await signWithMfa(context, await connectToAws(context)), journal);
}

export async function composeRotationDoor(context: Context, door: AwsDoor, journal: Journal): Promise<RotationDoor> {
  const iam = new AwsRotationIam(door.connection, door.connectAs);
  const world = await composeSinkWorld(context, () => Promise.resolve(signAsNow(door.sinkAws, iam)));
  const open = rememberSinks((spec, sesSmtp) =>
    sesSmtp === undefined
      ? openSink(spec, world)
      : addSmtpPassword(openSink(spec, { ...world, withSmtpPassword: true }), sesSmtp),
  );
  return {
    ...door,
    iam,
    journal,
    openSink: open,
    compose: (sesSmtp) => ({
      iam,
      journal,
      clock: systemClock,
      findSink: (spec) => open(spec, sesSmtp),
      holder: nameHolder(),
      isGone: isHolderGone,
      host: hostname(),
      tell: (progress) => {
        showProgress(context, progress);
      },
    }),
  };
}

/** The places in AWS are reached with the credentials that sign for IAM at the time: in the end with those of the new key. */
function signAsNow(aws: SinkAws, iam: AwsRotationIam): SinkAws {
  const credentials = () => iam.connection.iam.config.credentials();
  return { ...aws, configure: async (service) => ({ ...(await aws.configure(service)), credentials }) };
}

/** Who says something to a rotation, for its journal. */
export function nameOperator(): string {
  return `${userInfo().username}@${hostname()}`;
}

function showProgress({ printer }: Context, progress: Progress): void {
  switch (progress.kind) {
    case 'did':
      printer.talk(progress.text);
      return;
    case 'waits':
      printer.progress(progress.text);
      return;
    case 'note':
      printer.tell(progress.text);
      return;
    case 'reading':
      printer.talk(`${progress.text} (last use: ${formatEvidence(progress.LastUsed)})`);
      return;
    case 'callers':
      for (const line of progress.callers.lines) printer.talk(`  caller: ${line}`);
      for (const line of progress.callers.blindSpots) printer.talk(`  not seen: ${line}`);
      return;
  }
}
