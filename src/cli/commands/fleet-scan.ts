/** The scan that `audit` and `inventory` go through: of the caller's account, of an organization, or of a list. */
import { KeyturnError } from '../../errors.ts';
import { scanAccount, scanFleet, type FleetScan, type Refresh, type ScannedAccount } from '../../fleet/index.ts';
import { readText } from '../../sinks/text-file.ts';
import { connectToAws } from '../connect.ts';
import type { Context } from '../context.ts';
import { openOwnSnapshots } from '../snapshots.ts';
import { parseAccounts } from './accounts-file.ts';
import { trackScan } from './scan-progress.ts';
import { spareMemory } from './spare-memory.ts';

export interface ScanInput {
  readonly org?: boolean;
  /** A file that lists accounts. */
  readonly accounts?: string;
  readonly roleName?: string;
  readonly refresh: Refresh;
}

/** Whether more than one account may come. */
export function spansAccounts({ org, accounts }: ScanInput): boolean {
  return org === true || accounts !== undefined;
}

/** Opens the scan, hands it to `work`, and closes what it needed. */
export async function withScan<T>(
  context: Context,
  input: ScanInput,
  work: (scan: FleetScan) => Promise<T>,
): Promise<T> {
  const accounts = input.accounts === undefined ? undefined : await readAccounts(input.accounts);
  const { connection } = await connectToAws(context);
  const store = await openOwnSnapshots(context);
  const { refresh, roleName } = input;
  const options = { store, refresh, signal: context.interruption.signal, onProgress: trackScan(context) };
  spareMemory();
  const scan = spansAccounts(input)
    ? scanFleet(connection, { ...options, roleName, accounts })
    : asFleet(() => scanAccount(connection, options));
  try {
    // An interrupted scan still writes down what it has read, so that the next one goes on there.
    return await context.interruption.hold(() => work(scan));
  } finally {
    context.printer.progress('');
    connection.destroy();
    await store.close();
  }
}

async function readAccounts(file: string): Promise<ReturnType<typeof parseAccounts>> {
  const text = await readText(file);
  if (text === undefined) throw new KeyturnError('ERR_FILE', `--accounts names ${file}, and there is no such file`);
  return parseAccounts(text, file);
}

/** One account as a fleet of one. */
function asFleet(scan: () => ReturnType<typeof scanAccount>): FleetScan {
  let cost: ReturnType<FleetScan['cost']> = { calls: {}, total: 0, throttled: 0 };
  return {
    async *[Symbol.asyncIterator](): AsyncGenerator<ScannedAccount> {
      const scanned = await scan();
      cost = scanned.cost;
      yield scanned;
    },
    cost: () => cost,
  };
}
