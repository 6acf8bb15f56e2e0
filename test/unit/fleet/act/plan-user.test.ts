/** The cases of test/vectors/fleet-policy: a key is `ID STATUS AGE USE`, with `?` for what is unknown. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { planUser, type PlanEntry, type PlanTerms } from '../../../../src/fleet/act/index.ts';
import type { KeyFacts, UserFacts } from '../../../../src/fleet/facts.ts';
import type { FleetPolicy } from '../../../../src/fleet/fleet-policy.ts';
import type { Exclusion } from '../../../../src/fleet/rules/index.ts';
import { ago, now, readSpan, readUser } from '../../../vectors/rules/read.ts';

interface Case {
  readonly name: string;
  readonly policies: string | null;
  readonly keys: readonly string[] | string;
  readonly user?: string;
  readonly root?: boolean;
  readonly path?: string;
  readonly userId?: null;
  readonly tags?: Readonly<Record<string, string>> | string;
  readonly attached?: readonly string[];
  readonly exclusions?: readonly { readonly until: string }[];
  readonly own?: readonly string[];
  readonly rotation?: string;
  readonly readAt?: string;
  readonly expect: readonly string[];
}

interface Cases {
  readonly policies: Readonly<Record<string, readonly object[]>>;
  readonly cases: readonly Case[];
}

const file = join(import.meta.dirname, '../../../vectors/fleet-policy/actions.json');
const { policies, cases } = JSON.parse(readFileSync(file, 'utf8')) as Cases;

/** Durations are texts in the cases. */
function readPolicy(given: object): FleetPolicy {
  const read = (value: unknown): unknown => {
    if (typeof value === 'string' && /^\d+d$/.test(value)) return readSpan(value);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, read(member)]));
  };
  return { reportOnly: false, ...(read(given) as Omit<FleetPolicy, 'reportOnly'>) };
}

function readKey(text: string, at: Date): KeyFacts {
  const [id = '', Status = '', age = '', ...use] = text.split(' ');
  const [kind = '', span = ''] = use;
  return {
    ...(id !== '?' && { AccessKeyId: id, listedAt: at }),
    Status,
    ...(age !== '?' && { CreateDate: ago(age) }),
    LastUsed:
      kind === 'used'
        ? { Kind: 'used', LastUsedDate: ago(span), ServiceName: 's3', Region: 'us-east-1' }
        : kind === 'never'
          ? { Kind: 'never' }
          : { Kind: 'unknown', Reason: 'no report' },
    lastUsedFrom: { source: 'credential-report', at },
  };
}

function readSubject({ keys, user: name, root, path, userId, tags = {}, attached, readAt = '0s' }: Case): UserFacts {
  const at = ago(readAt);
  const user = readUser({
    keys: typeof keys === 'string' ? keys : [],
    tags,
    ...(name !== undefined && { name }),
    ...(root !== undefined && { root }),
    ...(path !== undefined && { path }),
    ...(attached !== undefined && { policies: attached }),
  });
  return {
    ...user,
    ...(userId !== null && { UserId: 'AIDA1' }),
    ...(typeof keys !== 'string' && { AccessKeys: keys.map((key) => readKey(key, at)) }),
    at,
  };
}

function readTerms({ policies: name, exclusions = [], own = [], rotation }: Case): PlanTerms {
  const changes = new Map(
    own.map((text) => {
      const [id = '', kind = '', span = ''] = text.split(' ');
      return [id, { kind: kind as 'deactivated' | 'deleted', at: ago(span) }];
    }),
  );
  return {
    policies: name === null ? [] : (policies[name] ?? []).map(readPolicy),
    exclusions: exclusions.map((each): Exclusion => ({ reason: 'known', ...each, until: ago(each.until) })),
    now,
    history: {
      ownChange: (id) => changes.get(id),
      openRotation: (subject) => (subject === '123456789012/AIDA1' ? rotation : undefined),
    },
  };
}

function describeEntry({ Action, AccessKeyId = '-', Reason, Sinks }: PlanEntry): string {
  return `${Action} ${AccessKeyId} ${Reason}${Sinks === undefined ? '' : ` -> ${Sinks.join(', ')}`}`;
}

describe('planUser', () => {
  it.each(cases)('$name', (given) => {
    const entries = planUser(readSubject(given), readTerms(given));
    expect(entries.map(describeEntry)).toEqual(given.expect);
    for (const { Policy, Evidence } of entries) {
      expect(policies[given.policies ?? '']).toContainEqual(expect.objectContaining({ name: Policy }));
      expect(Evidence).toMatchObject({ Source: 'credential-report', ReadAt: ago(given.readAt ?? '0s') });
    }
  });
});
