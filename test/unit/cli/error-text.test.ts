import { describe, expect, it } from 'vitest';
import { exitCodeOf } from '../../../src/cli/exit-code.ts';
import { formatError } from '../../../src/cli/output/error-text.ts';
import { AwsError, KeyturnError, type ErrorCode } from '../../../src/errors.ts';

const refusal = new AwsError('ERR_NO_SUCH_ENTITY', 'The user with name bob cannot be found.', {
  awsCode: 'NoSuchEntity',
  status: 404,
  requestId: 'r-1',
  hint: 'check the name',
});

describe('formatError', () => {
  it('says what happened and what to do next, in two lines', () => {
    expect(formatError(refusal, { json: false, debug: false })).toBe(
      'error: The user with name bob cannot be found. (NoSuchEntity, 404, request r-1)\n  check the name\n',
    );
  });

  it('says the status once', () => {
    const error = new AwsError('ERR_NOT_IAM', 'HTTP 200 and a web page', { status: 200, hint: 'check the URL' });
    expect(formatError(error, { json: false, debug: false })).toBe('error: HTTP 200 and a web page\n  check the URL\n');
  });

  it('is an object in one line where the output is JSON', () => {
    const text = formatError(refusal, { json: true, debug: false });
    expect(text.split('\n')).toHaveLength(2);
    expect(JSON.parse(text)).toEqual({
      error: {
        code: 'ERR_NO_SUCH_ENTITY',
        awsCode: 'NoSuchEntity',
        status: 404,
        requestId: 'r-1',
        message: 'The user with name bob cannot be found.',
        hint: 'check the name',
      },
    });
  });

  it('leaves out what an error does not have', () => {
    const text = formatError(new KeyturnError('ERR_USAGE', 'no'), { json: true, debug: false });
    expect(JSON.parse(text)).toEqual({ error: { code: 'ERR_USAGE', message: 'no', hint: 'see keyturn --help' } });
  });

  it('shows a stack, and the stack of the cause, for --debug alone', () => {
    const error = new KeyturnError('ERR_FILE', 'cannot write', { cause: new Error('ENOSPC') });
    expect(formatError(error, { json: false, debug: false })).not.toContain('    at ');
    expect(formatError(error, { json: false, debug: true })).toMatch(
      /KeyturnError: cannot write[^]* {4}at [^]*caused by Error: ENOSPC/,
    );
  });

  it('has something to do next for what is nobody’s plan', () => {
    expect(formatError(new TypeError('x is not a function'), { json: false, debug: false })).toContain('--debug');
    expect(formatError('text', { json: false, debug: false })).toMatch(/^error: text\n {2}\S/);
  });

  it('lets no control characters through', () => {
    expect(formatError(new Error('a\u001b[31m\nb'), { json: false, debug: false })).not.toContain('\u001b');
  });
});

describe('exitCodeOf', () => {
  it.each<[ErrorCode, number]>([
    ['ERR_USAGE', 2],
    ['ERR_CALLER', 2],
    ['ERR_REFUSED', 4],
    ['ERR_QUOTA', 4],
    ['ERR_INTERRUPTED', 130],
    ['ERR_FILE', 1],
    ['ERR_NETWORK', 1],
    ['ERR_UNKNOWN_OUTCOME', 1],
  ])('of %s is %i', (code, exitCode) => {
    expect(exitCodeOf(new KeyturnError(code, 'x'))).toBe(exitCode);
  });

  it('of anything else is 1', () => {
    expect(exitCodeOf(new Error('x'))).toBe(1);
  });
});
