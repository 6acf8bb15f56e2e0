// A process that contends for a lease: argv is the journal, its name, how long its leases last in milliseconds, and the
// record it writes. It says what it has on standard output, a line each, and does what it is told on standard input.
import { createInterface } from 'node:readline';
import { KeyturnError } from '../../../src/errors.ts';
import type { Lease } from '../../../src/journal/journal.ts';
import { openJournal } from '../../../src/store/open-journal.ts';

const [, , place = '', name = '', milliseconds = '', record = ''] = process.argv;
const subject = '123456789012/AIDAEXAMPLE';
const journal = await openJournal(place, { now: () => new Date() });
let lease: Lease | undefined;

const orders: Record<string, () => Promise<string>> = {
  take: async () => {
    const answer = await journal.takeLease(subject, name, Number(milliseconds));
    if (answer.kind === 'held') return `held by ${answer.holder}`;
    lease = answer.lease;
    return 'taken';
  },
  open: async () => {
    await journal.open(record, subject, { at: new Date(), type: `by ${name}`, data: {} }, requireLease());
    return 'opened';
  },
  append: async () => {
    const after = (await journal.read(record)).length;
    const entry = { at: new Date(), type: `by ${name}`, data: {} };
    return `appended ${(await journal.append(record, entry, { after, lease: requireLease() })).number}`;
  },
  // As fast as it can, until it is refused or killed: what was answered is said.
  flood: async () => {
    let after = (await journal.read(record)).length;
    for (;;) {
      const entry = { at: new Date(), type: `by ${name}`, data: { after } };
      after = (await journal.append(record, entry, { after, lease: requireLease() })).number;
      process.stdout.write(`wrote ${after}\n`);
    }
  },
  close: async () => {
    await journal.close();
    return 'closed';
  },
};

function requireLease(): Lease {
  if (lease === undefined) throw new Error('no lease was taken');
  return lease;
}

process.stdout.write('ready\n');
for await (const order of createInterface({ input: process.stdin })) {
  const answer = await orders[order]?.().catch((error: unknown) =>
    error instanceof KeyturnError ? `${error.code} ${error.message}` : `failed ${String(error)}`,
  );
  process.stdout.write(`${answer ?? 'unknown order'}\n`);
}
