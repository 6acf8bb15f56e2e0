import { describe, expect, it } from 'vitest';
import { formatText } from '../../../../src/cli/output/text.ts';

describe('formatText', () => {
  it('writes the members of an object in alphabetical order', () => {
    expect(formatText({ UserId: 'AIDA', Account: '123456789012', Arn: 'arn' })).toBe('123456789012\tarn\tAIDA\n');
  });

  it('writes each object of a list under the name of its member, and what is inside on a line of its own', () => {
    const document = {
      AccessKeys: [
        { UserName: 'alice', AccessKeyId: 'AKIA1', LastUsed: { Kind: 'never' } },
        { UserName: 'bob', AccessKeyId: 'AKIA2', Status: 'Active', LastUsed: { Kind: 'never' } },
      ],
    };
    expect(formatText(document)).toBe(
      'ACCESSKEYS\tAKIA1\t\talice\nLASTUSED\tnever\nACCESSKEYS\tAKIA2\tActive\tbob\nLASTUSED\tnever\n',
    );
  });

  it('writes what a query makes as the aws CLI does', () => {
    expect(formatText(['a', 'b'])).toBe('a\tb\n');
    expect(
      formatText([
        ['a', 1],
        ['b', null],
      ]),
    ).toBe('a\t1\nb\tNone\n');
    expect(formatText(true)).toBe('True\n');
    expect(formatText(null)).toBe('None\n');
    expect(formatText([])).toBe('');
    expect(formatText({ Ids: ['a', 'b'] })).toBe('IDS\ta\nIDS\tb\n');
  });
});
