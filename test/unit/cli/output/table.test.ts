import { describe, expect, it } from 'vitest';
import type { LastUsed } from '../../../../src/iam/index.ts';
import { describeAccessKeys, type AccessKeyElement } from '../../../../src/cli/output/access-keys.ts';
import { measureWidth } from '../../../../src/cli/output/display-width.ts';
import { formatRecord, layTable, type Look } from '../../../../src/cli/output/table.ts';

const now = new Date('2026-11-21T20:00:00Z');
const used: LastUsed = {
  Kind: 'used',
  LastUsedDate: new Date('2026-11-21T10:00:00Z'),
  Region: 'us-east-1',
  ServiceName: 'iam',
};

function makeKey(UserName: string, LastUsed: LastUsed = used): AccessKeyElement {
  return {
    UserName,
    AccessKeyId: 'AKIARZPUZDIKABCDEFGH',
    Status: 'Active',
    CreateDate: new Date('2026-01-01T00:00:00Z'),
    LastUsed,
  };
}

async function lay(keys: readonly AccessKeyElement[], look: Partial<Look> = {}): Promise<string[]> {
  const { columns, toRow } = describeAccessKeys(now);
  async function* rows() {
    await Promise.resolve();
    yield* keys.map(toRow);
  }
  let text = '';
  for await (const piece of layTable(columns, rows(), { width: 80, colour: false, ...look })) text += piece;
  return text.split('\n').slice(0, -1);
}

describe('the table of access keys', () => {
  it('shows id, user, status, age and last use', async () => {
    expect(await lay([makeKey('alice'), makeKey('bob', { Kind: 'never' })])).toEqual([
      'access key id         user   status  age   last used',
      'AKIARZPUZDIKABCDEFGH  alice  Active  324d  2026-11-21 iam us-east-1',
      'AKIARZPUZDIKABCDEFGH  bob    Active  324d  never',
    ]);
  });

  it.each([80, 70, 60, 50, 30])('keeps every line within %i columns', async (width) => {
    const unknown: LastUsed = {
      Kind: 'unknown',
      Reason: 'User: arn:aws:iam::123456789012:user/alice is not authorized',
    };
    const lines = await lay(
      [makeKey('a-user-with-a-name-of-sixty-characters-as-some-machines-have'), makeKey('山田太郎さん', unknown)],
      { width },
    );
    expect(Math.max(...lines.map(measureWidth))).toBeLessThanOrEqual(width);
    expect(lines.filter((line) => line.includes('AKIARZPUZDIKABCDEFGH'))).toHaveLength(2);
  });

  it('stacks the cells where they cannot stand side by side', async () => {
    expect(await lay([makeKey('alice')], { width: 50 })).toEqual([
      'AKIARZPUZDIKABCDEFGH',
      '  user alice',
      '  status Active',
      '  age 324d',
      '  last used 2026-11-21 iam us-east-1',
    ]);
  });

  it('cuts nothing where nothing has to fit', async () => {
    const name = 'x'.repeat(64);
    const keys = [...Array.from({ length: 120 }, () => makeKey('alice')), makeKey(name)];
    expect((await lay(keys, { width: Infinity })).at(-1)).toContain(name);
  });

  it('prints nothing for no rows', async () => {
    expect(await lay([])).toEqual([]);
  });

  it('colours only where it may', async () => {
    const never = [makeKey('alice', { Kind: 'never' })];
    expect((await lay(never, { colour: true })).join('')).toContain('\u001b[');
    expect((await lay(never)).join('')).not.toContain('\u001b');
  });

  it('shows what is not known of a key as not known', async () => {
    const [, row] = await lay([
      { AccessKeyId: 'AKIARZPUZDIKABCDEFGH', LastUsed: { Kind: 'unknown', Reason: 'denied' } },
    ]);
    expect(row).toBe('AKIARZPUZDIKABCDEFGH  ?     ?       ?    unknown: denied');
  });
});

describe('formatRecord', () => {
  it('sets names and values under one another', () => {
    expect(
      formatRecord([
        ['user id', 'AIDA'],
        ['arn', 'arn:aws'],
      ]),
    ).toBe('user id  AIDA\narn      arn:aws\n');
  });
});
