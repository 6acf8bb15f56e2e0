import { describe, expect, it } from 'vitest';
import { AwsFault } from '../../../src/protocol/fault.ts';
import { readJsonInput } from '../../../src/protocol/json-input.ts';
import { Secret } from '../../../src/secret.ts';
import { toy } from './toy-model.ts';

const read = (body: string) => readJsonInput(toy, 'Play', Buffer.from(body));

function catchFault(body: string): AwsFault {
  try {
    read(body);
  } catch (error) {
    if (error instanceof AwsFault) return error;
    throw error;
  }
  throw new Error(`${body} was read`);
}

describe('readJsonInput', () => {
  it('reads every kind of shape', () => {
    const input = read(
      JSON.stringify({
        Text: 'one',
        Count: -3,
        Flag: false,
        Time: 1_569_534_789.046,
        Bytes: 'aGk=',
        Words: ['ab', null],
        Boxes: [{ Words: [], Inner: { Count: 1, Other: 2 } }],
        Labels: { ab: 1, none: null },
      }),
    );
    expect(input).toEqual({
      Text: 'one',
      Count: -3,
      Flag: false,
      Time: new Date('2019-09-26T21:53:09.046Z'),
      Bytes: Buffer.from('hi'),
      Words: ['ab', undefined],
      Boxes: [{ Words: [], Inner: { Count: 1 } }],
      Labels: { ab: 1 },
    });
  });

  it('holds what is sensitive as a secret', () => {
    const { Password } = read('{"Password":"open sesame"}');
    expect(Password).toBeInstanceOf(Secret);
    expect(String(Password)).toBe('***');
  });

  it('ignores nulls, unknown members and what objects have by themselves', () => {
    expect(read('{"Text":null,"Unknown":{"a":[1]},"toString":1,"__proto__":{"Count":1}}')).toEqual({});
    expect(readJsonInput(toy, 'Rest', Buffer.from('{"Text":"one"}'))).toEqual({});
  });

  it.each(['', '{', 'null', '"x"', '7', '{"Text":"one",}', '\u00ff{}'])(
    'refuses the body %j without a message',
    (body) => {
      expect(catchFault(body)).toMatchObject({ code: 'MalformedInput', message: '' });
    },
  );

  it.each([
    ['[]', 'Start of list found where not expected'],
    ['{"Text":["one"]}', 'Start of list found where not expected'],
    ['{"Text":{}}', 'Start of structure or map found where not expected.'],
    ['{"Text":1}', 'NUMBER_VALUE can not be converted to a String'],
    ['{"Text":true}', 'TRUE_VALUE can not be converted to a String'],
    ['{"Count":"1"}', 'STRING_VALUE can not be converted to an Integer'],
    ['{"Count":1.5}', 'NUMBER_VALUE can not be converted to an Integer'],
    ['{"Flag":"true"}', 'STRING_VALUE can not be converted to a Boolean'],
    ['{"Time":"2020-01-01T00:00:00Z"}', 'STRING_VALUE can not be converted to a Timestamp'],
    ['{"Time":1e300}', 'NUMBER_VALUE can not be converted to a Timestamp'],
    ['{"Bytes":1}', 'NUMBER_VALUE can not be converted to a Blob'],
    ['{"Words":"ab"}', 'Expected list or null'],
    ['{"Boxes":["ab"]}', 'Expected structure or null'],
    ['{"Labels":[]}', 'Start of list found where not expected'],
  ])('refuses %s', (body, message) => {
    expect(catchFault(body)).toMatchObject({ code: 'MalformedInput', status: 400, message });
  });
});
