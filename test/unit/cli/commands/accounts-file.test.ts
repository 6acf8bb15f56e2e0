import { describe, expect, it } from 'vitest';
import { parseAccounts } from '../../../../src/cli/commands/accounts-file.ts';

describe('parseAccounts', () => {
  it('reads ids, names and comments, and each account once', () => {
    const text =
      '\ufeff# ours\r\n111122223333, production  # the old one\n\n444455556666\tdata and more\n111122223333 again\n';
    expect(parseAccounts(text, 'a.txt')).toEqual([
      { Account: '111122223333', Name: 'again' },
      { Account: '444455556666', Name: 'data and more' },
    ]);
  });

  it.each([
    ['', 'a.txt lists no account'],
    ['# none\n', 'a.txt lists no account'],
    ['111122223333\n11112222333\n', 'a.txt:2: not an account id of twelve digits'],
    ['1111222233334\n', 'a.txt:1: not an account id of twelve digits'],
    ['production 111122223333\n', 'a.txt:1: not an account id of twelve digits'],
  ])('refuses %j', (text, message) => {
    expect(() => parseAccounts(text, 'a.txt')).toThrow(message);
  });
});
