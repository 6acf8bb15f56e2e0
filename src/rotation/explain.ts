/** A plan in plain sentences, with the evidence behind it. */
import { printLastUsed, type LastUsed } from '../iam/index.ts';
import type { Step } from './plan.ts';
import { newKeyOf, type Rotation } from './rotation.ts';

/** The steps that are left, a sentence each, in their order. */
export function explainSteps(steps: readonly Step[], nameSink: (spec: string) => string = (spec) => spec): string[] {
  return steps.map((step) => explainStep(step, nameSink));
}

export function explainStep(step: Step, nameSink: (spec: string) => string): string {
  switch (step.kind) {
    case 'create':
      return `make a new access key: ${step.why}`;
    case 'look':
      return `see whether a key was made: ${step.why}`;
    case 'prove':
      return `prove ${step.AccessKeyId}, until it has worked several times in a row: ${step.why}`;
    case 'deliver':
      return `deliver it to ${nameSink(step.sink)}, and read it back where that can be done`;
    case 'recover':
      return `find ${step.AccessKeyId} where it was delivered: ${step.why}`;
    case 'discard':
      return `delete ${step.AccessKeyId} again: ${step.why}`;
    case 'move tag':
      return `move the description of ${step.from} to ${step.to}`;
    case 'wait':
      return `wait until ${printTime(step.until)} at least: ${step.why}`;
    case 'gate':
      return `gate: ${step.why}; a use, or an unknown one, stops it here`;
    case 'deactivate':
      return `make ${step.AccessKeyId} Inactive: ${step.why}`;
    case 'delete':
      return `delete ${step.AccessKeyId}, ${step.why}`;
    case 'settle':
      return `take the replaced pair out of ${nameSink(step.sink)}`;
    case 'reactivate':
      return `make ${step.AccessKeyId} Active again: ${step.why}`;
    case 'restore':
      return `put ${step.AccessKeyId} back into ${nameSink(step.sink)}`;
    case 'close':
      return `end: ${step.outcome}`;
  }
}

/** Where a rotation is, in a few words. */
export function describePhase(rotation: Rotation): string {
  const { isOpen, outcome, undo, creation, deliveredAt, deactivatedAt, isDeleted, kind } = rotation;
  if (!isOpen) return outcome ?? 'closed';
  if (undo !== undefined) return 'being undone';
  if (isDeleted) return 'deleted';
  if (deactivatedAt !== undefined) return 'grace';
  if (kind === 'retire') return 'waiting for quiet';
  if (deliveredAt !== undefined) return 'soak';
  if (creation.kind === 'none') return 'begun';
  return newKeyOf(rotation) === undefined ? 'creating' : 'delivering';
}

export function printEvidence(use: LastUsed): string {
  return use.Kind === 'used'
    ? `last used ${printTime(use.LastUsedDate)} (${use.ServiceName}, ${use.Region})`
    : printLastUsed(use);
}

export function printTime(time: Date): string {
  return time.toISOString().replace(/\.\d+Z$/, 'Z');
}
