import { Secret } from '../secret.ts';
import { refuseMalformed } from './fault.ts';
import type { IntegerShape, PlainShape, StringShape } from './model.ts';

const booleans = new Map([
  ['true', true],
  ['1', true],
  ['false', false],
  ['0', false],
]);

/**
 * A parameter's text as the value its shape describes.
 *
 * Integers may have a sign and leading zeros but no space, fraction or exponent, and 32 bits; booleans are `true`,
 * `false`, `1` or `0` in just that case.
 *
 * @throws AwsFault MalformedInput, without a message as on AWS
 */
export function readScalar(shape: StringShape | IntegerShape | PlainShape, text: string): unknown {
  switch (shape.type) {
    case 'string':
      return shape.sensitive ? new Secret(text) : text;
    case 'integer':
      return readInteger(text);
    case 'boolean':
      return requirePresent(booleans.get(text));
    case 'timestamp':
      return readTimestamp(text);
    case 'blob':
      return readBlob(text);
  }
}

function readInteger(text: string): number {
  if (text === '') throw refuseMalformed('missing value for decimal type');
  const value = /^[+-]?\d+$/.test(text) ? Number(text) : undefined;
  const fits = value !== undefined && value >= -(2 ** 31) && value < 2 ** 31;
  return requirePresent(fits ? value : undefined);
}

/** ISO 8601 with a zone, as Smithy's `date-time`. */
function readTimestamp(text: string): Date {
  const form = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/;
  const time = form.test(text) ? Date.parse(text) : NaN;
  return requirePresent(Number.isNaN(time) ? undefined : new Date(time));
}

function readBlob(text: string): Uint8Array {
  const whole = text.length % 4 === 0 && /^[A-Za-z\d+/]*={0,2}$/.test(text);
  return requirePresent(whole ? Buffer.from(text, 'base64') : undefined);
}

function requirePresent<T>(value: T | undefined): T {
  if (value === undefined) throw refuseMalformed('');
  return value;
}
