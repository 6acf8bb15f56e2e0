import { KeyturnError } from '../../errors.ts';
import { parseDuration } from '../../endpoint/duration.ts';
import type { EndpointOptions } from '../../endpoint/index.ts';
import type { Environment } from '../context.ts';

/** The options of `keyturn serve` as they were given. */
export interface ServeFlags {
  readonly port: string;
  readonly host: string;
  readonly allowHost?: readonly string[];
  readonly data?: string;
  readonly memory?: boolean;
  readonly accountId?: string;
  readonly accessKeyId?: string;
  readonly secretAccessKey?: string;
  readonly printCredentials?: boolean;
  readonly authorization: boolean;
  readonly lastUsedGranularity: string;
  readonly control?: boolean;
  readonly usersQuota: string;
  /** Files. */
  readonly seed?: string;
  readonly rehearse?: string;
}

/** What stands in the files that the options name. */
export interface ServeDocuments {
  readonly seed?: unknown;
  readonly rehearsal?: unknown;
}

/**
 * What the endpoint is started with; it looks at the values itself. The administrator's pair comes from the options, else
 * from KEYTURN_SERVE_ACCESS_KEY_ID and KEYTURN_SERVE_SECRET_ACCESS_KEY; the control token from KEYTURN_CONTROL_TOKEN.
 *
 * @param defaultData the folder where there is neither `--data` nor `--memory`
 * @throws {KeyturnError} `ERR_USAGE`
 */
export function readServeInput(
  flags: ServeFlags,
  env: Environment,
  defaultData: string,
  documents: ServeDocuments = {},
): EndpointOptions {
  const { host, allowHost = [], accountId, authorization, control = false, data = defaultData, memory = false } = flags;
  const { KEYTURN_CONTROL_TOKEN: token = '' } = env;
  return {
    host,
    port: readPort(flags.port),
    allowHosts: allowHost,
    authorization,
    usersQuota: readUsersQuota(flags.usersQuota),
    lastUsedGranularity: readGranularity(flags.lastUsedGranularity),
    ...documents,
    control: control && token !== '' ? { token } : control,
    ...(!memory && { data }),
    ...(accountId !== undefined && { accountId }),
    ...readPair(flags, env),
  };
}

function readPort(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw new KeyturnError('ERR_USAGE', `--port '${text}' is not a port`, { hint: '0 to 65535; 0 takes a free one' });
}

function readUsersQuota(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new KeyturnError('ERR_USAGE', `--users-quota '${text}' is not a number of users`);
}

function readGranularity(text: string): number {
  const granularity = parseDuration(text);
  if (granularity !== undefined) return granularity;
  throw new KeyturnError('ERR_USAGE', `--last-used-granularity '${text}' is not a duration`, {
    hint: 'write it as 90s, 15m, 24h or 7d',
  });
}

/** Both halves come from the same place. */
export function readPair(
  flags: Pick<ServeFlags, 'accessKeyId' | 'secretAccessKey'>,
  env: Environment,
): Pick<EndpointOptions, 'accessKeyId' | 'secretAccessKey'> {
  const given =
    flags.accessKeyId === undefined && flags.secretAccessKey === undefined
      ? [env.KEYTURN_SERVE_ACCESS_KEY_ID, env.KEYTURN_SERVE_SECRET_ACCESS_KEY]
      : [flags.accessKeyId, flags.secretAccessKey];
  const [accessKeyId = '', secretAccessKey = ''] = given;
  return { ...(accessKeyId !== '' && { accessKeyId }), ...(secretAccessKey !== '' && { secretAccessKey }) };
}
