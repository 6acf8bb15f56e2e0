import { KeyturnError } from '../../errors.ts';
import type { AccountTarget } from '../../fleet/index.ts';

const line = /^(\d{12})(?:[\s,]+(.*))?$/;

/**
 * A list of accounts: an id a line, after it the account's name if one likes; `#` begins a comment. An account that is listed
 * twice is one.
 *
 * @throws {KeyturnError} `ERR_USAGE` with file and line
 */
export function parseAccounts(text: string, file: string): AccountTarget[] {
  const targets = new Map<string, AccountTarget>();
  for (const [index, raw] of text
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .entries()) {
    const content = raw.replace(/(^|\s)#.*$/, '').trim();
    if (content === '') continue;
    const [, Account, name = ''] = line.exec(content) ?? [];
    if (Account === undefined) {
      throw new KeyturnError('ERR_USAGE', `${file}:${index + 1}: not an account id of twelve digits`, {
        hint: 'write one account a line: its id, and its name if you like',
      });
    }
    targets.set(Account, name === '' ? { Account } : { Account, Name: name });
  }
  if (targets.size > 0) return [...targets.values()];
  throw new KeyturnError('ERR_USAGE', `${file} lists no account`, { hint: 'write one account id a line' });
}
