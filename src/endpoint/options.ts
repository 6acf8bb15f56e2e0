import { isAccessKeyId } from '../access-key-id.ts';
import { KeyturnError } from '../errors.ts';
import { Secret } from '../secret.ts';
import { quotas } from './actions/quotas.ts';
import type { Log } from './event.ts';

export interface EndpointOptions {
  /** The address to listen on; `127.0.0.1` when absent. Other machines can reach any address that is not loopback. */
  readonly host?: string;
  /** 0, and absent: any free port. */
  readonly port?: number;
  /** Names beside `localhost`, `127.0.0.1`, `[::1]` and the host that requests may use for the endpoint. */
  readonly allowHosts?: readonly string[];
  /** The folder that keeps the data; absent: in memory, gone at the end. */
  readonly data?: string;
  /** 12 digits; `123456789012` when absent, or the account that the data folder holds. */
  readonly accountId?: string;
  /** The administrator's key, with its secret; drawn on the first start when absent. */
  readonly accessKeyId?: string;
  readonly secretAccessKey?: string;
  /** Whether permissions are looked at; true when absent. Without them every caller may do everything. */
  readonly authorization?: boolean;
  /** How many users an account may have; 5,000 when absent, as on AWS unless it was asked to raise it. */
  readonly usersQuota?: number;
  /** Milliseconds in which only the first use of a key is recorded; 0, and absent: every use at once. AWS has 15 minutes. */
  readonly lastUsedGranularity?: number;
  /** Whether there is a control API under `/_keyturn/`, and its token where it is not to be drawn; false when absent. */
  readonly control?: boolean | { readonly token: string };
  /** Accounts, users, keys and an organization to begin with, where there is no data yet: docs/endpoint.md, "Seeds". */
  readonly seed?: unknown;
  /** What goes wrong on purpose, from the start on: docs/endpoint.md, "Rehearsals". */
  readonly rehearsal?: unknown;
  /** The clock; the system's when absent. */
  readonly now?: () => Date;
  /** Told of every answer and of what went wrong. */
  readonly log?: Log;
}

/** The options with nothing left open but the account, which the data folder may know. */
export interface Settings {
  readonly host: string;
  readonly port: number;
  readonly allowHosts: readonly string[];
  readonly data: string | undefined;
  readonly accountId: string | undefined;
  readonly pair: KeyPair | undefined;
  readonly authorization: boolean;
  readonly usersQuota: number;
  readonly lastUsedGranularity: number;
  readonly control: boolean | { readonly token: string };
  readonly seed: unknown;
  readonly rehearsal: unknown;
  readonly now: () => Date;
  readonly log: Log;
}

export interface KeyPair {
  readonly AccessKeyId: string;
  readonly SecretAccessKey: Secret;
}

/** @throws KeyturnError ERR_USAGE for a value that cannot be meant */
export function readSettings(options: EndpointOptions): Settings {
  const { host = '127.0.0.1', port = 0, allowHosts = [], data, accountId, lastUsedGranularity = 0 } = options;
  const {
    usersQuota = quotas.UsersQuota,
    authorization = true,
    control = false,
    now = () => new Date(),
    log,
  } = options;
  requireThat(host !== '', 'the host is empty');
  requireThat(Number.isInteger(port) && port >= 0 && port <= 65_535, `${port} is not a port: they go from 0 to 65535`);
  requireThat(data !== '', 'the data folder has no name');
  requireThat(
    accountId === undefined || /^\d{12}$/.test(accountId),
    `${accountId ?? ''} is not an account id of 12 digits`,
  );
  requireThat(
    lastUsedGranularity >= 0 && Number.isFinite(lastUsedGranularity),
    'the last-used granularity is no duration',
  );
  requireThat(Number.isSafeInteger(usersQuota) && usersQuota >= 1, `${usersQuota} is no number of users`);
  requireThat(typeof control === 'boolean' || control.token !== '', 'the control token is empty');
  const pair = readPair(options);
  return {
    host,
    port,
    allowHosts,
    data,
    accountId,
    pair,
    authorization,
    usersQuota,
    lastUsedGranularity,
    control,
    seed: options.seed,
    rehearsal: options.rehearsal,
    now,
    log: toQuietLog(log),
  };
}

function readPair({ accessKeyId, secretAccessKey }: EndpointOptions): KeyPair | undefined {
  if (accessKeyId === undefined && secretAccessKey === undefined) return undefined;
  requireThat(
    accessKeyId !== undefined && secretAccessKey !== undefined,
    'an access key id and its secret are given together',
  );
  requireThat(
    isAccessKeyId(accessKeyId),
    'the access key id is not one: it has 16 to 128 letters, digits and underscores',
  );
  requireThat(secretAccessKey !== '', 'the secret access key is empty');
  return { AccessKeyId: accessKeyId, SecretAccessKey: new Secret(secretAccessKey) };
}

function requireThat(condition: boolean, problem: string): asserts condition {
  if (!condition) throw new KeyturnError('ERR_USAGE', problem);
}

/** A log that fails stops no request. */
function toQuietLog(log: Log = () => undefined): Log {
  return (event) => {
    try {
      log(event);
    } catch {
      // there is nowhere left to say so
    }
  };
}
