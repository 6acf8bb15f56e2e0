import { describe, expect, it } from 'vitest';
import { AwsFault } from '../../../src/protocol/fault.ts';
import { writeJsonAnswer, writeJsonFault } from '../../../src/protocol/json.ts';
import { Secret } from '../../../src/secret.ts';
import { toy } from './toy-model.ts';

describe('writeJsonAnswer', () => {
  it('writes every kind of shape in the order of the table', () => {
    const text = writeJsonAnswer(toy, 'Play', {
      Labels: { ab: 1 },
      Boxes: [{ Inner: { Count: 1 }, Words: ['"<é'] }],
      Password: new Secret('open sesame'),
      Bytes: Buffer.from('hi'),
      Time: new Date('2019-09-26T21:53:09.046Z'),
      Flag: false,
      Count: 0,
      Text: 'one',
      NotInTheTable: 1,
    });
    expect(text).toBe(
      '{"Text":"one","Count":0,"Flag":false,"Time":1569534789.046,"Bytes":"aGk=","Password":"open sesame",' +
        '"Boxes":[{"Words":["\\"<é"],"Inner":{"Count":1}}],"Labels":{"ab":1}}',
    );
  });

  it('leaves out what is not there, and keeps what is empty', () => {
    expect(writeJsonAnswer(toy, 'Play', { Text: 'one', Count: undefined, Words: [], Labels: {} })).toBe(
      '{"Text":"one","Words":[],"Labels":{}}',
    );
    expect(writeJsonAnswer(toy, 'Rest', undefined)).toBe('{}');
    expect(writeJsonAnswer(toy, 'Play', undefined)).toBe('{}');
  });

  it('finds an answer that is not of its shape', () => {
    expect(() => writeJsonAnswer(toy, 'Play', { Words: 'ab' })).toThrow(TypeError);
    expect(() => writeJsonAnswer(toy, 'Play', { Boxes: ['ab'] })).toThrow(TypeError);
  });
});

describe('writeJsonFault', () => {
  it.each([
    ['SignatureDoesNotMatch', '{"__type":"InvalidSignatureException","message":"why"}'],
    ['InvalidClientTokenId', '{"__type":"UnrecognizedClientException","message":"why"}'],
    ['MissingAuthenticationToken', '{"__type":"MissingAuthenticationTokenException","message":"why"}'],
    ['AccessDenied', '{"__type":"AccessDeniedException","Message":"why"}'],
    ['ValidationError', '{"__type":"ValidationException","Message":"why"}'],
    ['AccountNotFoundException', '{"__type":"AccountNotFoundException","Message":"why"}'],
    ['InvalidAction', '{"__type":"UnknownOperationException"}'],
  ])('names %s as AWS JSON does', (code, text) => {
    expect(writeJsonFault(new AwsFault(code, 'why'))).toBe(text);
  });

  it('leaves an empty message out', () => {
    expect(writeJsonFault(new AwsFault('MalformedInput', ''))).toBe('{"__type":"SerializationException"}');
  });
});
