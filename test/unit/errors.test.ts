import { describe, expect, it } from 'vitest';
import { AwsError, KeyturnError } from '../../src/errors.ts';

describe('KeyturnError', () => {
  it('carries its code, hint and cause', () => {
    const cause = new Error('why');
    const error = new KeyturnError('ERR_USAGE', 'what', { hint: 'what next', cause });
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({ name: 'KeyturnError', code: 'ERR_USAGE', message: 'what', hint: 'what next', cause });
  });

  it('has no cause where it was given none', () => {
    expect('cause' in new KeyturnError('ERR_USAGE', 'what')).toBe(false);
  });
});

describe('AwsError', () => {
  it('carries what AWS said, and is told apart by class and by code', () => {
    const options = { awsCode: 'NoSuchEntity', status: 404, requestId: 'r-1' };
    const error: KeyturnError = new AwsError('ERR_NO_SUCH_ENTITY', 'no such user', options);
    expect(error).toBeInstanceOf(KeyturnError);
    expect(error).toMatchObject({ name: 'AwsError', code: 'ERR_NO_SUCH_ENTITY', ...options });
    expect(JSON.parse(JSON.stringify(error))).toMatchObject({ code: 'ERR_NO_SUCH_ENTITY', ...options });
  });
});
