import { describe, expect, it } from 'vitest';
import { keepsSecret, readQuery } from '../../../../src/cli/output/query.ts';

const usage = { code: 'ERR_USAGE' };

describe('readQuery', () => {
  it('applies a JMESPath expression', async () => {
    const query = await readQuery('AccessKeys[].AccessKeyId');
    expect(query({ AccessKeys: [{ AccessKeyId: 'AKIA1' }] })).toEqual(['AKIA1']);
  });

  it.each(['AccessKeys[', 'foo(', 'AccessKeys[?', 'nothing_such(@)', 'AccessKeys[].nothing_such(@)', 'length()', ''])(
    'refuses %j before there is any answer',
    async (expression) => {
      await expect(readQuery(expression)).rejects.toMatchObject(usage);
    },
  );

  it('finds out about types when the answer is there', async () => {
    const query = await readQuery('length(AccessKey.UserName)');
    expect(query({ AccessKey: { UserName: 'alice' } })).toBe(5);
    expect(() => query({})).toThrow(expect.objectContaining(usage));
  });

  it('gives nothing for what objects inherit', async () => {
    expect((await readQuery('constructor'))({})).toBeNull();
  });
});

describe('keepsSecret', () => {
  it.each([
    ['AccessKey.SecretAccessKey', true],
    ['@', true],
    ['AccessKey.[AccessKeyId, SecretAccessKey]', true],
    ["join(' ', AccessKey.[AccessKeyId, SecretAccessKey])", true],
    ['AccessKey.AccessKeyId', false],
    ['AccessKey.SecretAccessKey | length(@)', false],
    ['AccessKeys', false],
    ["AccessKey.UserName == 'nobody' && AccessKey.SecretAccessKey", false],
  ])('knows whether %j prints the secret: %s', async (expression, expected) => {
    expect(keepsSecret(await readQuery(expression))).toBe(expected);
  });
});
