import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { AwsError } from '../../../src/errors.ts';
import { createAccessKey, deactivateAccessKey, getCallerIdentity, listAccessKeys } from '../../../src/iam/index.ts';
import { catchFailure, catchOne } from './catch-failure.ts';
import {
  answer,
  hangUp,
  listOf,
  newSecret,
  refuse,
  say,
  secretAccessKey,
  sessionToken,
  startScriptedIam,
  stayAway,
} from './scripted-iam.ts';
import type { Reply } from './scripted-iam.ts';

async function failWith(reply: Reply): Promise<AwsError> {
  await using iam = await startScriptedIam({ ListAccessKeys: reply });
  return await catchOne(AwsError, listAccessKeys(iam.connect({ maxAttempts: 1 }), { UserName: 'alice' }));
}

describe('a refusal of IAM', () => {
  it.each([
    ['NoSuchEntity', 404, 'ERR_NO_SUCH_ENTITY'],
    ['AccessDenied', 403, 'ERR_ACCESS_DENIED'],
    ['InvalidClientTokenId', 403, 'ERR_CREDENTIALS'],
    ['SignatureDoesNotMatch', 403, 'ERR_CREDENTIALS'],
    ['IncompleteSignature', 400, 'ERR_CREDENTIALS'],
    ['MissingAuthenticationToken', 403, 'ERR_CREDENTIALS'],
    ['ExpiredToken', 403, 'ERR_EXPIRED_CREDENTIALS'],
    ['RequestExpired', 400, 'ERR_CLOCK'],
    ['ValidationError', 400, 'ERR_INVALID_INPUT'],
    ['LimitExceeded', 409, 'ERR_CONFLICT'],
    ['EntityAlreadyExists', 409, 'ERR_CONFLICT'],
    ['Throttling', 400, 'ERR_THROTTLED'],
    ['TooFast', 429, 'ERR_THROTTLED'],
    ['ServiceFailure', 500, 'ERR_SERVICE'],
    ['ServiceUnavailable', 503, 'ERR_SERVICE'],
    ['InvalidAction', 400, 'ERR_AWS'],
  ])('%s with status %i is %s', async (awsCode, status, code) => {
    const error = await failWith(refuse(awsCode, status, 'the words of AWS'));
    expect(error).toMatchObject({ code, awsCode, status, requestId: 'request-1', message: 'the words of AWS' });
    expect(error.cause).toBeInstanceOf(Error);
  });

  it('tells a wrong clock from a wrong secret by the words alone', async () => {
    for (const words of [
      'Signature expired: 20260101T000000Z is now earlier than 20260101T001500Z (20260101T003000Z - 15 min.)',
      'Signature not yet current: 20260101T010000Z is still later than 20260101T001500Z (20260101T000000Z + 15 min.)',
    ]) {
      const error = await failWith(refuse('SignatureDoesNotMatch', 403, words));
      expect(error).toMatchObject({ code: 'ERR_CLOCK', awsCode: 'SignatureDoesNotMatch' });
      expect(error.hint).toContain('clock');
    }
  });

  it('without words is told by its code', async () => {
    const error = await failWith(
      say(410, 'text/xml', '<ErrorResponse><Error><Code>ReportNotPresent</Code></Error></ErrorResponse>'),
    );
    expect(error).toMatchObject({ code: 'ERR_AWS', message: 'ReportNotPresent (HTTP 410)' });
  });
});

describe("an answer that is not IAM's", () => {
  it.each([
    ['a web page with status 200', say(200, 'text/html', '<!DOCTYPE html><html><body>sign in</body></html>')],
    ['a web page with status 403', say(403, 'text/html', '<html><body>blocked</body></html>')],
    ['JSON with status 200', say(200, 'application/json', '{"AccessKeyMetadata":[]}')],
    ['JSON with status 400', say(400, 'application/json', '{"message":"x"}')],
    ['nothing', say(200, 'text/xml', '')],
    ['half an answer', say(200, 'text/xml', '<ListAccessKeysResponse><ListAccessKeysResult>')],
    ['the answer to another action', say(200, 'text/xml', '<ListUsersResponse></ListUsersResponse>')],
    ['a refusal with status 200', refuse('AccessDenied', 200)],
    ['no list', answer('<IsTruncated>false</IsTruncated>')],
    ['a key without an id', listOf('<member><Status>Active</Status></member>')],
    ['a date that is none', listOf('<member><CreateDate>yesterday</CreateDate></member>')],
    ['what is not HTTP', (response) => response.socket?.end('220 mail.example.com ESMTP\r\n')],
  ] satisfies [string, Reply][])('%s is ERR_NOT_IAM', async (_what, reply) => {
    const error = await failWith(reply);
    expect(error.code).toBe('ERR_NOT_IAM');
    expect(error.hint).toContain('endpoint URL');
  });

  it('is never taken for success where the answer holds nothing', async () => {
    await using iam = await startScriptedIam({
      UpdateAccessKey: say(200, 'text/html', '<html><body>hi</body></html>'),
    });
    const options = { UserName: 'alice', AccessKeyId: 'AKIARZPUZDIKBBBBBBBB' };
    const error = await catchFailure(deactivateAccessKey(iam.connect(), options));
    expect(error).toMatchObject({ code: 'ERR_NOT_IAM', status: 200 });
  });

  it('with a status of 500 and above is the service failing, and is asked again', async () => {
    await using iam = await startScriptedIam({
      ListAccessKeys: [say(503, 'text/html', '<html><body>busy</body></html>'), listOf()],
    });
    await expect(listAccessKeys(iam.connect(), { UserName: 'alice' })).resolves.toEqual([]);
    const error = await failWith(say(502, 'text/html', '<html><body>bad gateway</body></html>'));
    expect(error).toMatchObject({ code: 'ERR_SERVICE', status: 502 });
  });
});

describe('no answer', () => {
  it('is ERR_NETWORK with the code of the network', async () => {
    expect(await failWith(hangUp)).toMatchObject({ code: 'ERR_NETWORK', awsCode: 'ECONNRESET' });
  });

  it.each([
    ['http://127.0.0.1:1', 'ECONNREFUSED'],
    ['http://nowhere.invalid', /ENOTFOUND|EAI_AGAIN/],
  ])('of %s is ERR_NETWORK', async (endpoint, awsCode) => {
    await using iam = await startScriptedIam({});
    const error = await catchOne(
      AwsError,
      listAccessKeys(iam.connect({ endpoint, maxAttempts: 1 }), { UserName: 'alice' }),
    );
    expect(error.code).toBe('ERR_NETWORK');
    expect(error.awsCode).toMatch(awsCode);
    expect(error.hint).toBeTypeOf('string');
  });

  it('over TLS where there is none says so', async () => {
    await using iam = await startScriptedIam({});
    const endpoint = iam.url.replace('http:', 'https:');
    const error = await catchFailure(listAccessKeys(iam.connect({ endpoint, maxAttempts: 1 }), { UserName: 'alice' }));
    expect(error).toMatchObject({ code: 'ERR_NETWORK', awsCode: 'EPROTO', message: 'no TLS connection could be made' });
  });

  it('within the time of the request handler is ERR_NETWORK', async () => {
    await using iam = await startScriptedIam({ ListAccessKeys: stayAway });
    const aws = iam.connect({ maxAttempts: 1, requestHandler: { requestTimeout: 50, throwOnRequestTimeout: true } });
    const error = await catchFailure(listAccessKeys(aws, { UserName: 'alice' }));
    expect(error).toMatchObject({ code: 'ERR_NETWORK', message: 'no answer came within 0.05 seconds' });
  });
});

describe('no credentials', () => {
  it.each([
    ['a provider that fails', () => Promise.reject(new Error('Could not load credentials from any providers'))],
    ['a sign-in that ran out', () => Promise.reject(new Error('The SSO session of this profile has expired'))],
    ['half a pair', () => Promise.resolve({ accessKeyId: 'AKIARZPUZDIKAAAAAAAA', secretAccessKey: '' })],
  ])('because of %s are ERR_CREDENTIALS, before any call', async (_why, credentials) => {
    await using iam = await startScriptedIam({ ListAccessKeys: listOf() });
    const error = await catchFailure(listAccessKeys(iam.connect({ credentials }), { UserName: 'alice' }));
    expect(error.code).toBe('ERR_CREDENTIALS');
    expect(error.hint).toMatch(/AWS_SECRET_ACCESS_KEY|sign in again/);
    expect(iam.actions).toEqual([]);
  });

  it.each([
    [
      'Could not resolve credentials using profile: [dev] in configuration/credentials file(s).',
      /complete the profile/,
    ],
    ['Profile dev requires multi-factor authentication, but no MFA code callback was provided.', /on a terminal/],
    ['Profile dev credential_process did not return Version 1.', /by hand/],
  ])('%s', async (reason, hint) => {
    await using iam = await startScriptedIam({});
    const credentials = () => Promise.reject(new Error(reason));
    const error = await catchFailure(listAccessKeys(iam.connect({ credentials }), { UserName: 'alice' }));
    expect(error.hint).toMatch(hint);
  });

  it('tell of a credential_process that failed, and not with which words it was called', async () => {
    await using iam = await startScriptedIam({});
    const credentials = () => Promise.reject(new Error('Command failed: vault --token hunter2\nsealed'));
    const error = await catchFailure(listAccessKeys(iam.connect({ credentials }), { UserName: 'alice' }));
    expect(error.message).toBe('there are no credentials to sign with: the credential_process of the profile failed');
    expect(inspect(error, { depth: Infinity, showHidden: true })).not.toContain('hunter2');
  });

  it('do not hold a caller who gives up', async () => {
    await using iam = await startScriptedIam({});
    const credentials = () => new Promise<never>(() => undefined);
    const signal = AbortSignal.timeout(20);
    const error = await catchFailure(listAccessKeys(iam.connect({ credentials }), { UserName: 'alice', signal }));
    expect(error.code).toBe('ERR_INTERRUPTED');
  });
});

describe('a signal', () => {
  it('that fired before makes no call', async () => {
    await using iam = await startScriptedIam({ GetCallerIdentity: answer('') });
    const error = await catchFailure(getCallerIdentity(iam.connect(), { signal: AbortSignal.abort('enough') }));
    expect(error).toMatchObject({ code: 'ERR_INTERRUPTED', cause: 'enough' });
    expect(iam.actions).toEqual([]);
  });

  it('that fires in the middle ends the call', async () => {
    await using iam = await startScriptedIam({ ListAccessKeys: stayAway });
    const signal = AbortSignal.timeout(50);
    const error = await catchFailure(listAccessKeys(iam.connect(), { UserName: 'alice', signal }));
    expect(error.code).toBe('ERR_INTERRUPTED');
  });
});

describe('a secret', () => {
  const credentials = { accessKeyId: 'ASIARZPUZDIKAAAAAAAA', secretAccessKey, sessionToken };
  const canonical = `wrong&#10;&#10;The Canonical String was&#10;x-amz-security-token:${sessionToken}`;
  const broken = `<CreateAccessKeyResponse><SecretAccessKey>${newSecret}`;
  const undated = `<CreateAccessKeyResponse><CreateAccessKeyResult><AccessKey><SecretAccessKey>${newSecret}</SecretAccessKey><CreateDate>${newSecret}</CreateDate></AccessKey></CreateAccessKeyResult></CreateAccessKeyResponse>`;

  it.each([
    ['a refusal', refuse('AccessDenied', 403)],
    ['a refusal that repeats the request', refuse('SignatureDoesNotMatch', 403, canonical)],
    ['a failure', refuse('ServiceFailure', 500)],
    ['a lost answer', hangUp],
    ['half an answer', say(200, 'text/xml', broken)],
    ['an unreadable answer', say(200, 'text/xml', undated)],
    ['a quota', refuse('LimitExceeded', 409)],
  ])('shows in no error about %s, however deep it is printed', async (_what, reply) => {
    await using iam = await startScriptedIam({ ListAccessKeys: listOf(), CreateAccessKey: reply });
    const lines: string[] = [];
    const log = (line: string) => lines.push(line);
    const aws = iam.connect({ credentials, logger: { debug: log, info: log, warn: log, error: log } });
    const error = await catchFailure(createAccessKey(aws, { UserName: 'alice' }));
    const shown = [
      inspect(error, { depth: Infinity, showHidden: true }),
      JSON.stringify(error),
      JSON.stringify(error.cause),
      error.stack,
      ...lines,
    ].join('\n');
    expect(shown).toContain('ERR_');
    expect(lines.at(-1)).toMatch(/^could not create an access key for alice: /);
    for (const secret of [secretAccessKey, sessionToken, newSecret, 'AWS4-HMAC-SHA256']) {
      expect(shown.includes(secret)).toBe(false);
    }
  });
});
