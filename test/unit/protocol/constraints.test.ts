import { describe, expect, expectTypeOf, it } from 'vitest';
import { iam, sts } from '../../../src/endpoint/model/overlay.ts';
import { requireValid } from '../../../src/protocol/constraints.ts';
import { AwsFault } from '../../../src/protocol/fault.ts';
import type { InputOf, OutputOf, ServiceModel } from '../../../src/protocol/model.ts';
import { Secret } from '../../../src/secret.ts';
import { toy } from './toy-model.ts';

type Input = Readonly<Record<string, unknown>>;

function explain(model: ServiceModel, operation: string, input: Input): string | undefined {
  try {
    requireValid(model, operation, input);
    return undefined;
  } catch (error) {
    if (!(error instanceof AwsFault)) throw error;
    expect(error).toMatchObject({ code: 'ValidationError', status: 400, fault: 'Sender' });
    return error.message;
  }
}

const one = (violation: string) => `1 validation error detected: ${violation}`;
const at = (path: string, rule: string) => `Value at '${path}' failed to satisfy constraint: Member must ${rule}`;
const tagPattern = '[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]';
const badName = 'is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-';
const badPath =
  'is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.';
const badPrefix =
  'The specified value for pathPrefix is invalid. It must begin with the / character and contain only alphanumeric characters and/or / characters.';

describe('requireValid, in IAM', () => {
  it.each<[string, Input]>([
    ['GetUser', {}],
    ['GetUser', { UserName: 'a'.repeat(128) }],
    ['CreateUser', { UserName: 'Az09+=,.@_-', Path: '/', Tags: [] }],
    ['CreateUser', { UserName: 'a'.repeat(64), Path: '/a//b/' }],
    ['ListUsers', { PathPrefix: '/', MaxItems: 1 }],
    ['ListUsers', { PathPrefix: '/~\u007F', MaxItems: 1000, Marker: 'ÿ' }],
    ['TagUser', { UserName: 'a', Tags: [{ Key: 'é ', Value: '' }] }],
    ['TagUser', { UserName: 'a', Tags: Array.from({ length: 50 }, (_, i) => ({ Key: `k${i}`, Value: 'v' })) }],
    ['UntagUser', { UserName: 'a', TagKeys: ['a'.repeat(128)] }],
    ['TagUser', { UserName: 'a', Tags: [{ Key: '\u{20000}'.repeat(128), Value: '\u{20000}'.repeat(256) }] }],
    ['UpdateAccessKey', { AccessKeyId: 'a'.repeat(16), Status: 'Expired' }],
    ['GetAccountSummary', {}],
  ])('accepts %s %j', (operation, input) => {
    expect(explain(iam, operation, input)).toBeUndefined();
  });

  it.each<[string, Input, string]>([
    ['CreateUser', {}, one(at('userName', 'not be null'))],
    ['GetUser', { UserName: '' }, one(at('userName', 'have length greater than or equal to 1'))],
    ['GetUser', { UserName: 'a'.repeat(129) }, one(at('userName', 'have length less than or equal to 128'))],
    ['CreateUser', { UserName: 'a'.repeat(65) }, one(at('userName', 'have length less than or equal to 64'))],
    ['GetUser', { UserName: 'a/b' }, `The specified value for userName ${badName}`],
    ['GetUser', { UserName: 'a\n' }, `The specified value for userName ${badName}`],
    ['GetUser', { UserName: 'é' }, `The specified value for userName ${badName}`],
    ['UpdateUser', { UserName: 'a', NewUserName: 'b c' }, `The specified value for newUserName ${badName}`],
    ['UpdateUser', { UserName: 'a', NewPath: 'b/' }, `The specified value for newPath ${badPath}`],
    ...['/team', 'team/', '/ space/', '/del\u007f/', '/é/', '//', '/team/\n', '/line\n/', ''].map(
      (Path): [string, Input, string] => [
        'CreateUser',
        { UserName: 'a', Path },
        `The specified value for path ${badPath}`,
      ],
    ),
    [
      'CreateUser',
      { UserName: 'a', Path: `/${'a'.repeat(511)}/` },
      one(at('path', 'have length less than or equal to 512')),
    ],
    ['ListUsers', { PathPrefix: '' }, badPrefix],
    ['ListUsers', { PathPrefix: 'team' }, badPrefix],
    ['ListUsers', { PathPrefix: '/bad path/' }, badPrefix],
    [
      'ListUsers',
      { PathPrefix: `/${'a'.repeat(511)}/` },
      one(at('pathPrefix', 'have length less than or equal to 512')),
    ],
    ['ListUsers', { MaxItems: 0 }, one(at('maxItems', 'have value greater than or equal to 1'))],
    ['ListUsers', { MaxItems: 1001 }, one(at('maxItems', 'have value less than or equal to 1000'))],
    [
      'ListUsers',
      { Marker: '' },
      `2 validation errors detected: ${at('marker', 'have length greater than or equal to 1')}; ${at('marker', 'satisfy regular expression pattern: [\\u0020-\\u00FF]+')}`,
    ],
    ['DeleteAccessKey', { AccessKeyId: 'AKIA' }, one(at('accessKeyId', 'have length greater than or equal to 16'))],
    [
      'DeleteAccessKey',
      { AccessKeyId: 'A'.repeat(129) },
      one(at('accessKeyId', 'have length less than or equal to 128')),
    ],
    [
      'DeleteAccessKey',
      { AccessKeyId: 'AKIAIOSFODNN7EXAMPL-' },
      'The specified value for accessKeyId is invalid. It must contain only alphanumeric characters.',
    ],
    ['UpdateAccessKey', { AccessKeyId: 'A'.repeat(20), Status: 'Gone' }, one(at('status', 'satisfy enum value set'))],
    [
      'UpdateAccessKey',
      {},
      `2 validation errors detected: ${at('accessKeyId', 'not be null')}; ${at('status', 'not be null')}`,
    ],
  ])('refuses %s %j', (operation, input, message) => {
    expect(explain(iam, operation, input)).toBe(message);
  });

  // What AWS answered to TagUser and UntagUser in September 2026.
  it.each<[string, unknown, string]>([
    [
      'an empty tag',
      [{}],
      `2 validation errors detected: ${at('tags.1.member.value', 'not be null')}; ${at('tags.1.member.key', 'not be null')}`,
    ],
    ['a tag without a value', [{ Key: 'k' }], one(at('tags.1.member.value', 'not be null'))],
    [
      'a key of the wrong form',
      [{ Key: 'bad#key', Value: '' }],
      one(at('tags.1.member.key', `satisfy regular expression pattern: ${tagPattern}+`)),
    ],
    [
      'a value of the wrong form',
      [{ Key: 'k', Value: 'bad\nvalue' }],
      one(at('tags.1.member.value', `satisfy regular expression pattern: ${tagPattern}*`)),
    ],
    [
      'a long key',
      [{ Key: 'é'.repeat(129), Value: '' }],
      one(at('tags.1.member.key', 'have length less than or equal to 128')),
    ],
    [
      'an empty key',
      [{ Key: '', Value: '' }],
      `2 validation errors detected: ${at('tags.1.member.key', 'have length greater than or equal to 1')}; ${at('tags.1.member.key', `satisfy regular expression pattern: ${tagPattern}+`)}`,
    ],
    [
      'more tags than fifty, the last one bad',
      [...Array.from({ length: 50 }, (_, i) => ({ Key: `k${i}`, Value: '' })), { Key: '#', Value: '' }],
      `2 validation errors detected: ${at('tags', 'have length less than or equal to 50')}; ${at('tags.51.member.key', `satisfy regular expression pattern: ${tagPattern}+`)}`,
    ],
  ])('refuses %s', (_, Tags, message) => {
    expect(explain(iam, 'TagUser', { UserName: 'a', Tags })).toBe(message);
  });

  it('reports a list of scalars once, with all its rules', () => {
    const rules = `[Member must have length less than or equal to 128, Member must have length greater than or equal to 1, Member must satisfy regular expression pattern: ${tagPattern}+, Member must not be null]`;
    const message = one(at('tagKeys', `satisfy constraint: ${rules}`));
    for (const TagKeys of [[''], ['bad#', 'k', 'bad*'], ['k', undefined]]) {
      expect(explain(iam, 'UntagUser', { UserName: 'a', TagKeys })).toBe(message);
    }
  });

  it('reports ten violations and no more', () => {
    const Tags = Array.from({ length: 11 }, () => ({}));
    const message = explain(iam, 'TagUser', { UserName: 'a', Tags });
    expect(message).toMatch(/^10 validation errors detected: /);
    expect(message?.split('; ')).toHaveLength(10);
    expect(message).toMatch(/'tags\.5\.member\.key'[^;]*$/);
  });
});

describe('requireValid, elsewhere', () => {
  it('repeats the value where the service does', () => {
    expect(explain(sts, 'GetAccessKeyInfo', { AccessKeyId: 'a'.repeat(15) + ':' })).toBe(
      "1 validation error detected: Value 'aaaaaaaaaaaaaaa:' at 'accessKeyId' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w]*",
    );
    expect(explain(sts, 'GetAccessKeyInfo', {})).toBe(
      "1 validation error detected: Value null at 'accessKeyId' failed to satisfy constraint: Member must not be null",
    );
    expect(explain({ ...toy, echoesValues: true }, 'Play', { Text: 'one', Words: ['ab', 'c'] })).toContain(
      "Value '[ab, c]' at 'words'",
    );
    const boxes = { Text: 'one', Boxes: [{ Words: ['ab'], Inner: { Count: 1 } }, 7] };
    const model = { ...toy, echoesValues: true, shapes: { ...toy.shapes, boxes: { ...toy.shapes.boxes, max: 1 } } };
    expect(explain(model, 'Play', boxes)).toContain("Value '[{words=[ab], inner={count=1}}, 7]' at 'boxes'");
  });

  it('never repeats a secret', () => {
    const message = explain({ ...toy, echoesValues: true }, 'Play', { Text: 'one', Password: new Secret('short') });
    expect(message).toContain("Value '***' at 'password'");
  });

  it('looks into structures and lists of numbers', () => {
    const input = { Text: 'two', Counts: [1, 9], Boxes: [{ Inner: { Count: -6 }, Words: [] }] };
    expect(explain(toy, 'Play', input)).toBe(
      `3 validation errors detected: ${at('counts', 'satisfy constraint: [Member must have value less than or equal to 5, Member must have value greater than or equal to -5, Member must not be null]')}; ${at('boxes.1.member.words', 'have length greater than or equal to 1')}; ${at('boxes.1.member.inner.count', 'have value greater than or equal to -5')}`,
    );
  });

  it('asks nothing of an operation without input', () => {
    expect(explain(toy, 'Rest', { Text: 'three' })).toBeUndefined();
  });

  it('takes time in proportion to the value', () => {
    const UserName = '+'.repeat(1_000_000);
    const start = performance.now();
    expect(explain(iam, 'GetUser', { UserName })).toBe(one(at('userName', 'have length less than or equal to 128')));
    expect(explain(iam, 'CreateUser', { UserName: 'a', Path: `/${UserName}` })).toContain('value for path is invalid');
    expect(explain(iam, 'TagUser', { UserName: 'a', Tags: [{ Key: UserName, Value: `${UserName}#` }] })).toBeDefined();
    expect(performance.now() - start).toBeLessThan(2000);
  });
});

describe('the types of a table', () => {
  it('are those of its shapes', () => {
    expectTypeOf<InputOf<typeof iam, 'UpdateAccessKey'>>().toEqualTypeOf<
      { readonly AccessKeyId: string; readonly Status: 'Active' | 'Inactive' | 'Expired' } & {
        readonly UserName?: string | undefined;
      }
    >();
    expectTypeOf<OutputOf<typeof iam, 'UpdateAccessKey'>>().toEqualTypeOf<undefined>();
    expectTypeOf<OutputOf<typeof iam, 'CreateAccessKey'>['AccessKey']['SecretAccessKey']>().toEqualTypeOf<Secret>();
    expectTypeOf<OutputOf<typeof iam, 'ListUsers'>['Users'][number]['CreateDate']>().toEqualTypeOf<Date>();
    expectTypeOf<InputOf<typeof toy, 'Play'>['Labels']>().toEqualTypeOf<Readonly<Record<string, number>> | undefined>();
    expectTypeOf<InputOf<typeof toy, 'Rest'>>().toEqualTypeOf<Readonly<Record<string, never>>>();
  });
});
