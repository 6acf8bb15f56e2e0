/** Moves a rotation on, as far as it was asked to: what can be done now, or, with `--wait`, to its end. */
import { KeyturnError } from '../../errors.ts';
import { printTime, runRotation, type Event, type RotationPorts, type RunOutcome } from '../../rotation/index.ts';
import type { Context } from '../context.ts';

export interface ProceedOptions {
  readonly wait?: boolean | undefined;
  /** What a person says before it goes on. */
  readonly say?: Event | undefined;
}

/** Milliseconds between two looks at AWS's time while waiting, at most and at least. */
const longestNap = 300_000;
const shortestNap = 1000;

export async function proceed(
  context: Context,
  ports: RotationPorts,
  id: string,
  { wait, say }: ProceedOptions,
): Promise<RunOutcome> {
  const { interruption, printer } = context;
  const { signal } = interruption;
  // Held, so that a step that has begun ends before the command is left, and so that it is said how to go on.
  return interruption.hold(async () => {
    try {
      let outcome = await runRotation(ports, id, { signal, say });
      while (wait === true && outcome.kind === 'waiting') {
        await nap(context, ports, outcome);
        outcome = await runRotation(ports, id, { signal });
      }
      return outcome;
    } catch (error) {
      throw error instanceof KeyturnError && error.code === 'ERR_INTERRUPTED' ? describeInterruption(id, error) : error;
    } finally {
      printer.progress('');
    }
  });
}

/** A part of the time that is missing, so that a clock that is moved, as an endpoint's may be, is noticed. */
async function nap(
  { printer, interruption }: Context,
  { clock, iam }: RotationPorts,
  { until, why }: Extract<RunOutcome, { kind: 'waiting' }>,
): Promise<void> {
  const missing = until.getTime() - iam.now().getTime();
  printer.progress(`waiting until ${printTime(until)}: ${why}`);
  const time = Math.min(Math.max(missing, 0) + 50, Math.max(shortestNap, Math.min(longestNap, missing / 20)));
  await clock.wait(time, interruption.signal).catch(() => {
    throw new KeyturnError('ERR_INTERRUPTED', 'interrupted');
  });
}

function describeInterruption(id: string, cause: KeyturnError): KeyturnError {
  return new KeyturnError('ERR_INTERRUPTED', 'interrupted', {
    hint: `nothing is lost: keyturn resume ${id} goes on, keyturn undo ${id} takes it back`,
    cause,
  });
}
