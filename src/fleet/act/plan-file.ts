/** A plan as a file: JSON for people to read and approve, with a digest that shows whether it is still what was planned. */
import { createHash } from 'node:crypto';
import { KeyturnError } from '../../errors.ts';
import { writeCanonical } from '../../journal/chain.ts';
import type { Json } from '../../journal/journal.ts';
import { reviveTimes } from '../../journal/revive-times.ts';
import type { FleetAction, PlanEntry } from './entry.ts';

/** What was looked at. */
export interface PlannedAccount {
  readonly Account: string;
  readonly AccessKeys: number;
  /** What could not be read, a sentence each. */
  readonly Gaps: readonly string[];
}

export interface FleetPlan {
  readonly madeAt: Date;
  readonly accounts: readonly PlannedAccount[];
  readonly entries: readonly PlanEntry[];
}

const version = 1;

/** The text of a plan file. */
export function formatPlan({ madeAt, accounts, entries }: FleetPlan): string {
  const content = toJson({ Version: version, MadeAt: madeAt, Accounts: accounts, Entries: entries });
  return `${JSON.stringify({ ...content, Digest: digest(content) }, null, 2)}\n`;
}

/** Times become ISO 8601; what is undefined goes. */
function toJson(value: object): { [name: string]: Json } {
  return JSON.parse(JSON.stringify(value)) as { [name: string]: Json };
}

function digest(content: Json): string {
  return `sha256:${createHash('sha256').update(writeCanonical(content)).digest('hex')}`;
}

/**
 * Reads a plan file.
 *
 * @param name for messages
 * @throws KeyturnError ERR_USAGE for a text that is no plan, ERR_STALE for one of another version or that was changed
 */
export function parsePlan(text: string, name: string): FleetPlan {
  const { Digest, ...content } = parseObject(text, name);
  if (typeof content.Version !== 'number') throw describeNoPlan(name);
  if (content.Version !== version) {
    throw new KeyturnError('ERR_STALE', `${name} was made by another version of Keyturn`, { hint: makeAnew });
  }
  if (Digest !== digest(content)) {
    throw new KeyturnError('ERR_STALE', `${name} is not as it was planned: it was changed`, {
      hint: `change keyturn.yaml, and ${makeAnew}`,
    });
  }
  return readContent(content, name);
}

function describeNoPlan(name: string): KeyturnError {
  return new KeyturnError('ERR_USAGE', `${name} is no plan`, { hint: makeAnew });
}

const makeAnew = 'make the plan anew: keyturn plan --out FILE';

function parseObject(text: string, name: string): { readonly [name: string]: Json } {
  try {
    const value = JSON.parse(text) as Json;
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as { [name: string]: Json };
  } catch {
    // Said below.
  }
  throw describeNoPlan(name);
}

/** A digest is no signature: whoever can make one could have written anything. */
function readContent(content: unknown, name: string): FleetPlan {
  const { MadeAt, Accounts, Entries } = reviveTimes(content, times) as Record<string, unknown>;
  const isWhole =
    isTime(MadeAt) &&
    isListOf(Accounts, ({ Account, AccessKeys }) => isText(Account) && Number.isSafeInteger(AccessKeys)) &&
    isListOf(Entries, isEntry);
  if (!isWhole) throw describeNoPlan(name);
  return { madeAt: MadeAt, accounts: Accounts as FleetPlan['accounts'], entries: Entries as FleetPlan['entries'] };
}

type Members = Readonly<Record<string, unknown>>;

const actions: readonly unknown[] = ['deactivate', 'delete', 'rotate', 'report'] satisfies FleetAction[];

function isEntry({ Account, UserName, UserId, AccessKeyId, Action, Reason, Sinks, Evidence }: Members): boolean {
  return (
    [Account, UserName, Reason].every(isText) &&
    [UserId, AccessKeyId].every((id) => id === undefined || isText(id)) &&
    actions.includes(Action) &&
    (Action === 'rotate' ? Array.isArray(Sinks) && Sinks.every(isText) : Sinks === undefined) &&
    isListOf([Evidence], ({ LastUsed, ReadAt }) => isTime(ReadAt) && isListOf([LastUsed], isLastUsed))
  );
}

function isLastUsed({ Kind, LastUsedDate }: Members): boolean {
  return Kind === 'used' ? isTime(LastUsedDate) : Kind === 'never' || Kind === 'unknown';
}

function isListOf(value: unknown, isRight: (member: Members) => boolean): boolean {
  return (
    Array.isArray(value) &&
    value.every((each: unknown) => typeof each === 'object' && each !== null && isRight(each as Members))
  );
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isTime(value: unknown): value is Date {
  return value instanceof Date && !Number.isNaN(value.getTime());
}

const times = ['MadeAt', 'CreateDate', 'LastUsedDate', 'DeactivatedAt', 'ReadAt'];

/**
 * How many keys a run may touch: at least one.
 *
 * @example
 * limitKeys({ percent: 10 }, 57); // 5
 */
export function limitKeys(limit: { readonly percent: number } | { readonly keys: number }, keys: number): number {
  return 'keys' in limit ? limit.keys : Math.max(1, Math.floor((keys * limit.percent) / 100));
}
