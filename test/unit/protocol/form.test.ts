import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AwsFault } from '../../../src/protocol/fault.ts';
import { parseForm } from '../../../src/protocol/form.ts';

describe('parseForm', () => {
  it.each([
    ['', {}],
    ['&&', {}],
    ['a', { a: '' }],
    ['a=', { a: '' }],
    ['=b', { '': 'b' }],
    ['a=b=c', { a: 'b=c' }],
    ['a=1&a=2&%61=3', { a: '1' }],
    ['a+b=c+d%2B', { 'a b': 'c d+' }],
    ['%E2%82%AC=%F0%9F%94%91', { '€': '🔑' }],
    ['__proto__=x', { ['__proto__']: 'x' }],
  ])('reads %j', (text, expected) => {
    expect(Object.fromEntries(parseForm(text))).toEqual(expected);
  });

  it.each(['a=%', 'a=%4', 'a=%zz', '%=a', 'a=%ff', 'a=%c3%28', 'a=%ED%A0%80'])('refuses %j', (text) => {
    expect(() => parseForm(text)).toThrow(
      expect.objectContaining({ code: 'MalformedInput', status: 400, fault: 'Sender' }) as AwsFault,
    );
  });

  it('reads what URLSearchParams and encodeURIComponent write', () => {
    const text = fc.string({ unit: 'binary' }).filter((string) => string.isWellFormed());
    fc.assert(
      fc.property(fc.uniqueArray(fc.tuple(text, text), { selector: ([name]) => name }), (pairs) => {
        const expected = new Map(pairs);
        expect(parseForm(new URLSearchParams(pairs).toString())).toEqual(expected);
        const escaped = pairs.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`);
        expect(parseForm(escaped.join('&'))).toEqual(expected);
      }),
    );
  });

  it('throws nothing but AwsFault', () => {
    const unit = fc.constantFrom('%', '&', '=', '+', '.', 'a', '2', 'F', '\u0000', 'é', '\ud800');
    fc.assert(
      fc.property(fc.string({ unit }), (text) => {
        try {
          parseForm(text);
        } catch (error) {
          expect(error).toBeInstanceOf(AwsFault);
        }
      }),
    );
  });
});
