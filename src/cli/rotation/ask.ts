/** The plan in plain sentences with the evidence behind it, and the question. */
import { KeyturnError } from '../../errors.ts';
import type { CallerIdentity } from '../../iam/index.ts';
import { explainSteps, planRotation, printEvidence, type Rotation, type Step } from '../../rotation/index.ts';
import { describeScene } from '../commands/key-facts.ts';
import type { Context } from '../context.ts';
import type { JsonObject } from '../output/json.ts';
import { formatAge, formatTime } from '../output/time.ts';

export interface Proposal {
  /** As it will be when it is begun. */
  readonly rotation: Rotation;
  readonly caller: CallerIdentity;
  readonly endpoint: string;
  readonly now: Date;
  readonly nameSink: (spec: string) => string;
}

/** The whole plan of a rotation that is not begun. */
export function planProposal({ rotation, now }: Proposal): readonly Step[] {
  return planRotation(rotation, now, { pairOf: undefined });
}

export function describeProposal(proposal: Proposal): string[] {
  const { rotation, caller, endpoint, now, nameSink } = proposal;
  const { kind, old, subject, LastUsed, forced } = rotation;
  const verb = kind === 'rotate' ? 'replace' : 'retire';
  return [
    `${verb} access key ${old.AccessKeyId} of ${subject.UserName}`,
    `  status     ${old.Status}, ${formatAge(old.CreateDate, now)} old`,
    `  evidence   ${printEvidence(LastUsed)}`,
    ...describeScene(caller, endpoint),
    ...(forced === undefined ? [] : [`  forced     ${forced}`]),
    ...explainSteps(planProposal(proposal), nameSink).flatMap(numberLine),
  ];
}

const widestPlan = 80;

/** A sentence with its number, broken so that the plan fits any terminal. */
function numberLine(sentence: string, index: number): string[] {
  const lines: string[] = [];
  let line = `  ${index + 1}.`.padEnd(5);
  for (const word of sentence.split(' ')) {
    if (line.length + word.length + 1 > widestPlan && line.trim() !== '') {
      lines.push(line);
      line = '    ';
    }
    line += ` ${word}`;
  }
  return [...lines, line];
}

/** The answer of `--dry-run`. */
export function toJsonProposal(proposal: Proposal): JsonObject {
  const { rotation, nameSink } = proposal;
  const steps = planProposal(proposal);
  const sentences = explainSteps(steps, nameSink);
  return {
    Kind: rotation.kind,
    Account: rotation.subject.Account,
    UserName: rotation.subject.UserName,
    OldAccessKeyId: rotation.old.AccessKeyId,
    Steps: steps.map((step, index) => ({
      Step: step.kind,
      Text: sentences[index] ?? '',
      ...(step.kind === 'wait' && { Until: formatTime(step.until) }),
    })),
  };
}

/**
 * Asks whether the plan is to be carried out.
 *
 * @param hint what to add where nobody can be asked
 * @throws {KeyturnError} `ERR_REFUSED` without a yes
 */
export async function agree(
  { options, terminal }: Context,
  verb: string,
  hint = 'add --yes, or --dry-run to see the plan alone',
): Promise<void> {
  if (options.yes) return;
  if (!terminal.interactive) {
    throw new KeyturnError('ERR_REFUSED', `nothing was done: there is no terminal to ask on whether to ${verb}`, {
      hint,
    });
  }
  if (await terminal.confirm('carry this out?')) return;
  throw new KeyturnError('ERR_REFUSED', 'nothing was done: the answer was not yes');
}
