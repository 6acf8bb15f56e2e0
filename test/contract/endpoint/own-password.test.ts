// An account that lets its users change their own passwords, against a running endpoint.
import { expect, it } from 'vitest';
import { startEndpoint } from '../../../src/endpoint/index.ts';
import { administratorOf, call, callWell, readElement, type Pair } from './signed-call.ts';

it('lets users change their own passwords where the account says so, unless a policy denies it', async () => {
  await using endpoint = await startEndpoint();
  const admin = administratorOf(endpoint);
  const asAdmin = (Action: string, parameters: Record<string, string> = {}) =>
    callWell(endpoint, admin, Action, parameters);
  await asAdmin('CreateUser', { UserName: 'bob', Path: '/team/' });
  await asAdmin('CreateLoginProfile', { UserName: 'bob', Password: 'First-pass1' });
  const xml = await asAdmin('CreateAccessKey', { UserName: 'bob' });
  const bob: Pair = {
    accessKeyId: readElement(xml, 'AccessKeyId') ?? '',
    secretAccessKey: readElement(xml, 'SecretAccessKey') ?? '',
  };
  const change = async (OldPassword: string, NewPassword: string) =>
    (await call(endpoint, bob, 'ChangePassword', { OldPassword, NewPassword })).message ?? 'ok';
  const unallowed = `User: arn:aws:iam::123456789012:user/team/bob is not authorized to perform: iam:ChangePassword on resource: user bob`;

  expect(await change('First-pass1', 'Second-pass2')).toBe(
    `${unallowed} because no identity-based policy allows the iam:ChangePassword action`,
  );
  await asAdmin('UpdateAccountPasswordPolicy', { AllowUsersToChangePassword: 'true' });
  expect(await change('First-pass1', 'Second-pass2')).toBe('ok');
  expect((await call(endpoint, bob, 'GetAccountPasswordPolicy')).status).toBe(200);
  const { code } = await call(endpoint, bob, 'UpdateLoginProfile', { UserName: 'bob', Password: 'Third-pass3' });
  expect(code).toBe('AccessDenied');

  const Statement = { Effect: 'Deny', Action: 'iam:ChangePassword', Resource: '*' };
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
  await asAdmin('PutUserPolicy', { UserName: 'bob', PolicyName: 'no', PolicyDocument });
  expect(await change('Second-pass2', 'Third-pass3')).toBe(
    `${unallowed} with an explicit deny in an identity-based policy`,
  );
  await asAdmin('DeleteUserPolicy', { UserName: 'bob', PolicyName: 'no' });
  await asAdmin('DeleteAccountPasswordPolicy');
  expect(await change('Second-pass2', 'Third-pass3')).toContain('no identity-based policy allows');
});
