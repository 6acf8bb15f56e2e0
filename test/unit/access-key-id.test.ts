import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accountIdOf, composeAccessKeyId, isAccessKeyId } from '../../src/access-key-id.ts';

const accounts = fc.integer({ min: 0, max: 999_999_999_999 }).map((number) => String(number).padStart(12, '0'));
const opaques = fc.bigInt({ min: 0n, max: (1n << 39n) - 1n });
const prefixes = fc.constantFrom('AKIA', 'ASIA');

describe('accountIdOf', () => {
  it.each([
    ['ASIAQNZGKIQY56JQ7WML', '029608264753'],
    ['ASIAY34FZKBOKMUTVV7A', '609629065308'],
    ['ASIA2OGYBAH6QAWDSOSC', '717712589309'],
    ['AKIAQYLPMN5HHHFPZAM2', '052310077262'],
  ])('reads the account of %s', (AccessKeyId, account) => {
    expect(accountIdOf(AccessKeyId)).toBe(account);
  });

  it.each([
    ['the old format', 'AKIAIOSFODNN7EXAMPLE'],
    ['a digit that base32 has not', 'AKIARZPUZDIK01234567'],
    ['lower case', 'akiaqylpmn5hhhfpzam2'],
    ['one character less', 'AKIAQYLPMN5HHHFPZAM'],
    ['one character more', 'AKIAQYLPMN5HHHFPZAM22'],
    ['an account beyond twelve digits', 'AKIA7777777777777777'],
    ['nothing', ''],
  ])('reads none in %s', (_what, text) => {
    expect(accountIdOf(text)).toBeUndefined();
  });
});

describe('composeAccessKeyId', () => {
  it.each([
    ['123456789012', /^AKIARZPUZDIK[A-P]/],
    ['111122223333', /^AKIARTX3GSDS[Q-Z2-7]/],
    ['000000000000', /^AKIAQAAAAAAA[A-P]/],
    ['999999999999', /^AKIA6RVFFB77[Q-Z2-7]/],
  ])('begins the ids of account %s as AWS does', (account, form) => {
    expect(composeAccessKeyId('AKIA', account, 0n)).toMatch(form);
    expect(composeAccessKeyId('AKIA', account, (1n << 39n) - 1n)).toMatch(form);
  });

  it('makes the same id again from the parts of one', () => {
    expect(composeAccessKeyId('ASIA', '029608264753', 0x6f930fd98bn)).toBe('ASIAQNZGKIQY56JQ7WML');
  });

  it('makes ids whose account can be read', () => {
    fc.assert(
      fc.property(prefixes, accounts, opaques, (prefix, account, opaque) => {
        const AccessKeyId = composeAccessKeyId(prefix, account, opaque);
        expect(AccessKeyId).toMatch(/^(AKIA|ASIA)[A-Z2-7]{16}$/);
        expect(isAccessKeyId(AccessKeyId)).toBe(true);
        expect(accountIdOf(AccessKeyId)).toBe(account);
      }),
    );
  });

  it('makes another id from another opaque part', () => {
    fc.assert(
      fc.property(accounts, opaques, opaques, (account, one, other) => {
        const ids = new Set([one, other].map((opaque) => composeAccessKeyId('AKIA', account, opaque)));
        expect(ids.size).toBe(one === other ? 1 : 2);
      }),
    );
  });
});

describe('isAccessKeyId', () => {
  it.each(['AKIAIOSFODNN7EXAMPLE', 'a'.repeat(16), 'A_0'.padEnd(128, '9')])('lets %s through', (text) => {
    expect(isAccessKeyId(text)).toBe(true);
  });

  it.each([
    '',
    'A'.repeat(15),
    'A'.repeat(129),
    'AKIAIOSFODNN7EXAMPL-',
    'AKIAIOSFODNN7EXAMPLE\n',
    ' AKIAIOSFODNN7EXAMPLE',
  ])('refuses %j', (text) => {
    expect(isAccessKeyId(text)).toBe(false);
  });
});
