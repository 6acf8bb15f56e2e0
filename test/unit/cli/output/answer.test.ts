import { describe, expect, it } from 'vitest';
import { describeAccessKeys, type AccessKeyElement } from '../../../../src/cli/output/access-keys.ts';
import { formatAnswer, formatList, type Form } from '../../../../src/cli/output/answer.ts';
import { readQuery } from '../../../../src/cli/output/query.ts';

const look = { width: 80, colour: false };
const now = new Date('2026-11-21T20:00:00Z');
const keys: AccessKeyElement[] = [
  {
    UserName: 'alice',
    AccessKeyId: 'AKIAIOSFODNN7EXAMPLE',
    Status: 'Active',
    CreateDate: new Date('2026-11-01T20:00:00Z'),
    LastUsed: { Kind: 'used', LastUsedDate: new Date('2026-11-21T10:00:00Z'), Region: 'us-east-1', ServiceName: 's3' },
  },
  {
    UserName: '=cmd',
    AccessKeyId: 'AKIAI44QH8DHBEXAMPLE',
    Status: 'Inactive',
    CreateDate: new Date('2026-11-01T20:00:00Z'),
    LastUsed: { Kind: 'unknown', Reason: 'not allowed, says IAM' },
  },
];

async function format(elements: readonly AccessKeyElement[], form: Omit<Form, 'look'>): Promise<string> {
  async function* stream() {
    await Promise.resolve();
    yield* elements;
  }
  let text = '';
  for await (const piece of formatList(stream(), describeAccessKeys(now), { ...form, look })) text += piece;
  return text;
}

describe('a list of access keys', () => {
  it('is the JSON of the contract', async () => {
    expect(JSON.parse(await format(keys, { output: 'json' }))).toEqual({
      AccessKeys: [
        {
          UserName: 'alice',
          AccessKeyId: 'AKIAIOSFODNN7EXAMPLE',
          Status: 'Active',
          CreateDate: '2026-11-01T20:00:00Z',
          LastUsed: { Kind: 'used', LastUsedDate: '2026-11-21T10:00:00Z', Region: 'us-east-1', ServiceName: 's3' },
        },
        {
          UserName: '=cmd',
          AccessKeyId: 'AKIAI44QH8DHBEXAMPLE',
          Status: 'Inactive',
          CreateDate: '2026-11-01T20:00:00Z',
          LastUsed: { Kind: 'unknown', Reason: 'not allowed, says IAM' },
        },
      ],
    });
    expect(JSON.parse(await format([], { output: 'json' }))).toEqual({ AccessKeys: [] });
  });

  it('is an element a line in jsonl', async () => {
    const lines = (await format(keys, { output: 'jsonl' })).trimEnd().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { AccessKeyId: string }).AccessKeyId)).toEqual([
      'AKIAIOSFODNN7EXAMPLE',
      'AKIAI44QH8DHBEXAMPLE',
    ]);
    expect(await format([], { output: 'jsonl' })).toBe('');
  });

  it('has the same columns in csv whatever the keys are', async () => {
    const header =
      'UserName,AccessKeyId,Status,CreateDate,LastUsed.Kind,LastUsed.LastUsedDate,LastUsed.Region,LastUsed.ServiceName,LastUsed.Reason\n';
    expect(await format([], { output: 'csv' })).toBe(header);
    expect(await format(keys, { output: 'csv' })).toBe(
      `${header}alice,AKIAIOSFODNN7EXAMPLE,Active,2026-11-01T20:00:00Z,used,2026-11-21T10:00:00Z,us-east-1,s3,\n` +
        `'=cmd,AKIAI44QH8DHBEXAMPLE,Inactive,2026-11-01T20:00:00Z,unknown,,,,"not allowed, says IAM"\n`,
    );
  });

  it('is what a query makes of it', async () => {
    const query = await readQuery('AccessKeys[].AccessKeyId');
    expect(await format(keys, { output: 'text', query })).toBe('AKIAIOSFODNN7EXAMPLE\tAKIAI44QH8DHBEXAMPLE\n');
    expect(JSON.parse(await format(keys, { output: 'json', query }))).toEqual(keys.map((key) => key.AccessKeyId));
    expect(await format(keys, { output: 'jsonl', query })).toBe('"AKIAIOSFODNN7EXAMPLE"\n"AKIAI44QH8DHBEXAMPLE"\n');
  });

  it('comes as its elements do, so that a reader need not wait for the end', async () => {
    let taken = 0;
    async function* stream() {
      await Promise.resolve();
      for (const key of keys) {
        taken += 1;
        yield key;
      }
    }
    const pieces = formatList(stream(), describeAccessKeys(now), { output: 'jsonl', look });
    await pieces.next();
    expect(taken).toBe(1);
  });
});

describe('an answer that is one object', () => {
  const answer = {
    document: { AccessKey: { AccessKeyId: 'AKIA1' } },
    row: { AccessKeyId: 'AKIA1' },
    table: 'a table\n',
  };

  it.each([
    ['table', 'a table\n'],
    ['json', '{\n  "AccessKey": {\n    "AccessKeyId": "AKIA1"\n  }\n}\n'],
    ['jsonl', '{"AccessKey":{"AccessKeyId":"AKIA1"}}\n'],
    ['csv', 'AccessKeyId\nAKIA1\n'],
    ['text', 'ACCESSKEY\tAKIA1\n'],
  ] as const)('is printed as %s', (output, text) => {
    expect(formatAnswer(answer, { output, look })).toBe(text);
  });
});
