// Temporary credentials: whom they stand for, and what they are worth without, with a wrong, or with a late token.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startEndpoint, type Endpoint, type SessionCredentials } from '../../../src/endpoint/index.ts';
import { administratorOf, call, callWell, readElement, type Pair } from './signed-call.ts';

let endpoint: Endpoint;

beforeEach(async () => {
  endpoint = await startEndpoint();
});

afterEach(() => endpoint.close());

function toPair({ AccessKeyId, SecretAccessKey, SessionToken }: SessionCredentials): Required<Pair> {
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey.reveal(),
    sessionToken: SessionToken.reveal(),
  };
}

async function refuse(pair: Pair): Promise<unknown[]> {
  const { status, code, message } = await call(endpoint, pair, 'GetCallerIdentity');
  return [status, code, message];
}

describe('a session', () => {
  it('of a user is that user, renamed or not, and goes with it', async () => {
    const admin = administratorOf(endpoint);
    await callWell(endpoint, admin, 'CreateUser', { UserName: 'bob' });
    const pair = toPair(endpoint.issueSession({ kind: 'user', UserName: 'BOB' }));
    expect(readElement(await callWell(endpoint, pair, 'GetCallerIdentity'), 'Arn')).toMatch(/user\/bob$/);
    await callWell(endpoint, admin, 'UpdateUser', { UserName: 'bob', NewUserName: 'rob' });
    expect(readElement(await callWell(endpoint, pair, 'GetCallerIdentity'), 'Arn')).toMatch(/user\/rob$/);
    expect((await call(endpoint, pair, 'ListUsers')).code).toBe('AccessDenied');
    await callWell(endpoint, admin, 'DeleteUser', { UserName: 'rob' });
    expect((await refuse(pair))[1]).toBe('InvalidClientTokenId');
  });

  it('has a token as long as asked for, and says so to those who ask', async () => {
    const admin = administratorOf(endpoint);
    const plain = await callWell(endpoint, admin, 'GetSessionToken');
    expect(plain).not.toContain('SessionTokenSize');
    for (const [asked, size, percent] of [
      ['0', '176', '5'],
      ['177', '180', '5'],
      ['4096', '4096', '100'],
    ] as const) {
      const xml = await callWell(endpoint, admin, 'GetSessionToken', { MinimumSessionTokenSize: asked });
      const read = (name: string) => readElement(xml, name) ?? '';
      expect(read('SessionToken')).toHaveLength(Number(size));
      expect(read('SessionTokenSize')).toBe(size);
      expect(read('SessionTokenUtilization')).toBe(percent);
      const pair = {
        accessKeyId: read('AccessKeyId'),
        secretAccessKey: read('SecretAccessKey'),
        sessionToken: read('SessionToken'),
      };
      expect(await refuse(pair)).toEqual([200, undefined, undefined]);
    }
    const tooLong = await call(endpoint, admin, 'GetFederationToken', { Name: 'ann', MinimumSessionTokenSize: '4097' });
    expect(tooLong.message).toBe(
      "1 validation error detected: Value '4097' at 'minimumSessionTokenSize' failed to satisfy constraint: Member must have value less than or equal to 4096",
    );
  });

  it('of the administrator may do everything, but has to say whose keys it means', async () => {
    const pair = toPair(endpoint.issueSession({ kind: 'user' }));
    await callWell(endpoint, pair, 'ListUsers');
    const { status, code } = await call(endpoint, pair, 'ListAccessKeys');
    expect([status, code]).toEqual([400, 'ValidationError']);
  });

  it('of a role has the role and the session in its ARN, and the rights it was given', async () => {
    const names = { kind: 'role', RoleName: 'Deployer', RoleSessionName: 'ci' } as const;
    const pair = toPair(endpoint.issueSession(names));
    const xml = await callWell(endpoint, pair, 'GetCallerIdentity');
    expect(readElement(xml, 'Arn')).toBe('arn:aws:sts::123456789012:assumed-role/Deployer/ci');
    expect(readElement(xml, 'UserId')).toMatch(/^AROARZPUZDIK[A-P][A-Z2-7]{8}:ci$/);
    expect((await call(endpoint, pair, 'ListUsers')).code).toBe('AccessDenied');
    const powerful = toPair(endpoint.issueSession({ ...names, administrator: true }));
    await callWell(endpoint, powerful, 'ListUsers');
    expect((await call(endpoint, powerful, 'CreateAccessKey')).message).toBe(
      'Must specify userName when calling with non-User credentials',
    );
  });

  it('of root is root', async () => {
    const pair = toPair(endpoint.issueSession({ kind: 'root' }));
    expect(readElement(await callWell(endpoint, pair, 'GetCallerIdentity'), 'UserId')).toBe('123456789012');
  });

  it('is nothing without its token', async () => {
    const { accessKeyId, secretAccessKey, sessionToken } = toPair(endpoint.issueSession({ kind: 'root' }));
    const message = 'The security token included in the request is invalid';
    expect(await refuse({ accessKeyId, secretAccessKey })).toEqual([403, 'InvalidClientTokenId', `${message}.`]);
    const other = `${sessionToken}x`;
    expect(await refuse({ accessKeyId, secretAccessKey, sessionToken: other })).toEqual([
      403,
      'InvalidClientTokenId',
      message,
    ]);
    expect((await refuse({ accessKeyId, secretAccessKey: 'wrong', sessionToken }))[1]).toBe('SignatureDoesNotMatch');
  });

  it('expires, by the clock of the endpoint', async () => {
    const pair = toPair(endpoint.issueSession({ kind: 'root', durationSeconds: 900 }));
    endpoint.advanceClock(899_000);
    await callWell(endpoint, pair, 'GetCallerIdentity', {}, { date: new Date(Date.now() + 899_000) });
    endpoint.advanceClock(1_000);
    expect(await refuse(pair)).toEqual([403, 'ExpiredToken', 'The security token included in the request is expired']);
  });

  it('is not issued for a user that is not there', () => {
    expect(() => endpoint.issueSession({ kind: 'user', UserName: 'nobody' })).toThrow(
      expect.objectContaining({ code: 'ERR_USAGE' }),
    );
  });
});
