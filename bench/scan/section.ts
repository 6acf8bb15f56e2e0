/** How the scans of a fleet are told. */
import type { FleetFindings, FleetTerms, Scanned } from '../fleet-scan.ts';
import type { Section } from '../report.ts';

const version = process.version;

export function describeFleetScan(findings: FleetFindings): Section {
  const { terms, first, second, naive, organization } = findings;
  const { users, changed, throttle, latency } = terms;
  const { resumed, killedAt, sentBefore } = organization;
  const { accounts, users: usersEach } = terms.organization;
  // The administrator has a key too.
  const listings = { first: users + 1, second: changed };
  return {
    title: 'A scan of a fleet',
    setting: `What \`keyturn inventory\` and \`keyturn audit\` read, on the endpoint in a process of its own: an account of ${inWords(users)}
users with a key each, ${latency} ms of latency, and throttling of ${throttle.rate} requests a second and ${throttle.burst} at once for each action;
throttled requests count. The floor of calls is one for the identity, two for the report, one each for the summary, the
alias and the service-specific credentials, one for a thousand users' details, and one for each user with a key; that of
time is what the throttle makes of it. Beside it, listing user by user and key by key, as scripts do. Then an
organization of ${accounts} accounts with ${inWords(usersEach)} users each, without latency and throttling, killed with SIGKILL on its way and begun again.`,
    table: [
      ['', 'calls', 'floor', 'over', 'throttled', 'seconds', 'floor', 'over', 'keys found'],
      composeRow('first scan', first, countFloor(terms, listings.first), findTime(terms, listings.first)),
      composeRow(`second scan, ${changed} keys changed`, second, countFloor(terms, listings.second), 0),
      composeRow('user by user, key by key', naive, undefined, undefined),
    ],
    notes: `Wanted: the first scan at most 1 percent over the floor of calls and 5 percent over that of time, nothing lost; the
second at most 5 calls over its floor.

The organization: killed after ${inWords(killedAt)} users and ${inWords(sentBefore)} calls, it was finished in ${resumed.outcome.seconds.toFixed(0)} s by ${inWords(resumed.sent)} more:
${inWords(resumed.outcome.users)} users and ${inWords(resumed.outcome.keys)} keys in ${resumed.outcome.accounts} accounts, ${Math.round(resumed.sent / resumed.outcome.seconds)} calls a second, ${resumed.outcome.memory.toFixed(0)} MiB of memory at most (wanted:
under 250). The others of the ${accounts} accounts are suspended, or were invited and have no role to be read through; they are gaps
of the scan.`,
    peers: `Node.js ${version}`,
  };
}

function composeRow(what: string, scanned: Scanned, calls: number | undefined, seconds: number | undefined): string[] {
  const { sent, throttled, outcome } = scanned;
  const over = (value: number, floor: number | undefined) =>
    floor === undefined || floor === 0 ? '' : `${(((value - floor) / floor) * 100).toFixed(2)} %`;
  return [
    what,
    inWords(sent),
    calls === undefined ? '' : inWords(calls),
    over(sent, calls),
    inWords(throttled),
    outcome.seconds.toFixed(1),
    seconds === undefined || seconds === 0 ? '' : seconds.toFixed(1),
    over(outcome.seconds, seconds),
    inWords(outcome.keys),
  ];
}

/** @param listings users whose keys have to be listed */
function countFloor({ users }: FleetTerms, listings: number): number {
  const alone = 6;
  return alone + Math.ceil((users + 1) / 1000) + listings;
}

function findTime({ throttle: { rate, burst } }: FleetTerms, listings: number): number {
  return Math.max(0, listings - burst) / rate;
}

function inWords(count: number): string {
  return count.toLocaleString('en-US');
}
