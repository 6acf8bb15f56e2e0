import { seedFolder, type SeedFolderOptions } from '../../endpoint/index.ts';
import { KeyturnError } from '../../errors.ts';
import type { Context } from '../context.ts';
import { formatAnswer } from '../output/answer.ts';
import { formatRecord } from '../output/table.ts';
import { readPair } from './serve-input.ts';

/** The options of `keyturn seed` as they were given. */
export interface SeedFlags {
  readonly data: string;
  readonly users: string;
  readonly keys: string;
  readonly accounts: string;
  readonly random: string;
  readonly now?: string;
  readonly printCredentials?: boolean;
}

/** `keyturn seed` */
export async function seed({ env, form, now, printer }: Context, flags: SeedFlags): Promise<undefined> {
  const options: SeedFolderOptions = {
    data: flags.data,
    users: readNumber('--users', flags.users),
    keys: readNumber('--keys', flags.keys),
    accounts: readNumber('--accounts', flags.accounts),
    random: flags.random,
    now: flags.now === undefined ? now() : readTime(flags.now),
    ...readPair({}, env),
  };
  const { accountId, administrator, accounts, users, accessKeys } = seedFolder(options);
  const mayBeShown = printer.isTerminal || flags.printCredentials === true;
  const secret = mayBeShown && options.secretAccessKey === undefined ? administrator.secretAccessKey : undefined;
  const Administrator = {
    AccessKeyId: administrator.accessKeyId,
    ...(secret !== undefined && { SecretAccessKey: secret.reveal() }),
  };
  const document = { Account: accountId, Accounts: accounts, Users: users, AccessKeys: accessKeys, Administrator };
  const table = formatRecord([
    ['account', accountId],
    ['accounts', String(accounts)],
    ['users', String(users)],
    ['access keys', String(accessKeys)],
    ['administrator', administrator.accessKeyId],
    ...(secret === undefined ? [] : [['secret', secret.reveal()] as [string, string]]),
  ]);
  await printer.data(formatAnswer({ document, table }, form));
}

function readNumber(option: string, text: string): number {
  if (/^\d{1,9}(?:\.\d{1,6})?$/.test(text)) return Number(text);
  throw new KeyturnError('ERR_USAGE', `${option} '${text}' is not a number`);
}

function readTime(text: string): Date {
  const time = new Date(text);
  if (!Number.isNaN(time.getTime())) return time;
  throw new KeyturnError('ERR_USAGE', `--now '${text}' is not a time`, { hint: 'write it as 2026-11-23T10:00:00Z' });
}
