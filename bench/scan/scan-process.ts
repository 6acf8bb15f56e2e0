// One scan in a process of its own, so that its memory is known: argv is the job as JSON; signed by the keys in the
// environment. On stdout its progress a line, and at the end what it found.
import { spareMemory } from '../../src/cli/commands/spare-memory.ts';
import { scanAccount, scanFleet } from '../../src/fleet/index.ts';
import { addLastUsed, connect, listAllAccessKeys } from '../../src/iam/index.ts';
import { openSnapshotStore } from '../../src/store/open-snapshot-store.ts';

export interface Job {
  readonly kind: 'account' | 'organization' | 'naive';
  readonly endpoint: string;
  /** Of the snapshot store. */
  readonly place: string;
  /** Milliseconds that the endpoint's clock is ahead. */
  readonly ahead: number;
}

export interface Outcome {
  readonly seconds: number;
  /** Accounts that could be read. */
  readonly accounts: number;
  readonly users: number;
  readonly keys: number;
  /** MiB, at its most. */
  readonly memory: number;
  readonly calls: number;
}

// As the command line does.
spareMemory();
const job = JSON.parse(process.argv[2] ?? '{}') as Job;
const aws = connect({ endpoint: job.endpoint, region: 'us-east-1', systemClockOffset: job.ahead });
const found = { accounts: 0, users: 0, keys: 0, calls: 0 };
const start = performance.now();
if (job.kind === 'naive') await listOneByOne();
else await scan();
const seconds = (performance.now() - start) / 1000;
const memory = process.resourceUsage().maxRSS / 1024;
process.stdout.write(`${JSON.stringify({ ...found, seconds, memory } satisfies Outcome)}\n`);
aws.destroy();

async function scan(): Promise<void> {
  const store = await openSnapshotStore(job.place, { now: () => new Date() });
  let told = 0;
  const options = {
    store,
    onProgress: ({ users, calls }: { readonly users: number; readonly calls: number }) => {
      found.calls = calls;
      if (users >= told + 1000) process.stdout.write(`${(told = users)}\n`);
    },
  };
  const accounts = job.kind === 'account' ? [await scanAccount(aws, options)] : scanFleet(aws, options);
  for await (const { users } of accounts) {
    const before = found.users;
    for await (const { AccessKeys } of users()) {
      found.users += 1;
      found.keys += 'Kind' in AccessKeys ? 0 : AccessKeys.length;
    }
    if (found.users > before) found.accounts += 1;
  }
  await store.close();
}

/** What scripts do: every user, every user's keys, every key's last use. */
async function listOneByOne(): Promise<void> {
  const onProgress = ({ Users }: { readonly Users: number }): void => {
    found.users = Users;
  };
  for await (const { LastUsed } of addLastUsed(aws, listAllAccessKeys(aws, { onProgress }))) {
    if (LastUsed.Kind !== 'unknown') found.keys += 1;
  }
}
