import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readReport } from '../../../../src/fleet/collect/report.ts';

const columns =
  'user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,password_next_rotation,mfa_active,access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,access_key_1_last_used_region,access_key_1_last_used_service,access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date,access_key_2_last_used_region,access_key_2_last_used_service,cert_1_active,cert_1_last_rotated,cert_2_active,cert_2_last_rotated'.split(
    ',',
  );

const bob: Record<string, string> = {
  user: 'bob',
  arn: 'arn:aws:iam::123456789012:user/bob',
  user_creation_time: '2024-01-02T03:04:05+00:00',
  password_enabled: 'TRUE',
  password_last_used: 'no_information',
  password_last_changed: '2025-01-02T03:04:05Z',
  password_next_rotation: 'N/A',
  mfa_active: 'false',
  access_key_1_active: 'true',
  access_key_1_last_rotated: '2024-02-02T03:04:05Z',
  access_key_1_last_used_date: '2026-10-02T03:00:00+00:00',
  access_key_1_last_used_region: 'eu-west-1',
  access_key_1_last_used_service: 's3',
  access_key_2_active: 'false',
  access_key_2_last_rotated: 'N/A',
  access_key_2_last_used_date: 'N/A',
  access_key_2_last_used_region: 'N/A',
  access_key_2_last_used_service: 'N/A',
};

function write(names: readonly string[], row: Readonly<Record<string, string>>, end = '\n'): Uint8Array {
  return Buffer.from([names.join(','), names.map((name) => row[name] ?? 'N/A').join(',')].join(end));
}

function readOne(row: Readonly<Record<string, string>> = {}, names: readonly string[] = columns) {
  const [read, ...more] = readReport(write(names, { ...bob, ...row }));
  expect(more).toEqual([]);
  if (read === undefined) throw new Error('there is no row');
  return read;
}

describe('a row of the credential report', () => {
  it('has what AWS writes, in both forms of times and of words', () => {
    expect(readOne()).toMatchObject({
      UserName: 'bob',
      isRoot: false,
      CreateDate: new Date('2024-01-02T03:04:05Z'),
      password: { isEnabled: true, LastChanged: new Date('2025-01-02T03:04:05Z') },
      isMfaActive: false,
      mayHaveMore: false,
      slots: [
        {
          Status: 'Active',
          lastRotated: new Date('2024-02-02T03:04:05Z'),
          LastUsed: { Kind: 'used', LastUsedDate: new Date('2026-10-02T03:00:00Z'), Region: 'eu-west-1' },
        },
      ],
    });
  });

  it('is read whatever the order of the columns is, and whatever others there are', () => {
    const shuffled = fc.shuffledSubarray([...columns, 'new_column', 'other'], { minLength: columns.length + 2 });
    fc.assert(
      fc.property(shuffled, fc.constantFrom('\n', '\r\n'), (names, end) => {
        const [row] = readReport(write(names, bob, end));
        expect(row).toEqual(readOne());
      }),
    );
  });

  it('says unknown of what is missing, and never "never" or "no"', () => {
    const without = (...names: string[]) => columns.filter((column) => !names.includes(column));
    expect(readOne({}, without('access_key_1_last_used_date')).slots[0]?.LastUsed).toEqual({
      Kind: 'unknown',
      Reason: 'the credential report has no column access_key_1_last_used_date',
    });
    expect(readOne({ access_key_1_last_used_date: 'no_information' }).slots[0]?.LastUsed.Kind).toBe('unknown');
    expect(readOne({ access_key_1_last_used_date: 'garbage' }).slots[0]?.LastUsed.Kind).toBe('unknown');
    expect(readOne({ access_key_1_last_used_date: 'N/A' }).slots[0]?.LastUsed.Kind).toBe('never');
    expect(readOne({}, without('mfa_active')).isMfaActive).toMatchObject({ Kind: 'unknown' });
    expect(readOne({ password_enabled: 'not_supported' }).password.isEnabled).toMatchObject({ Kind: 'unknown' });
    expect(readOne({}, without('access_key_2_active'))).toMatchObject({ mayHaveMore: true });
    expect(readOne({}, ['user'])).toMatchObject({ Arn: undefined, slots: [], mayHaveMore: true });
  });

  it('knows an Inactive key from no key', () => {
    const inactive = { access_key_2_active: 'false', access_key_2_last_rotated: '2024-03-02T03:04:05Z' };
    expect(readOne(inactive).slots.map(({ Status }) => Status)).toEqual(['Active', 'Inactive']);
  });

  it('may have more than two keys', () => {
    const names = [...columns, 'additional_credentials_info'];
    expect(readOne({ additional_credentials_info: '{"access_keys":1}' }, names).mayHaveMore).toBe(true);
    expect(readOne({ additional_credentials_info: 'N/A' }, names).mayHaveMore).toBe(false);
  });

  it('has key columns that change with the keys and the user, and with nothing else', () => {
    const { keyColumns } = readOne();
    for (const name of ['access_key_1_last_used_date', 'mfa_active', 'password_enabled']) {
      expect(readOne({ [name]: 'other' }).keyColumns).toBe(keyColumns);
    }
    const telling = ['active', 'last_rotated'].flatMap((what) => [`access_key_1_${what}`, `access_key_2_${what}`]);
    for (const name of [...telling, 'user_creation_time']) {
      expect(readOne({ [name]: '2026-01-01T00:00:00Z' }).keyColumns).not.toBe(keyColumns);
    }
  });

  it('is not there without a column of users', () => {
    expect(() => readReport(Buffer.from('name,arn\nbob,x'))).toThrow('no column named user');
    expect(() => readReport(new Uint8Array())).toThrow('no column named user');
    expect([...readReport(Buffer.from('\uFEFFUSER\r\n\r\nbob\r\n'))].map(({ UserName }) => UserName)).toEqual(['bob']);
  });
});
