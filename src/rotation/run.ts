/**
 * A rotation moved on: plan, perform the first step, write down what came of it, again. Any process that shares the
 * journal may do it, at any time, any number of times; the lease lets one at a time.
 */
import { AwsError, KeyturnError } from '../errors.ts';
import { pause } from '../iam/clock.ts';
import { requireNotInterrupted } from '../iam/interruption.ts';
import type { Event, Subject } from './event.ts';
import { HeldLease } from './lease.ts';
import { planRotation, type Step } from './plan.ts';
import type { RotationPorts } from './ports.ts';
import { newKeyOf, type Rotation } from './rotation.ts';
import { requireRotation, Run } from './run-state.ts';
import { deliver, recover } from './steps/delivery.ts';
import { create, discard, look, propagation, prove, requireNowhere } from './steps/new-key.ts';
import { deactivate, deleteOldKey, readGate, requireQuietSigner, settle } from './steps/take-away.ts';
import { reactivate, restore } from './steps/taking-back.ts';
import { repeatRequest } from './undo.ts';

export type RunOutcome =
  | { readonly kind: 'closed'; readonly rotation: Rotation }
  /** Nothing can be done before that time. */
  | { readonly kind: 'waiting'; readonly rotation: Rotation; readonly until: Date; readonly why: string };

export interface RunOptions {
  readonly signal?: AbortSignal | undefined;
  /** What a person says before it goes on. */
  readonly say?: Event | undefined;
}

/** What a rotation, and everything else that is done to a user's keys, takes the lease of. */
export function leaseOf({ subject }: Pick<Rotation, 'subject'>): string {
  return `${subject.Account}/${subject.UserId}`;
}

/**
 * Does what can be done now.
 *
 * @throws KeyturnError what stops it: ERR_GATE, ERR_UNKNOWN_KEY, ERR_LEASE, ERR_SINK, …; it is in the journal too, where the
 * journal can be written, and a later run goes on
 * @example
 * const outcome = await runRotation(ports, 'r-7q2mzkx4tw');
 * if (outcome.kind === 'waiting') console.log(`next step at ${outcome.until.toISOString()}`);
 */
export async function runRotation(ports: RotationPorts, id: string, options: RunOptions = {}): Promise<RunOutcome> {
  const rotation = requireRotation(id, await ports.journal.read(id));
  if (!rotation.isOpen) return { kind: 'closed', rotation };
  const lease = await takeLease(ports, leaseOf(rotation), options.signal);
  try {
    return await runUnderLease(ports, id, lease, options);
  } finally {
    await lease.release();
  }
}

/** Times that a lease is asked for, and the milliseconds between: whoever only begins a rotation has it for a moment. */
const leaseTries = 3;
const leasePause = 2000;

async function takeLease(ports: RotationPorts, subject: string, signal: AbortSignal | undefined): Promise<HeldLease> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await HeldLease.take(ports, subject);
    } catch (error) {
      if (attempt === leaseTries || !(error instanceof KeyturnError) || error.code !== 'ERR_LEASE') throw error;
    }
    await pause(ports.clock, leasePause, signal);
  }
}

async function runUnderLease(
  ports: RotationPorts,
  id: string,
  lease: HeldLease,
  { signal, say }: RunOptions,
): Promise<RunOutcome> {
  // Read again: somebody may have gone on before the lease was ours.
  const entries = await ports.journal.read(id);
  const { subject, isOpen } = requireRotation(id, entries);
  const run = new Run(ports, { id, entries, lease, UserName: subject.UserName, signal });
  if (!isOpen) return { kind: 'closed', rotation: run.rotation };
  if (say !== undefined) await take(run, say);
  await requireQuietSigner(run);
  const user = (await findUser(run)) ?? (await lookAgain(run));
  // What is left once the old key is deleted concerns the places alone.
  if (user === undefined && !run.rotation.isDeleted) return closeWithoutUser(run);
  if (user !== undefined) await follow(run, user);
  return goOn(run);
}

/** A new name is written down while it can be found out: by a key of the user, which may be gone the next time. */
async function follow(run: Run, { UserName, Arn }: Subject): Promise<void> {
  const { subject } = run.rotation;
  run.UserName = UserName;
  if (UserName === subject.UserName && Arn === subject.Arn) return;
  await run.write({ type: 'renamed', data: { UserName, Arn } });
}

/** Writes down what a person says, unless it is known not to be so. */
async function take(run: Run, said: Event): Promise<void> {
  const event = repeatRequest(run.rotation, said);
  if (event.type === 'discard intended') await requireNowhere(run, event.data.AccessKeyId);
  await run.write(event);
}

/** The user as it is now, by its id, or by a key of it where it has another name. */
async function findUser({ rotation, ports, signal }: Run): Promise<Subject | undefined> {
  const { subject, old } = rotation;
  for (const AccessKeyId of [old.AccessKeyId, newKeyOf(rotation)]) {
    const user = AccessKeyId && (await ports.iam.findUser(subject, AccessKeyId, signal));
    if (user) return user;
  }
  return undefined;
}

/** A name that was changed a moment ago is not known everywhere. */
async function lookAgain(run: Run): Promise<Subject | undefined> {
  await run.wait(propagation);
  return findUser(run);
}

/** Only who takes the rotation back says that nothing of it is left to care for. */
async function closeWithoutUser(run: Run): Promise<RunOutcome> {
  const { subject, undo } = run.rotation;
  if (undo === undefined) {
    throw new KeyturnError('ERR_NO_SUCH_ENTITY', `there is no user ${run.UserName} (${subject.UserId}) any more`, {
      hint: `if it was deleted, keyturn undo ${run.id} ends the rotation`,
    });
  }
  await run.write({ type: 'closed', data: { outcome: 'user gone' } });
  return { kind: 'closed', rotation: run.rotation };
}

async function goOn(run: Run): Promise<RunOutcome> {
  for (;;) {
    requireNotInterrupted(run.signal);
    const now = run.ports.iam.now();
    const [step] = planRotation(run.rotation, now, { pairOf: run.pair?.AccessKeyId });
    if (step === undefined) return { kind: 'closed', rotation: run.rotation };
    if (step.kind === 'wait') return { kind: 'waiting', rotation: run.rotation, until: step.until, why: step.why };
    await performWritten(run, step);
  }
}

/** Performs a step; a failure is written down before it goes on to the caller. */
async function performWritten(run: Run, step: Step): Promise<void> {
  try {
    await performStep(run, step);
  } catch (error) {
    if (error instanceof KeyturnError && !unwritten.includes(error.code)) {
      const { code, message } = error;
      await run.write({ type: 'failed', data: { step: step.kind, code, message } }).catch(() => undefined);
    }
    throw error;
  }
}

/** Failures of the journal itself, and those that are nobody's fault. */
const unwritten = ['ERR_JOURNAL', 'ERR_LEASE', 'ERR_INTERRUPTED'];

async function performStep(run: Run, step: Step): Promise<void> {
  switch (step.kind) {
    case 'create':
      return create(run);
    case 'look':
      return look(run, step.notBefore);
    case 'prove':
      return prove(run);
    case 'deliver':
      return deliver(run, step.sink);
    case 'recover':
      return recover(run, step.AccessKeyId);
    case 'discard':
      return discard(run, step.AccessKeyId, step.why);
    case 'move tag':
      return moveTag(run, step);
    case 'gate':
      return readGate(run, step.gate);
    case 'deactivate':
      return deactivate(run, step.AccessKeyId);
    case 'delete':
      return deleteOldKey(run, step.AccessKeyId);
    case 'settle':
      return settle(run, step.sink);
    case 'reactivate':
      return reactivate(run, step.AccessKeyId);
    case 'restore':
      return restore(run, step.sink);
    case 'close':
      return run.write({ type: 'closed', data: { outcome: step.outcome } });
    case 'wait':
      return;
  }
}

/** A description that cannot be moved is told of, and holds nothing up. */
async function moveTag(run: Run, { from, to }: { readonly from: string; readonly to: string }): Promise<void> {
  try {
    run.note(await run.perform((effect) => run.ports.iam.moveTag(run.UserName, { from, to }, effect)));
  } catch (error) {
    if (!(error instanceof AwsError) || ['ERR_NETWORK', 'ERR_SERVICE', 'ERR_THROTTLED'].includes(error.code))
      throw error;
    run.note(`the tag that describes ${from} stays: ${error.message}`);
  }
  await run.write({ type: 'tag moved', data: { from, to } });
}
