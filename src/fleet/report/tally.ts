/**
 * What an audit adds up while users go by: numbers for a summary and its pictures. It grows with the accounts, the rules and
 * the months, not with the users.
 */
import type { AccountFacts, KeyFacts, UserFacts } from '../facts.ts';
import { day, isUnknown, severities, type Exclusion, type Judgement, type Severity } from '../rules/index.ts';

export type SeverityCounts = Readonly<Record<Severity, number>>;

export interface AccountTally {
  readonly account: AccountFacts;
  readonly users: number;
  readonly accessKeys: number;
  readonly findings: SeverityCounts;
}

/** A bar of the age histogram. */
export interface AgeBand {
  readonly label: string;
  readonly active: number;
  readonly inactive: number;
}

export interface Tally {
  readonly users: number;
  readonly accessKeys: number;
  readonly activeAccessKeys: number;
  readonly findings: SeverityCounts;
  /** By the id of the rule. */
  readonly byRule: ReadonlyMap<string, SeverityCounts>;
  readonly accounts: readonly AccountTally[];
  readonly ages: readonly AgeBand[];
  readonly ageUnknown: number;
  /** Active keys by the month of their last use, `2026-11`; and those without one. */
  readonly lastUses: ReadonlyMap<string, number>;
  readonly neverUsed: number;
  readonly useUnknown: number;
  readonly excluded: number;
  /** How many findings each exclusion took out. */
  readonly byExclusion: ReadonlyMap<Exclusion, number>;
  /** The oldest fact that was judged. */
  readonly oldestFact: Date | undefined;
}

export interface Tallier {
  openAccount(account: AccountFacts): void;
  /** A user of the account that was opened last. */
  addUser(user: UserFacts, judgement: Judgement): void;
  /** Findings about the account itself. */
  addFindings(judgement: Judgement): void;
  result(): Tally;
}

const bands: readonly (readonly [label: string, days: number])[] = [
  ['0–30 d', 30],
  ['30–60 d', 60],
  ['60–90 d', 90],
  ['90–180 d', 180],
  ['180–365 d', 365],
  ['1–2 y', 730],
  ['2–5 y', 1826],
  ['over 5 y', Infinity],
];

const noFindings = (): Record<Severity, number> => ({ low: 0, medium: 0, high: 0, critical: 0 });

type Open<T> = { -readonly [name in keyof T]: T[name] extends SeverityCounts ? Record<Severity, number> : T[name] };

export function createTallier(now: Date): Tallier {
  const total = {
    users: 0,
    accessKeys: 0,
    activeAccessKeys: 0,
    ageUnknown: 0,
    neverUsed: 0,
    useUnknown: 0,
    excluded: 0,
  };
  const findings = noFindings();
  const byRule = new Map<string, Record<Severity, number>>();
  const accounts: Open<AccountTally>[] = [];
  const ages = bands.map(([label]) => ({ label, active: 0, inactive: 0 }));
  const lastUses = new Map<string, number>();
  const byExclusion = new Map<Exclusion, number>();
  let oldestFact: Date | undefined;

  function addKey(key: KeyFacts): void {
    const isActive = key.Status === 'Active';
    total.accessKeys += 1;
    if (isActive) total.activeAccessKeys += 1;
    const birth = key.CreateDate ?? key.LastRotated;
    const band = birth === undefined ? undefined : ages[findBand(now.getTime() - birth.getTime())];
    if (band === undefined) total.ageUnknown += 1;
    else band[isActive ? 'active' : 'inactive'] += 1;
    if (isActive) addUse(key);
  }

  function addUse({ LastUsed }: KeyFacts): void {
    if (LastUsed.Kind === 'never') total.neverUsed += 1;
    else if (LastUsed.Kind === 'unknown') total.useUnknown += 1;
    else increase(lastUses, LastUsed.LastUsedDate.toISOString().slice(0, 7));
  }

  function addFindings(judgement: Judgement): void {
    const current = accounts.at(-1);
    for (const { severity, rule } of judgement.findings) {
      findings[severity] += 1;
      if (current !== undefined) current.findings[severity] += 1;
      const counts = byRule.get(rule) ?? noFindings();
      counts[severity] += 1;
      byRule.set(rule, counts);
    }
    total.excluded += judgement.excluded.length;
    for (const { exclusion } of judgement.excluded) increase(byExclusion, exclusion);
  }

  return {
    openAccount(account) {
      accounts.push({ account, users: 0, accessKeys: 0, findings: noFindings() });
    },
    addUser(user, judgement) {
      const current = accounts.at(-1);
      const keys = isUnknown(user.AccessKeys) ? [] : user.AccessKeys;
      if (!user.isRoot) total.users += 1;
      if (current !== undefined) {
        if (!user.isRoot) current.users += 1;
        current.accessKeys += keys.length;
      }
      if (oldestFact === undefined || user.at < oldestFact) oldestFact = user.at;
      for (const key of keys) addKey(key);
      addFindings(judgement);
    },
    addFindings,
    result: () => ({ ...total, findings, byRule, accounts, ages, lastUses, byExclusion, oldestFact }),
  };
}

function findBand(age: number): number {
  return bands.findIndex(([, days]) => age <= days * day);
}

function increase<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

export function sumCounts(counts: SeverityCounts): number {
  return severities.reduce((sum, severity) => sum + counts[severity], 0);
}
