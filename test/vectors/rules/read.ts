/**
 * The cases of the rules, one file a rule. Times count back from `now`: `90d1s` is ninety days and a second ago, `-1h` is
 * in an hour. A key's use is `AGE SERVICE REGION`, `never`, or `unknown: REASON`; other facts may be `unknown: REASON` too.
 * What is expected is `SEVERITY KEY MESSAGE` with `-` for a finding about the user and `*` for any end; `unknown` says that
 * the rule could not be judged.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AccountFacts, KeyFacts, ServiceCredentialFacts, Unknown, UseFacts, UserFacts } from '../../../src/fleet/facts.ts';
import {
  findRule,
  type AuditSettings,
  type Exclusion,
  type RuleSettings,
} from '../../../src/fleet/rules/index.ts';

export const now = new Date('2026-11-30T12:00:00Z');

export const account: AccountFacts = {
  Account: '123456789012',
  partition: 'aws',
  scannedAt: now,
  reportGeneratedAt: now,
  gaps: [],
};

export interface RuleCase {
  readonly name: string;
  readonly user: CaseUser;
  readonly settings?: CaseSettings;
  readonly expect: readonly string[];
  readonly unknown?: boolean;
}

export interface CaseUser {
  readonly name?: string;
  readonly root?: boolean;
  readonly path?: string | null;
  readonly arnPath?: string;
  readonly created?: string | null;
  readonly password?: boolean | string;
  readonly keys: readonly CaseKey[] | string;
  readonly credentials?: readonly CaseCredential[] | string;
  readonly tags?: Readonly<Record<string, string>> | string;
  /** Names, or `NAME from GROUP`. */
  readonly policies?: readonly string[] | string;
}

interface CaseKey {
  readonly id?: string;
  readonly status: string;
  readonly created?: string;
  readonly rotated?: string;
  readonly used: string;
  /** `SERVICE REGION FIRST LAST`. */
  readonly uses?: readonly string[];
}

interface CaseCredential {
  readonly id: string;
  readonly service: string;
  readonly status: string;
  readonly created: string;
  readonly ends?: string;
}

interface CaseSettings {
  readonly rules?: Readonly<Record<string, RuleSettings>>;
  readonly exclusions?: readonly (Omit<Exclusion, 'until'> & { readonly until: string })[];
}

export interface RuleCases {
  readonly file: string;
  readonly rule: string;
  readonly cases: readonly RuleCase[];
}

export function readRuleCases(): RuleCases[] {
  return readdirSync(import.meta.dirname)
    .filter((name) => name.endsWith('.json'))
    .map((file) => ({
      file,
      ...(JSON.parse(readFileSync(join(import.meta.dirname, file), 'utf8')) as Omit<RuleCases, 'file'>),
    }));
}

const units = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

export function readSpan(text: string): number {
  const sum = [...text.matchAll(/(\d+)([smhd])/g)].reduce(
    (total, [, count, unit]) => total + Number(count) * units[unit as keyof typeof units],
    0,
  );
  return text.startsWith('-') ? -sum : sum;
}

export function ago(text: string): Date {
  return new Date(now.getTime() - readSpan(text));
}

function readUnknown(text: string): Unknown {
  return { Kind: 'unknown', Reason: text.replace(/^unknown: /, '') };
}

export function readUser(given: CaseUser): UserFacts {
  const { name = given.root ? '<root_account>' : 'alice', root = false, path = '/', arnPath, created = '1000d' } = given;
  const { password = false, keys, credentials = [], tags = { owner: 'alice' }, policies = [] } = given;
  return {
    Account: account.Account,
    UserName: name,
    Arn: root ? 'arn:aws:iam::123456789012:root' : `arn:aws:iam::123456789012:user${arnPath ?? path ?? '/'}${name}`,
    isRoot: root,
    ...(path !== null && { Path: path }),
    ...(created !== null && { CreateDate: ago(created) }),
    password: { isEnabled: typeof password === 'string' ? readUnknown(password) : password },
    isMfaActive: true,
    AccessKeys: typeof keys === 'string' ? readUnknown(keys) : keys.map(readKey),
    ServiceSpecificCredentials:
      typeof credentials === 'string' ? readUnknown(credentials) : credentials.map(readCredential),
    Tags: typeof tags === 'string' ? readUnknown(tags) : tags,
    Groups: [],
    AttachedPolicies: typeof policies === 'string' ? readUnknown(policies) : policies.map(readPolicy),
    InlinePolicies: [],
    at: now,
  };
}

function readKey({ id, status, created, rotated, used, uses }: CaseKey): KeyFacts {
  return {
    ...(id !== undefined && { AccessKeyId: id, listedAt: now }),
    Status: status,
    ...(created !== undefined && { CreateDate: ago(created) }),
    ...(rotated !== undefined && { LastRotated: ago(rotated) }),
    LastUsed: readUse(used),
    lastUsedFrom: { source: 'credential-report', at: now },
    ...(uses !== undefined && { uses: uses.map(readPlace) }),
  };
}

function readPlace(text: string): UseFacts {
  const [ServiceName = '', Region = '', first = '', last = ''] = text.split(' ');
  return { ServiceName, Region, first: ago(first), last: ago(last) };
}

function readUse(text: string): KeyFacts['LastUsed'] {
  if (text === 'never') return { Kind: 'never' };
  if (text.startsWith('unknown')) return readUnknown(text);
  const [age = '', ServiceName = '', Region = ''] = text.split(' ');
  return { Kind: 'used', LastUsedDate: ago(age), ServiceName, Region };
}

function readCredential({ id, service, status, created, ends }: CaseCredential): ServiceCredentialFacts {
  return {
    ServiceSpecificCredentialId: id,
    ServiceName: service,
    Status: status,
    CreateDate: ago(created),
    ...(ends !== undefined && { ExpirationDate: ago(ends) }),
  };
}

function readPolicy(text: string) {
  const [PolicyName = '', GroupName] = text.split(' from ');
  const PolicyArn = `arn:aws:iam::aws:policy/${PolicyName}`;
  return { PolicyName, PolicyArn, ...(GroupName !== undefined && { GroupName }) };
}

export function readSettings({ rules = {}, exclusions = [] }: CaseSettings = {}): AuditSettings {
  return {
    rules: Object.fromEntries(Object.entries(rules).map(([id, each]) => [id, readRule(id, each)])),
    exclusions: exclusions.map((exclusion) => ({ ...exclusion, until: ago(exclusion.until) })),
  };
}

function readRule(id: string, { values = {}, ...rest }: RuleSettings): RuleSettings {
  const parameters = findRule(id)?.parameters ?? {};
  const read = Object.entries(values).map(([name, value]) => [
    name,
    parameters[name]?.kind === 'duration' && typeof value === 'string' ? readSpan(value) : value,
  ]);
  return { ...rest, values: Object.fromEntries(read) as NonNullable<RuleSettings['values']> };
}
