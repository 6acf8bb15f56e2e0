import { CreateUserCommand, IAMClient, type Tag } from '@aws-sdk/client-iam';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { iam, sts } from '../../../src/endpoint/model/overlay.ts';
import { requireValid } from '../../../src/protocol/constraints.ts';
import { AwsFault } from '../../../src/protocol/fault.ts';
import { parseForm } from '../../../src/protocol/form.ts';
import { readInput } from '../../../src/protocol/input.ts';
import { Secret } from '../../../src/secret.ts';
import { toy } from './toy-model.ts';

const play = (text: string) => readInput(toy, 'Play', parseForm(text));
const tag = (text: string) => readInput(iam, 'TagUser', parseForm(text)).Tags;

describe('readInput', () => {
  it('ignores what the shape does not have', () => {
    expect(play('Action=Play&Version=1&Text=one&text=two&Nothing.at.all=3')).toEqual({ Text: 'one' });
    expect(play('constructor=1&__proto__=2&toString.x=3')).toEqual({});
    expect(readInput(toy, 'Rest', parseForm('Text=one'))).toEqual({});
  });

  it.each([
    ['1', 1],
    ['01', 1],
    ['%2B1', 1],
    ['-1', -1],
    ['2147483647', 2147483647],
    ['-2147483648', -2147483648],
  ])('reads the integer %s', (text, expected) => {
    expect(play(`Count=${text}`)).toEqual({ Count: expected });
  });

  it('says of an empty integer that it is missing', () => {
    const message = 'missing value for decimal type';
    expect(() => play('Count=')).toThrow(expect.objectContaining({ code: 'MalformedInput', message }) as Error);
  });

  it.each([' 1', '1 ', '+1', '%091%0A', '1.0', '1e0', '0x1', '2147483648', '-2147483649', '9'.repeat(400), 'one'])(
    'refuses the integer %j',
    (text) => {
      expect(() => play(`Count=${text}`)).toThrow(
        expect.objectContaining({ code: 'MalformedInput', status: 400, message: '' }) as Error,
      );
    },
  );

  it.each([
    ['true', true],
    ['1', true],
    ['false', false],
    ['0', false],
  ])('reads the boolean %s', (text, expected) => {
    expect(play(`Flag=${text}`)).toEqual({ Flag: expected });
  });

  it.each(['', 'True', 'TRUE', 'False', ' true', 'true ', 'null', '2', 'yes'])('refuses the boolean %j', (text) => {
    expect(() => play(`Flag=${text}`)).toThrow(expect.objectContaining({ code: 'MalformedInput' }) as Error);
  });

  it('reads timestamps and blobs', () => {
    const Time = new Date('2024-03-11T14:18:54Z');
    expect(play('Time=2024-03-11T14:18:54Z&Bytes=AQID')).toEqual({ Time, Bytes: Buffer.from([1, 2, 3]) });
    expect(play('Time=2024-03-11T15:18:54.000%2B01:00&Bytes=')).toEqual({ Time, Bytes: Buffer.alloc(0) });
  });

  it.each(['Time=yesterday', 'Time=2024-03-11', 'Time=2024-13-11T14:18:54Z', 'Time=', 'Bytes=A', 'Bytes=AQ-_'])(
    'refuses %s',
    (text) => {
      expect(() => play(text)).toThrow(expect.objectContaining({ code: 'MalformedInput' }) as Error);
    },
  );

  it('holds what is sensitive as a secret', () => {
    const { Password } = play('Password=correct+horse');
    expect(Password).toBeInstanceOf(Secret);
    expect(Password instanceof Secret && Password.reveal()).toBe('correct horse');
  });

  it('reads maps', () => {
    expect(
      play('Labels.entry.1.key=ab&Labels.entry.1.value=1&Labels.entry.2.key=__proto__&Labels.entry.2.value=2'),
    ).toEqual({
      Labels: { ab: 1, ['__proto__']: 2 },
    });
    expect(play('Labels=')).toEqual({ Labels: {} });
  });

  it('reads lists within structures within lists', () => {
    const text = 'Boxes.member.1.Words.member.2=d&Boxes.member.1.Words.member.1=c&Boxes.member.2.Inner.Count=3';
    expect(play(text)).toEqual({ Boxes: [{ Words: ['c', 'd'] }, { Inner: { Count: 3 } }] });
  });

  it('reads a scalar as present when it is empty, and a list as empty', () => {
    expect(play('Text=&Words=&Boxes=')).toEqual({ Text: '', Words: [], Boxes: [] });
    expect(play('Words.other.1=x')).toEqual({});
  });

  // What AWS answered to TagUser and to lists of policies in September 2026.
  it.each([
    ['Tags.member.01.Key=k', [{ Key: 'k' }]],
    ['Tags.member.01.Key=k&Tags.member.1.Value=v', [{ Key: 'k', Value: 'v' }]],
    ['Tags.member.1.Key=k&Tags.member.01.Key=other', [{ Key: 'k' }]],
    ['Tags.member.1.Key=k&Tags.member.1.Unknown=x', [{ Key: 'k' }]],
    ['Tags.member.2.Key=k', [{}, { Key: 'k' }]],
    ['Tags.member.3.Key=b&Tags.member.1.Key=a', [{ Key: 'a' }, {}, { Key: 'b' }]],
    ['Tags.member.%2B1.Key=k', [{}]],
    ['Tags.member.one.Key=k', [{}]],
    ['Tags=', []],
    ['Tags.member.11.Key=k', [...Array.from({ length: 10 }, () => ({})), { Key: 'k' }]],
  ])('reads %s', (text, expected) => {
    expect(tag(text)).toEqual(expected);
  });

  it.each([
    ['Tags.member.0.Key=k', '0 is not a valid index'],
    ['Tags.member.-1.Key=k', "Key -1 may not have a leading '-'"],
    ['Tags.member.1.0.Key=k', 'Two index elements may not occur back to back'],
    ['Tags.member.12.Key=k', 'Excessively sparse input would skip 11 list elements'],
    ['Tags.member.49.Key=k', 'Excessively sparse input would skip 48 list elements'],
    ['Tags.member.1.Key=j&Tags.member.12.Key=k', 'Excessively sparse input would skip 11 list elements'],
    ['Tags.member.2147483648.Key=k', '2147483648 is not a valid index'],
    ['Tags=text', 'Unexpected list element termination'],
    ['Tags.member.1=text', 'Unexpected complex element termination'],
    ['UserName.member.1=text', 'Start of list found where not expected'],
  ])('refuses %s', (text, message) => {
    expect(() => tag(text)).toThrow(expect.objectContaining({ code: 'MalformedInput', message }) as Error);
  });

  it('refuses a nested name where a list has scalars', () => {
    const read = () => readInput(iam, 'UntagUser', parseForm('TagKeys.member.one=x'));
    expect(read).toThrow('Start of list found where not expected');
  });

  it('counts each leap of a list from the elements before it', () => {
    expect(play('Words.member.1=a&Words.member.8=b&Words.member.15=c')).toEqual({
      Words: ['a', ...Array<undefined>(6), 'b', ...Array<undefined>(6), 'c'],
    });
  });

  it('reads a list of a hundred thousand in proportion to its length', () => {
    const names = Array.from({ length: 100_000 }, (_, index) => `Tags.member.${index + 1}.Key=k`);
    // Comparing each with each would take ten thousand million steps, and longer than a test may.
    expect(tag(names.reverse().join('&'))).toHaveLength(100_000);
  });

  it('reads back what the AWS SDK writes', async () => {
    let body = '';
    const client = new IAMClient({
      region: 'us-east-1',
      credentials: { accessKeyId: 'AKIARZPUZDIKAAAAAAAA', secretAccessKey: 'none' },
      requestHandler: {
        handle: (request: { body: string }) => {
          body = request.body;
          return Promise.reject(new Error('not sent'));
        },
      },
      maxAttempts: 1,
    });
    const text = fc.string({ unit: 'binary' }).filter((string) => string.isWellFormed());
    const input = fc.record({
      UserName: text.filter((name) => name !== ''),
      Path: text,
      Tags: fc.array(fc.record({ Key: text, Value: text }), { minLength: 1, maxLength: 12 }),
    });
    await fc.assert(
      fc.asyncProperty(input, async (expected: { UserName: string; Path: string; Tags: Tag[] }) => {
        await expect(client.send(new CreateUserCommand(expected))).rejects.toThrow('not sent');
        expect(readInput(iam, 'CreateUser', parseForm(body))).toEqual(expected);
      }),
    );
  });

  it('throws nothing but AwsFault, for any form and any operation', () => {
    const part = fc.constantFrom(
      'Tags',
      'TagKeys',
      'member',
      'Key',
      'UserName',
      'MaxItems',
      '1',
      '0',
      '01',
      '-1',
      '12',
      'x',
      '',
    );
    const name = fc.array(part, { minLength: 1, maxLength: 6 }).map((parts) => parts.join('.'));
    const form = fc.array(fc.tuple(name, fc.oneof(fc.string(), fc.constantFrom('', '1', 'true', 'a'))));
    const operations = fc.constantFrom(
      ...Object.keys(iam.operations).map((operation) => [iam, operation] as const),
      ...Object.keys(sts.operations).map((operation) => [sts, operation] as const),
    );
    fc.assert(
      fc.property(operations, form, ([model, operation], pairs) => {
        try {
          requireValid(model, operation, readInput(model, operation, new Map(pairs)));
        } catch (error) {
          expect(error).toBeInstanceOf(AwsFault);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
