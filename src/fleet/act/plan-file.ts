/** A plan as a file: JSON for people to read and approve, with a digest that shows whether it is still what was planned. */
import { createHash } from 'node:crypto';
import { KeyturnError } from '../../errors.ts';
import { writeCanonical } from '../../journal/chain.ts';
import type { Json } from '../../journal/journal.ts';
import type { PlanEntry } from './entry.ts';

export interface FleetPlan {
  readonly madeAt: Date;
  readonly accounts: readonly { readonly Account: string; readonly AccessKeys: number }[];
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
  if (content.Version !== version) {
    throw new KeyturnError('ERR_STALE', `${name} was made by another version of Keyturn`, { hint: makeAnew });
  }
  if (Digest !== digest(content)) {
    throw new KeyturnError('ERR_STALE', `${name} is not as it was planned: it was changed`, {
      hint: `change keyturn.yaml, and ${makeAnew}`,
    });
  }
  const { MadeAt, Accounts, Entries } = reviveTimes(content) as {
    MadeAt: Date;
    Accounts: FleetPlan['accounts'];
    Entries: FleetPlan['entries'];
  };
  return { madeAt: MadeAt, accounts: Accounts, entries: Entries };
}

const makeAnew = 'make the plan anew: keyturn plan --out FILE';

function parseObject(text: string, name: string): { readonly [name: string]: Json } {
  try {
    const value = JSON.parse(text) as Json;
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as { [name: string]: Json };
  } catch {
    // Said below.
  }
  throw new KeyturnError('ERR_USAGE', `${name} is no plan`, { hint: makeAnew });
}

const times = ['MadeAt', 'CreateDate', 'LastUsedDate', 'DeactivatedAt', 'at'];

function reviveTimes(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(reviveTimes);
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      times.includes(name) && typeof member === 'string' ? new Date(member) : reviveTimes(member),
    ]),
  );
}

/**
 * How many keys a run may touch: at least one.
 *
 * @example
 * limitKeys({ percent: 10 }, 57); // 5
 */
export function limitKeys(limit: { readonly percent: number } | { readonly keys: number }, keys: number): number {
  return 'keys' in limit ? limit.keys : Math.max(1, Math.floor((keys * limit.percent) / 100));
}
