import {
  beginRotation,
  openRotation,
  previewRotation,
  requirePatience,
  usualLag,
  type Opened,
  type Patience,
  type Sink,
} from '../../rotation/index.ts';
import type { Context } from '../context.ts';
import { makeRecordId } from '../journal.ts';
import { formatAnswer } from '../output/answer.ts';
import { formatRotation, toJsonRotation } from '../output/rotation.ts';
import { agree, describeProposal, toJsonProposal, type Proposal } from '../rotation/ask.ts';
import { openRotationDoor, type RotationDoor } from '../rotation/compose.ts';
import { readFacts, requireNoneOpen, requirePermissions, type Facts } from '../rotation/facts.ts';
import { tellEnd, toElement } from '../rotation/finish.ts';
import { fixPlace } from '../rotation/place.ts';
import { proceed } from '../rotation/proceed.ts';

/** Times in milliseconds. */
export interface PatienceInput {
  readonly soak: number;
  /** Absent: 4h on AWS; nothing where every use is told at once. */
  readonly evidenceLag?: number;
  readonly grace: number;
  readonly forceGate?: string;
  readonly wait?: boolean;
  readonly dryRun?: boolean;
}

export interface RotateInput extends PatienceInput {
  readonly user?: string;
  readonly to: readonly string[];
  readonly sesSmtp?: string;
}

/** `keyturn rotate`: facts, plan, question, and then as much as can be done now. */
export async function rotate(context: Context, input: RotateInput): Promise<number | undefined> {
  const door = await openRotationDoor(context);
  const sinks = openSinks(context, door, input);
  const facts = await readFacts(door, input.user, context.interruption.signal);
  const prepared = await prepare(context, door, facts, { ...input, sinks });
  if (input.dryRun) return showPlan(context, prepared.proposal);
  for (const line of describeProposal(prepared.proposal)) context.printer.talk(line);
  await agree(context, 'rotate it');
  const { ports, id } = await open(context, door, prepared);
  return showEnd(context, door, await proceed(context, ports, id, { wait: input.wait }));
}

/** Begins a rotation that somebody has agreed to already. */
export async function begin(context: Context, door: RotationDoor, facts: Facts, input: RotateInput) {
  const sinks = openSinks(context, door, input);
  return open(context, door, await prepare(context, door, facts, { ...input, sinks }));
}

function openSinks({ env }: Context, door: RotationDoor, { to, sesSmtp }: RotateInput): readonly Sink[] {
  return to.map((spec) => door.openSink(fixPlace(spec, env), sesSmtp));
}

interface Prepared {
  readonly opened: Opened;
  readonly proposal: Proposal;
}

/** Everything that can be found out before anything is changed. */
async function prepare(
  context: Context,
  door: RotationDoor,
  facts: Facts,
  { sinks, ...input }: RotateInput & { readonly sinks: readonly Sink[] },
): Promise<Prepared> {
  const { interruption } = context;
  await requireNoneOpen(door, facts);
  const options = readPatience(input, 'rotate', facts);
  const opened = openRotation(facts, { sinks, options, sesSmtp: input.sesSmtp, caller: facts.caller.Arn });
  for (const sink of sinks) await sink.check(opened.old.AccessKeyId, interruption.signal);
  await requirePermissions(context, door, facts);
  return { opened, proposal: propose(door, facts, previewRotation(opened, facts.readAt), sinks) };
}

async function open({ printer }: Context, door: RotationDoor, { opened }: Prepared) {
  const ports = door.compose(opened.sesSmtp);
  const { id } = await beginRotation(ports, makeRecordId('r'), opened);
  printer.talk(`rotation ${id}`);
  return { ports, id };
}

/** @throws {KeyturnError} `ERR_GATE` for less patience than evidence needs */
export function readPatience(
  input: PatienceInput,
  kind: 'rotate' | 'retire',
  { isExact }: Pick<Facts, 'isExact'>,
): Patience {
  const { soak, grace, forceGate, evidenceLag = isExact ? 0 : usualLag } = input;
  const patience = { soak, grace, evidenceLag, forceGate };
  requirePatience(patience, kind, isExact);
  return patience;
}

export function propose(
  { endpoint }: RotationDoor,
  { caller, readAt }: Facts,
  rotation: Proposal['rotation'],
  sinks: readonly Sink[],
): Proposal {
  const names = new Map(sinks.map(({ spec, name }) => [spec, name]));
  return { rotation, caller, endpoint, now: readAt, nameSink: (spec) => names.get(spec) ?? spec };
}

export async function showPlan({ printer, form }: Context, proposal: Proposal): Promise<undefined> {
  const table = `${describeProposal(proposal).join('\n')}\n`;
  await printer.data(formatAnswer({ document: { Plan: toJsonProposal(proposal) }, table }, form));
}

/** Prints where the rotation stands, and says with which code to end. */
export async function showEnd(
  context: Context,
  { iam }: RotationDoor,
  outcome: Awaited<ReturnType<typeof proceed>>,
): Promise<number> {
  const { printer, form } = context;
  const element = toElement(outcome.rotation, iam.now());
  const table = formatRotation(element);
  await printer.data(formatAnswer({ document: { Rotation: toJsonRotation(element) }, table }, form));
  return tellEnd(context, outcome);
}
