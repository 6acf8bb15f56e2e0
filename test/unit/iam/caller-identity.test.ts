import { describe, expect, it } from 'vitest';
import {
  describeCaller,
  getAccessKeyAccount,
  getAccessKeyQuota,
  getCallerIdentity,
  getCurrentUser,
} from '../../../src/iam/index.ts';
import { catchFailure } from './catch-failure.ts';
import { answer, caller, refuse, secretAccessKey, sessionToken, startScriptedIam } from './scripted-iam.ts';

const session = { accessKeyId: 'ASIARZPUZDIKAAAAAAAA', secretAccessKey, sessionToken };
const userParts =
  '<Path>/blue/</Path><UserId>AIDA000000000000EXAMPLE</UserId><CreateDate>2026-01-02T03:04:05Z</CreateDate>';

describe('describeCaller', () => {
  it.each([
    ['arn:aws:iam::123456789012:user/alice', { kind: 'user', UserName: 'alice' }],
    ['arn:aws-us-gov:iam::123456789012:user/division/team/alice', { kind: 'user', UserName: 'alice' }],
    ['arn:aws:iam::123456789012:user/root', { kind: 'user', UserName: 'root' }],
    ['arn:aws:iam::123456789012:root', { kind: 'root' }],
    ['arn:aws:sts::123456789012:assumed-role/Ops/alice', { kind: 'role' }],
    ['arn:aws:sts::123456789012:federated-user/alice', { kind: 'federated' }],
    ['nonsense', { kind: 'federated' }],
  ])('reads %s', (Arn, expected) => {
    expect(describeCaller({ Arn })).toEqual(expected);
  });
});

describe('getCallerIdentity', () => {
  it('gives the three parts, and refuses an answer without them', async () => {
    await using iam = await startScriptedIam({
      GetCallerIdentity: [caller('arn:aws:iam::123456789012:user/alice'), answer('<Account>123456789012</Account>')],
    });
    const aws = iam.connect();
    expect(await getCallerIdentity(aws)).toEqual({
      UserId: 'AIDA000000000000EXAMPLE',
      Account: '123456789012',
      Arn: 'arn:aws:iam::123456789012:user/alice',
    });
    expect(await catchFailure(getCallerIdentity(aws))).toMatchObject({ code: 'ERR_NOT_IAM' });
  });
});

describe('getCurrentUser', () => {
  it('takes one call for a long-term key', async () => {
    const tags = '<Tags><member><Key>team</Key><Value>blue</Value></member></Tags>';
    const user = `<User><UserName>alice</UserName><Arn>arn:aws:iam::123456789012:user/blue/alice</Arn>${userParts}${tags}</User>`;
    await using iam = await startScriptedIam({ GetUser: answer(user) });
    expect(await getCurrentUser(iam.connect())).toEqual({
      UserName: 'alice',
      UserId: 'AIDA000000000000EXAMPLE',
      Arn: 'arn:aws:iam::123456789012:user/blue/alice',
      Path: '/blue/',
      CreateDate: new Date('2026-01-02T03:04:05Z'),
      Tags: [{ Key: 'team', Value: 'blue' }],
    });
    expect(iam.actions).toEqual(['GetUser']);
  });

  it("finds the user behind its session, root without a name, and no user behind a role's session", async () => {
    const root = `<User><Arn>arn:aws:iam::123456789012:root</Arn>${userParts}</User>`;
    await using iam = await startScriptedIam({
      GetCallerIdentity: [
        caller('arn:aws:iam::123456789012:user/alice'),
        caller('arn:aws:sts::123456789012:assumed-role/Ops/me'),
      ],
      GetUser: answer(root),
    });
    const aws = iam.connect({ credentials: session });
    expect(await getCurrentUser(aws)).toMatchObject({ UserName: '<root_account>' });
    expect(iam.received[1]?.parameters.get('UserName')).toBe('alice');
    expect(await catchFailure(getCurrentUser(aws))).toMatchObject({ code: 'ERR_CALLER' });
  });
});

describe('getAccessKeyAccount', () => {
  it('reads a newer id itself and asks about an older one', async () => {
    await using iam = await startScriptedIam({ GetAccessKeyInfo: answer('<Account>123456789012</Account>') });
    const aws = iam.connect();
    expect(await getAccessKeyAccount(aws, { AccessKeyId: 'ASIAQNZGKIQY56JQ7WML' })).toBe('029608264753');
    expect(iam.actions).toEqual([]);
    expect(await getAccessKeyAccount(aws, { AccessKeyId: 'AKIAIOSFODNN7EXAMPLE' })).toBe('123456789012');
    expect(iam.actions).toEqual(['GetAccessKeyInfo']);
  });
});

describe('getAccessKeyQuota', () => {
  it('reads the quota, and does not make one up', async () => {
    const map = (name: string) => answer(`<SummaryMap><entry><key>${name}</key><value>3</value></entry></SummaryMap>`);
    await using iam = await startScriptedIam({
      GetAccountSummary: [map('AccessKeysPerUserQuota'), map('Users'), refuse('AccessDenied', 403)],
    });
    const aws = iam.connect();
    expect(await getAccessKeyQuota(aws)).toBe(3);
    expect(await catchFailure(getAccessKeyQuota(aws))).toMatchObject({ code: 'ERR_NOT_IAM' });
    expect(await catchFailure(getAccessKeyQuota(aws))).toMatchObject({ code: 'ERR_ACCESS_DENIED' });
  });
});
