import { randomBytes } from 'node:crypto';
import { KeyturnError } from '../errors.ts';
import { establish, type Administrator } from './administrator.ts';
import { openDirectory } from './directory/directory.ts';
import { readSettings } from './options.ts';
import { generateFleet, type FleetSize } from './seed/generate.ts';
import { plant, type Planted } from './seed/plant.ts';
import { SeededRandom } from './seeded-random.ts';

export interface SeedFolderOptions extends FleetSize {
  /** The data folder of an endpoint that is not running; made when it is not there. */
  readonly data: string;
  /** The management account, on the first start; `123456789012` when absent. */
  readonly accountId?: string;
  /** The administrator's key, on the first start; drawn when absent. */
  readonly accessKeyId?: string;
  readonly secretAccessKey?: string;
  /** The same seed at the same time makes the same fleet, all but the administrator; `1` when absent. */
  readonly random?: string;
  /** What ages count back from; the system's time when absent. */
  readonly now?: Date;
}

export interface SeededFolder extends Planted {
  readonly accountId: string;
  readonly administrator: Administrator;
}

const mostUsers = 1_000_000;
const mostAccounts = 10_000;

/**
 * Fills a data folder with a fleet as companies have it: an organization of accounts with people and machines, keys old
 * and new, root keys, tags, passwords and users in quarantine. Memory does not grow with the fleet.
 *
 * @throws KeyturnError ERR_USAGE for a size that cannot be meant, or where there is an organization already; ERR_FILE for
 * a folder that cannot be used
 * @example
 * seedFolder({ data: './iam', users: 5000, keys: 1.4, accounts: 20, random: '42' });
 */
export function seedFolder(options: SeedFolderOptions): SeededFolder {
  const { users, keys, accounts, random = '1', now = new Date(), ...given } = options;
  requireBetween('users', users, 0, mostUsers, Number.isInteger(users));
  requireBetween('keys', keys, 0, 2);
  requireBetween('accounts', accounts, 1, mostAccounts, Number.isInteger(accounts));
  const settings = readSettings(given);
  const seeded = new SeededRandom(random);
  let bytes = (size: number): Uint8Array => randomBytes(size);
  const directory = openDirectory({ folder: given.data, lastUsedGranularity: 0, random: (size) => bytes(size) });
  try {
    const { accountId, administrator } = establish(directory, settings, now);
    // The administrator's secret is nobody's to guess, whatever the seed.
    bytes = seeded.bytes;
    const fleet = generateFleet({ users, keys, accounts, random: seeded, managementAccountId: accountId, now });
    return { accountId, administrator, ...plant(directory, fleet, now) };
  } finally {
    directory.close();
  }
}

function requireBetween(what: string, value: number, least: number, most: number, whole = true): void {
  if (whole && value >= least && value <= most) return;
  throw new KeyturnError('ERR_USAGE', `${value} is no number of ${what}: it is from ${least} to ${most}`);
}
