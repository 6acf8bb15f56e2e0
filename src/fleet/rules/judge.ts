/** Holds one user against all rules. Pure: facts, settings and time are arguments. */
import type { AccountFacts, KeyFacts, ServiceCredentialFacts, UserFacts } from '../facts.ts';
import { covers, isInForce, type Exclusion } from './exclusion.ts';
import { describeStatus, describeUse } from './facts-of.ts';
import { suggestReplacement, type Replacement } from './replacement.ts';
import type { Evidence, Found, NotKnown, Severity, Subject } from './rule.ts';
import { rules } from './rules.ts';
import { applySettings, type AuditSettings } from './settings.ts';
import { unknownEvidence } from './unknown-evidence.ts';

/** What a rule says about a user or one of its credentials. */
export interface Finding {
  /** The id of the rule. */
  readonly rule: string;
  readonly severity: Severity;
  readonly Account: string;
  readonly AccountName?: string;
  readonly UserName: string;
  readonly Arn: string;
  readonly AccessKeyId?: string;
  readonly ServiceSpecificCredentialId?: string;
  /** Tells the keys of a user apart where their ids are not known. */
  readonly keyMark?: string;
  /** In a few words, without a full stop. */
  readonly message: string;
  readonly remedy: string;
  /** What should take the place of the credential; absent where none is in question. */
  readonly replacement?: Replacement;
  readonly since?: Date;
  readonly evidence: readonly Evidence[];
}

export interface Judgement {
  readonly findings: readonly Finding[];
  /** Findings that an exclusion takes out, with it. */
  readonly excluded: readonly { readonly finding: Finding; readonly exclusion: Exclusion }[];
}

/**
 * @example
 * const { findings } = judge(user, account, defaultSettings, new Date());
 */
export function judge(user: UserFacts, account: AccountFacts, settings: AuditSettings, now: Date): Judgement {
  const subject: Subject = { user, account, now };
  const findings: Finding[] = [];
  const unknowns = new Map<string, Gap>();
  for (const rule of rules) {
    const { off, severity, values } = applySettings(rule, settings);
    if (off) continue;
    for (const verdict of rule.judge(subject, values)) {
      if (verdict.kind === 'unknown') addGap(unknowns, verdict, rule.id);
      else findings.push(composeFinding(subject, { id: rule.id, severity, remedy: rule.remedy }, verdict));
    }
  }
  const gaps = applySettings(unknownEvidence, settings);
  if (!gaps.off) findings.push(...composeGaps(subject, [...unknowns.values()], gaps.severity));
  return setAside(findings, user, settings.exclusions, now);
}

function setAside(all: readonly Finding[], user: UserFacts, exclusions: readonly Exclusion[], now: Date): Judgement {
  const inForce = exclusions.filter((exclusion) => isInForce(exclusion, now));
  const findings: Finding[] = [];
  const excluded: { finding: Finding; exclusion: Exclusion }[] = [];
  for (const finding of all) {
    const exclusion = inForce.find((each) => covers(each, user, finding.rule));
    if (exclusion === undefined) findings.push(finding);
    else excluded.push({ finding, exclusion });
  }
  return { findings, excluded };
}

function composeFinding(
  { user, account }: Subject,
  rule: { readonly id: string; readonly severity: Severity; readonly remedy: string },
  found: Found,
): Finding {
  const { key, credential, since } = found;
  // Nothing replaces what is only to be looked at, or looked after.
  const needsReplacement = !withoutReplacement.has(rule.id) && credential === undefined;
  return {
    rule: rule.id,
    severity: found.severity ?? rule.severity,
    Account: user.Account,
    ...(account.Name !== undefined && { AccountName: account.Name }),
    UserName: user.UserName,
    Arn: user.Arn,
    ...identify(key, credential),
    message: found.message,
    remedy: found.remedy ?? rule.remedy,
    ...(needsReplacement && { replacement: suggestReplacement(user, key) }),
    ...(since !== undefined && { since }),
    evidence: found.evidence,
  };
}

const withoutReplacement = new Set(['inactive-key', 'ownerless-key', 'unknown-evidence']);

function identify(
  key: KeyFacts | undefined,
  credential: ServiceCredentialFacts | undefined,
): Pick<Finding, 'AccessKeyId' | 'ServiceSpecificCredentialId' | 'keyMark'> {
  if (credential !== undefined) return { ServiceSpecificCredentialId: credential.ServiceSpecificCredentialId };
  if (key === undefined) return {};
  if (key.AccessKeyId !== undefined) return { AccessKeyId: key.AccessKeyId };
  const time = key.CreateDate ?? key.LastRotated;
  return { keyMark: `${key.Status}/${time === undefined ? '' : time.toISOString()}` };
}

/** A fact that rules missed. */
interface Gap {
  readonly verdict: NotKnown;
  readonly rules: string[];
}

function addGap(gaps: Map<string, Gap>, verdict: NotKnown, rule: string): void {
  const id = JSON.stringify([identify(verdict.key, verdict.credential), verdict.fact]);
  const before = gaps.get(id);
  if (before === undefined) gaps.set(id, { verdict, rules: [rule] });
  else if (!before.rules.includes(rule)) before.rules.push(rule);
}

/** One finding for each key, and one for what is missing of the user. */
function composeGaps(subject: Subject, gaps: readonly Gap[], severity: Severity): Finding[] {
  const bySubject = Map.groupBy(gaps, ({ verdict }) => verdict.key);
  return [...bySubject].map(([key, group]) => {
    const facts = group.map(({ verdict: { fact, Reason } }) => `${fact} (${Reason})`);
    const missed = [...new Set(group.flatMap((gap) => gap.rules))];
    const evidence: Evidence[] = key === undefined ? [] : [describeStatus(key, subject.user), ...describeUse(key)];
    return composeFinding(
      subject,
      { id: unknownEvidence.id, severity, remedy: unknownEvidence.remedy },
      {
        kind: 'found',
        ...(key !== undefined && { key }),
        message: `not known: ${facts.join('; ')}; not judged: ${missed.join(', ')}`,
        evidence,
      },
    );
  });
}
