/** What the benchmark of scale measures, and how it is told. */
import type { LoadAction } from './load/job.ts';
import { describePythonPackages } from './peers.ts';
import type { Section } from './report.ts';
import { findMedian } from './turns.ts';

/** How large, how long and how often. */
export const terms = {
  small: { accounts: 1, users: 100 },
  large: { accounts: 200, users: 5_000 },
  /** One account, whose report is long. */
  long: { accounts: 1, users: 100_000 },
  motoUsers: 5_000,
  /** More in all than Keyturn keeps at hand, so that on the large fleet every call reads what it is about. */
  subjectsOfAccount: 100,
  starts: 5,
  rounds: 5,
  connections: 8,
  warmUp: 500,
  duration: 800,
} as const;

/** Measured at one connection. */
export const alone = ['ListAccessKeys', 'GetAccessKeyLastUsed', 'GetUser', 'ListUsers', 'CreateAccessKey'] as const;
/** Measured at several. */
export const together = ['ListAccessKeys', 'GetAccessKeyLastUsed', 'CreateAccessKey+DeleteAccessKey'] as const;

/** What one round showed. */
export interface Figures {
  /** The median time of an exchange at one connection, in milliseconds. */
  readonly p50: Readonly<Record<string, number>>;
  readonly perSecond: Readonly<Record<string, number>>;
}

/** MiB. */
export interface Memory {
  readonly before: number;
  readonly after: number;
}

/** What the rounds of a server showed. */
export interface Loaded {
  readonly figures: readonly Figures[];
  readonly memory: Memory;
}

export interface Report {
  /** Milliseconds until it could be read, the longest that a call had to wait meanwhile, and until it was read. */
  readonly made: number;
  readonly longestWait: number;
  readonly read: number;
  /** Bytes of the answer. */
  readonly length: number;
  readonly memory: Memory;
}

export interface Findings {
  readonly firstAnswer: Readonly<Record<'small' | 'large', readonly number[]>>;
  readonly loads: Readonly<Record<'small' | 'large' | 'moto', Loaded>>;
  readonly report: Report;
  readonly longReport: Report;
}

export function describeScale(findings: Findings): Section {
  const { small, large, motoUsers, rounds, duration, warmUp, subjectsOfAccount } = terms;
  return {
    title: 'The endpoint at scale',
    setting: `\`keyturn serve --data\` on folders of \`keyturn seed\`: an account of ${small.users} users, and an organization of
${large.accounts} accounts with ${inWords(large.users)} users each and 1.4 million keys, in ${rounds} runs taken in turn; then once \`moto_server\` with
${inWords(motoUsers)} users in one account. Each run takes ${duration / 1_000} s after a warm-up of ${warmUp / 1_000} s, with requests signed beforehand. On
the large fleet the load goes through ${inWords(large.accounts * subjectsOfAccount)} users of all accounts, one account after the other, so that what a
call is about was not read shortly before; every call is signed by an administrator of the account. The file, of 0.8 GB,
is in the system's memory. Keyturn verifies signatures, evaluates policies and notes uses.`,
    table: composeTable(findings),
    notes: composeNotes(findings),
    peers: describePythonPackages('moto', 'werkzeug', 'boto3'),
  };
}

function composeTable({ firstAnswer, loads, report }: Findings): string[][] {
  const compare = (what: string, pick: (loaded: Loaded) => number, wanted: string, digits = 0) =>
    composeRow(what, [pick(loads.small), pick(loads.large), pick(loads.moto)], wanted, digits);
  const start = [findMedian(firstAnswer.small), findMedian(firstAnswer.large), undefined] as const;
  return [
    ['', `${terms.small.users} users`, 'a million users', 'ratio', 'wanted', `moto, ${inWords(terms.motoUsers)} users`],
    composeRow('first answer, ms', start, 'ratio ≤ 1.5'),
    compare('memory after the start, MiB', ({ memory }) => memory.before, '≤ 200'),
    compare('memory after the load, MiB', ({ memory }) => memory.after, '≤ 200'),
    ...alone.map((action) =>
      compare(`${action}, p50 in ms`, ({ figures }) => findMiddle(figures, 'p50', action), 'ratio ≤ 1.5', 3),
    ),
    ...together.map((action) =>
      compare(`${action}, a second`, ({ figures }) => findMiddle(figures, 'perSecond', action), timesMoto[action]),
    ),
    ['report of 5,000 users, ms', '', (report.made + report.read).toFixed(0), '', '≤ 500', ''],
  ];
}

const timesMoto = {
  ListAccessKeys: '≥ 40 × moto',
  GetAccessKeyLastUsed: '≥ 40 × moto',
  'CreateAccessKey+DeleteAccessKey': '≥ 15 × moto',
} as const;

function composeRow(
  what: string,
  [few, many, peer]: readonly [number, number, number | undefined],
  wanted: string,
  digits = 0,
): string[] {
  return [
    what,
    few.toFixed(digits),
    many.toFixed(digits),
    (many / few).toFixed(2),
    wanted,
    peer?.toFixed(digits) ?? '',
  ];
}

function findMiddle(figures: readonly Figures[], kind: keyof Figures, action: LoadAction): number {
  return findMedian(figures.map((round) => round[kind][action] ?? Number.NaN));
}

function composeNotes({ longReport }: Findings): string {
  const { made, longestWait, read, length, memory } = longReport;
  const size = length / 2 ** 20;
  const growth = (memory.after - memory.before) / size;
  return `\`a second\` is at ${terms.connections} connections. The report of one account of ${inWords(terms.long.users)} users has ${size.toFixed(0)} MiB as an
answer: ${made.toFixed(0)} ms to make, in which no other call waited longer than ${longestWait.toFixed(0)} ms, and ${read.toFixed(0)} ms to read; memory grew
from ${memory.before.toFixed(0)} to ${memory.after.toFixed(0)} MiB, by ${growth.toFixed(1)} times the answer.`;
}

function inWords(count: number): string {
  return count.toLocaleString('en-US');
}
