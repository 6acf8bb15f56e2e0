import { CreateAccessKeyCommand, IAMClient, ListUsersCommand } from '@aws-sdk/client-iam';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { SignatureV4 } from '@smithy/signature-v4';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SignableRequest } from '../../../src/sigv4/request.ts';
import { credentials, judgeRequest, now } from './requests.ts';

/** What the SDK hands to its HTTP handler; `query` and `body` as its signer takes them. */
interface SdkRequest {
  readonly method: string;
  readonly path: string;
  readonly query?: Record<string, unknown>;
  readonly headers: Record<string, string>;
  readonly body?: unknown;
}

/** The request as it would arrive. */
function receiveRequest({ method, path, query = {}, headers, body }: SdkRequest): SignableRequest {
  const pairs = Object.entries(query).map(([name, value]) => [name, String(value)].map(encodeURIComponent).join('='));
  const bytes = typeof body === 'string' || body instanceof Uint8Array ? Buffer.from(body) : Buffer.of();
  return { method, path, query: pairs.join('&'), headers: Object.entries(headers), body: bytes };
}

const text = fc.string({ unit: 'binary', maxLength: 12 }).map((value) => value.toWellFormed());
// The SDK's signer gathers parameters in a plain object and loses this one.
const parameterName = text.filter((name) => name !== '__proto__');
const request = fc.record({
  protocol: fc.constant('https:'),
  hostname: fc.constant('iam.amazonaws.com'),
  method: fc.constantFrom('GET', 'POST', 'PUT', 'DELETE'),
  path: fc.array(text.map(encodeURIComponent)).map((segments) => `/${segments.join('/')}`),
  query: fc.dictionary(parameterName, text, { noNullPrototype: true }),
  headers: fc
    .dictionary(fc.constantFrom('x-one', 'X-Two', 'content-type'), fc.string(), { noNullPrototype: true })
    .map((others) => ({ ...others, host: 'iam.amazonaws.com' })),
  body: fc.string({ unit: 'binary' }).map((value) => value.toWellFormed()),
});
const sessionToken = fc.option(fc.base64String({ minLength: 4 }), { nil: undefined });

function createSigner(token: string | undefined): SignatureV4 {
  return new SignatureV4({
    service: 'iam',
    region: 'us-east-1',
    sha256: new IAMClient({ region: 'us-east-1' }).config.sha256,
    credentials: { ...credentials, ...(token === undefined ? {} : { sessionToken: token }) },
  });
}

describe("the AWS SDK's signer", () => {
  it('signs headers that verify', async () => {
    await fc.assert(
      fc.asyncProperty(request, sessionToken, async (unsigned, token) => {
        const signed = await createSigner(token).sign(unsigned, { signingDate: now });
        expect(judgeRequest(receiveRequest(signed))).toBe(true);
      }),
    );
  });

  it('presigns requests that verify', async () => {
    await fc.assert(
      fc.asyncProperty(request, sessionToken, async (unsigned, token) => {
        const signed = await createSigner(token).presign(unsigned, { signingDate: now, expiresIn: 60 });
        expect(judgeRequest(receiveRequest(signed))).toBe(true);
      }),
    );
  });
});

describe("the AWS SDK's clients", () => {
  /** Client settings under which a call ends where its request would be sent, and the request it ended with. */
  function captureRequest() {
    const sent: SdkRequest[] = [];
    const handle = (outgoing: SdkRequest): Promise<never> => {
      sent.push(outgoing);
      return Promise.reject(new Error('captured'));
    };
    return { sent, settings: { region: 'us-east-1', maxAttempts: 1, requestHandler: { handle } } };
  }

  const calls = {
    ListUsers: (settings: ReturnType<typeof captureRequest>['settings']) =>
      new IAMClient({ ...settings, credentials }).send(new ListUsersCommand({ PathPrefix: '/dév/' })),
    CreateAccessKey: (settings: ReturnType<typeof captureRequest>['settings']) =>
      new IAMClient({ ...settings, credentials: { ...credentials, sessionToken: 'TO/KEN==' } }).send(
        new CreateAccessKeyCommand({ UserName: "o'brien+(test)@example.com" }),
      ),
    GetCallerIdentity: (settings: ReturnType<typeof captureRequest>['settings']) =>
      new STSClient({ ...settings, credentials }).send(new GetCallerIdentityCommand()),
  };

  it.each(Object.entries(calls))('sign %s so that it verifies', async (name, call) => {
    const { sent, settings } = captureRequest();
    await expect(call(settings)).rejects.toThrow('captured');
    const [outgoing] = sent;
    if (outgoing === undefined) throw new Error('nothing was sent');
    const received = receiveRequest(outgoing);
    expect(Buffer.from(received.body).toString()).toContain(name);
    const expected = { service: name === 'GetCallerIdentity' ? 'sts' : 'iam', now: new Date() };
    expect(judgeRequest(received, expected)).toBe(true);
    expect(judgeRequest({ ...received, body: Buffer.from('Action=DeleteUser') }, expected)).toBe(false);
  });
});
