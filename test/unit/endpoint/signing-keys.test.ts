import { describe, expect, it } from 'vitest';
import { SigningKeys } from '../../../src/endpoint/signing-keys.ts';
import { Secret } from '../../../src/secret.ts';
import { deriveSigningKey } from '../../../src/sigv4/signing-key.ts';

const secret = new Secret('wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY');
const scope = { date: '20261123', region: 'us-east-1', service: 'iam' };

describe('signing keys', () => {
  it('are derived once for a scope', () => {
    const keys = new SigningKeys(2);
    const key = keys.find('A', secret, scope);
    expect(key.equals(deriveSigningKey(secret.reveal(), scope))).toBe(true);
    expect(keys.find('A', secret, { ...scope })).toBe(key);
    for (const other of [{ date: '20261124' }, { region: 'eu-west-1' }, { service: 'sts' }]) {
      expect(keys.find('A', secret, { ...scope, ...other }).equals(key)).toBe(false);
    }
  });

  it('make room for others, the oldest first', () => {
    const keys = new SigningKeys(2);
    const [a, b] = ['A', 'B'].map((id) => keys.find(id, secret, scope));
    keys.find('C', secret, scope);
    expect(keys.find('B', secret, scope)).toBe(b);
    expect(keys.find('A', secret, scope)).not.toBe(a);
  });

  it('are kept for a bounded number of scopes', () => {
    const keys = new SigningKeys(2);
    const first = keys.find('A', secret, scope);
    for (let day = 10; day < 26; day++) keys.find('A', secret, { ...scope, date: `202701${day}` });
    expect(keys.find('A', secret, scope)).not.toBe(first);
  });

  it('are forgotten for one access key or for all', () => {
    const keys = new SigningKeys(2);
    const [a, b] = ['A', 'B'].map((id) => keys.find(id, secret, scope));
    keys.drop('A');
    expect(keys.find('B', secret, scope)).toBe(b);
    expect(keys.find('A', secret, scope)).not.toBe(a);
    keys.clear();
    expect(keys.find('B', secret, scope)).not.toBe(b);
  });
});
