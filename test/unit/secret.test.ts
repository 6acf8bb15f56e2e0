import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { Secret } from '../../src/secret.ts';

const value = 'wJalrXUtnFEMIsecretNOBODYmaySEEthisKEY00';
const secret = new Secret(value);

describe('a secret', () => {
  it.each([
    ['a template', `${secret.toString()} ${String(secret)}`],
    ['JSON', JSON.stringify({ secret })],
    ['a printed object', inspect({ nested: { secret } }, { depth: Infinity, showHidden: true })],
    ['an error', inspect(new Error('x', { cause: { secret } }), { depth: Infinity, showHidden: true })],
    ['its keys', Object.keys(secret).concat(Object.getOwnPropertyNames(secret)).join()],
    ['a copy', JSON.stringify(structuredClone(Object.fromEntries(Object.entries(secret))))],
  ])('does not show in %s', (_where, shown) => {
    expect(shown.includes(value)).toBe(false);
  });

  it('prints as three stars', () => {
    expect(String(secret)).toBe('***');
    expect(JSON.stringify(secret)).toBe('"***"');
    expect(inspect(secret)).toBe('***');
  });

  it('is told to who asks for it', () => {
    expect(secret.reveal() === value).toBe(true);
  });
});
