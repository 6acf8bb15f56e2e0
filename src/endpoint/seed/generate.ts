/**
 * A fleet as companies have it: people and machines, old keys and new ones, some used daily and some forgotten, a root
 * key here and there. The same seed makes the same fleet.
 */

import type { Fleet, FleetAccount, FleetKey, FleetUser } from '../directory/fleet.ts';
import { composeAccessRole } from './access-role.ts';
import { generateOrganization, placeAccount } from './generate-organization.ts';
import type { SeededRandom } from '../seeded-random.ts';
import { environments, firstNames, lastNames, regions, systems, teams, usedServices } from './words.ts';

export interface FleetSize {
  /** Users of each account. */
  readonly users: number;
  /** Access keys a user has on average, from 0 to 2. */
  readonly keys: number;
  /** Accounts, the management account among them. */
  readonly accounts: number;
}

export interface FleetTerms extends FleetSize {
  readonly random: SeededRandom;
  readonly managementAccountId: string;
  readonly now: Date;
}

const day = 86_400_000;
const minute = 60_000;
const oldestAccount = 3_000;
const quarantine = 'arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3';
const managed = (name: string) => `arn:aws:iam::aws:policy/${name}`;

/** Nothing is drawn before the fleet is read, and what is read is not kept. */
export function generateFleet(terms: FleetTerms): Fleet {
  const organization = generateOrganization(terms);
  return { organization, accounts: generateAccounts(terms, organization) };
}

function* generateAccounts(
  terms: FleetTerms,
  organization: ReturnType<typeof generateOrganization>,
): Generator<FleetAccount> {
  const { random, now, managementAccountId } = terms;
  const taken = new Set([managementAccountId]);
  for (let index = 0; index < terms.accounts; index += 1) {
    const isManagement = index === 0;
    const accountId = isManagement ? managementAccountId : drawAccountId(random, taken);
    const age = Math.ceil((isManagement ? 1 : 0.1 + 0.9 * random.draw()) * oldestAccount);
    const CreateDate = before(now, age * day);
    const member = placeAccount(organization, index, random);
    yield {
      accountId,
      CreateDate,
      alias: `keyturn-${member.Name}-${accountId.slice(-4)}`,
      member,
      rootKeys: random.chance(0.1) ? [generateKey(random, now, age)] : [],
      roles: isManagement ? [] : [composeAccessRole(managementAccountId, CreateDate)],
      users: generateUsers(terms, age),
    };
  }
}

function drawAccountId(random: SeededRandom, taken: Set<string>): string {
  let accountId: string;
  do {
    accountId = String(100_000_000_000 + random.below(900_000) * 1_000_000 + random.below(1_000_000));
  } while (taken.has(accountId));
  taken.add(accountId);
  return accountId;
}

function* generateUsers({ users, keys, random, now }: FleetTerms, accountAge: number): Generator<FleetUser> {
  const [none, two] = spreadKeys(keys);
  for (let index = 0; index < users; index += 1) {
    const age = Math.ceil(accountAge * random.draw() ** 1.5);
    const isPerson = random.chance(0.55);
    const draw = random.draw();
    const count = draw < none ? 0 : draw < none + two ? 2 : 1;
    const accessKeys: FleetKey[] = [];
    for (let made = 0; made < count; made += 1) accessKeys.push(generateKey(random, now, age, made === 1));
    const common = { CreateDate: before(now, age * day), accessKeys, inlinePolicies: [] };
    yield isPerson ? composePerson(common, index, random, now) : composeMachine(common, index, random);
  }
}

type CommonPart = Pick<FleetUser, 'CreateDate' | 'accessKeys' | 'inlinePolicies'>;

function composePerson(common: CommonPart, index: number, random: SeededRandom, now: Date): FleetUser {
  const { CreateDate } = common;
  const first = random.pick(firstNames);
  const last = random.pick(lastNames);
  const changed = new Date(CreateDate.getTime() + random.draw() * (now.getTime() - CreateDate.getTime()));
  return {
    ...common,
    UserName: `${first}.${last}.${index + 1}`,
    Path: '/people/',
    tags: [
      { Key: 'team', Value: random.pick(teams) },
      { Key: 'email', Value: `${first}.${last}.${index + 1}@example.com` },
    ],
    attachedPolicies: [
      ...(random.chance(0.03) ? [managed('AdministratorAccess')] : [managed('IAMUserChangePassword')]),
      ...(random.chance(0.3) ? [managed('ReadOnlyAccess')] : []),
      ...(random.chance(0.002) ? [quarantine] : []),
    ],
    password: random.chance(0.75) ? { CreateDate, changedAt: changed } : undefined,
  };
}

function composeMachine(common: CommonPart, index: number, random: SeededRandom): FleetUser {
  const system = random.pick(systems);
  const environment = random.pick(environments);
  return {
    ...common,
    UserName: `svc-${system}-${environment}-${index + 1}`,
    Path: '/machines/',
    tags: [
      { Key: 'team', Value: random.pick(teams) },
      { Key: 'environment', Value: environment },
      ...(random.chance(0.2) ? [{ Key: 'key-rotation', Value: 'managed' }] : []),
    ],
    attachedPolicies: [
      ...(random.chance(0.05) ? [managed('SecurityAudit')] : []),
      ...(random.chance(0.004) ? [quarantine] : []),
    ],
  };
}

/** Of an average from 0 to 2: how many have none, and how many two. */
function spreadKeys(keys: number): [none: number, two: number] {
  const fewest = Math.max(0, 1 - keys);
  const none = fewest + 0.25 * (1 - keys / 2 - fewest);
  return [none, keys - 1 + none];
}

/** @param age days; the key is at most as old. @param second the younger one of two */
function generateKey(random: SeededRandom, now: Date, age: number, second = false): FleetKey {
  const keyAge = Math.max(minute, age * day * random.draw() ** (second ? 3 : 0.7));
  const CreateDate = before(now, keyAge);
  const Status = random.chance(second ? 0.05 : 0.18) ? 'Inactive' : 'Active';
  return { Status, CreateDate, lastUse: random.chance(0.12) ? undefined : generateUse(random, now, keyAge, Status) };
}

/** Active keys were mostly used lately, Inactive ones long ago. */
function generateUse(random: SeededRandom, now: Date, keyAge: number, Status: FleetKey['Status']): FleetKey['lastUse'] {
  const isRecent = Status === 'Active' && random.chance(0.7);
  const sinceUse = keyAge * random.draw() ** (isRecent ? 6 : 0.8);
  return {
    LastUsedDate: before(now, Math.floor(sinceUse / minute) * minute),
    Region: random.pick(regions),
    ServiceName: random.pick(usedServices),
  };
}

/** Whole seconds: AWS shows no others. */
function before(now: Date, milliseconds: number): Date {
  return new Date(Math.floor((now.getTime() - milliseconds) / 1_000) * 1_000);
}
