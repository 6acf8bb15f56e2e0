/** A scan of a throttled account beside what its calls must take, and of an organization, killed in the middle. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seedFolder } from '../src/endpoint/index.ts';
import { connect, deactivateAccessKey, listAccessKeys } from '../src/iam/index.ts';
import type { Section } from './report.ts';
import type { Counts } from './scan/endpoint-process.ts';
import { runScan, startServer, type ScannedServer } from './scan/processes.ts';
import type { Outcome } from './scan/scan-process.ts';
import { describeFleetScan } from './scan/section.ts';
import { administrator } from './servers.ts';

export interface FleetTerms {
  /** Of the throttled account, a key each. */
  readonly users: number;
  /** Of them, whose keys change between the first scan and the second. */
  readonly changed: number;
  /** Requests a second, and at once. */
  readonly throttle: { readonly rate: number; readonly burst: number };
  /** Milliseconds. */
  readonly latency: number;
  readonly organization: { readonly accounts: number; readonly users: number };
}

const fullTerms: FleetTerms = {
  users: 5000,
  changed: 50,
  throttle: { rate: 20, burst: 100 },
  latency: 50,
  organization: { accounts: 100, users: 5000 },
};

/** One scan: what it found, and what the endpoint counted. */
export interface Scanned {
  readonly outcome: Outcome;
  readonly sent: number;
  readonly throttled: number;
}

export interface FleetFindings {
  readonly terms: FleetTerms;
  readonly first: Scanned;
  readonly second: Scanned;
  readonly naive: Scanned;
  readonly organization: { readonly killedAt: number; readonly sentBefore: number; readonly resumed: Scanned };
}

/** Milliseconds after which AWS makes a new report. */
const reportAge = 5 * 60 * 60_000;

export async function measureFleetScan(terms = fullTerms): Promise<Section> {
  const folder = mkdtempSync(join(tmpdir(), 'keyturn-fleet-'));
  try {
    // The two wait for the throttle alone, and do not disturb each other.
    const [account, naive] = await Promise.all([measureAccount(terms, folder), measureNaive(terms, folder)]);
    const organization = await measureOrganization(terms, folder);
    return describeFleetScan({ terms, ...account, naive, organization });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measureAccount(terms: FleetTerms, folder: string): Promise<Pick<FleetFindings, 'first' | 'second'>> {
  const server = await startThrottled(terms);
  const place = join(folder, 'account.sqlite');
  try {
    const first = await measureScan(server, { kind: 'account', place, ahead: 0 });
    console.error('scanned the account', first);
    await server.order({ rehearse: {} });
    await changeKeys(server, terms.changed);
    await server.order({ advance: reportAge });
    await server.order({ rehearse: composeRehearsal(terms) });
    await server.order({ counts: true });
    const second = await measureScan(server, { kind: 'account', place, ahead: reportAge });
    console.error('scanned the account again', second);
    return { first, second };
  } finally {
    server.stop();
  }
}

async function measureNaive(terms: FleetTerms, folder: string): Promise<Scanned> {
  const server = await startThrottled(terms);
  try {
    const naive = await measureScan(server, { kind: 'naive', place: join(folder, 'unused'), ahead: 0 });
    console.error('listed the account one by one', naive);
    return naive;
  } finally {
    server.stop();
  }
}

async function measureOrganization(terms: FleetTerms, folder: string): Promise<FleetFindings['organization']> {
  const { accounts, users } = terms.organization;
  const data = join(folder, 'organization');
  seedFolder({ data, accounts, users, keys: 1.4, ...administrator });
  console.error('seeded the organization');
  const server = await startServer({ data, usersQuota: 1_000_000, ...administrator });
  const job = { kind: 'organization', place: join(folder, 'organization.sqlite'), ahead: 0 } as const;
  try {
    const killedAt = Math.round((accounts * users) / 3);
    await runScan(server, job, killedAt);
    const { sent: sentBefore } = sum(await server.order({ counts: true }));
    console.error('killed the scan of the organization', { killedAt, sentBefore });
    return { killedAt, sentBefore, resumed: await measureScan(server, job) };
  } finally {
    server.stop();
  }
}

async function measureScan(server: ScannedServer, job: Parameters<typeof runScan>[1]): Promise<Scanned> {
  const outcome = await runScan(server, job);
  if (outcome === undefined) throw new Error('the scan said nothing');
  return { outcome, ...sum(await server.order({ counts: true })) };
}

function startThrottled(terms: FleetTerms): Promise<ScannedServer> {
  const users = Array.from({ length: terms.users }, (_, index) => ({
    UserName: `user-${index}`,
    CreateDate: '500d',
    AccessKeys: [{ CreateDate: '400d', LastUsedDate: '3d' }],
  }));
  const seed = { accounts: [{ accountId: '123456789012', users }] };
  return startServer({ usersQuota: 1_000_000, seed, rehearsal: composeRehearsal(terms) });
}

function composeRehearsal({ throttle, latency }: FleetTerms): object {
  return { throttling: [throttle], faults: [{ kind: 'latency', delay: latency }] };
}

async function changeKeys({ url, env }: ScannedServer, count: number): Promise<void> {
  const { AWS_ACCESS_KEY_ID: accessKeyId = '', AWS_SECRET_ACCESS_KEY: secretAccessKey = '' } = env;
  const aws = connect({ endpoint: url, region: 'us-east-1', credentials: { accessKeyId, secretAccessKey } });
  for (let index = 0; index < count; index++) {
    const UserName = `user-${index * 7}`;
    const [key] = await listAccessKeys(aws, { UserName });
    if (key !== undefined) await deactivateAccessKey(aws, { UserName, AccessKeyId: key.AccessKeyId });
  }
  aws.destroy();
}

/** Throttling is answered with 400, and so is nothing else here. */
function sum(counts: Counts): { sent: number; throttled: number } {
  const all = Object.values(counts);
  return {
    sent: all.reduce((total, { sent }) => total + sent, 0),
    throttled: all.reduce((total, { refused }) => total + refused, 0),
  };
}
