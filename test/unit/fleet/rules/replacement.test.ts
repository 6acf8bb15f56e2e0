import { expect, it } from 'vitest';
import { isUnknown } from '../../../../src/fleet/rules/facts-of.ts';
import { suggestReplacement } from '../../../../src/fleet/rules/replacement.ts';
import { readUser, type CaseUser } from '../../../vectors/rules/read.ts';

const cases: [words: string, user: Partial<CaseUser>, use: string, kind: string, because: string][] = [
  ['a CI system by its name', { name: 'github-actions' }, '1d s3 us-east-1', 'oidc', 'github'],
  ['a CI system by its tag', { tags: { tool: 'Jenkins' } }, '1d s3 us-east-1', 'oidc', 'jenkins'],
  ['a vendor', { name: 'datadog-integration' }, '1d cloudwatch us-east-1', 'cross-account-role', 'datadog'],
  ['a machine outside', { path: '/onprem/' }, '1d s3 us-east-1', 'roles-anywhere', 'onprem'],
  ['a program', { name: 'svc-billing' }, '1d dynamodb us-east-1', 'role', 'svc'],
  ['a program by what it uses', { name: 'billing' }, '1d sqs us-east-1', 'role', 'sqs'],
  ['people by their path', { path: '/people/' }, '1d ec2 us-east-1', 'identity-center', 'people'],
  ['people by their password', { password: true }, '1d ec2 us-east-1', 'identity-center', 'console password'],
  ['people by their address', { name: 'a@example.com' }, '1d ec2 us-east-1', 'identity-center', 'e-mail'],
  ['a part of a word is no word', { name: 'cinema' }, '1d ec2 us-east-1', 'undetermined', 'neither'],
  ['nothing known', { name: 'x1' }, 'unknown: denied', 'undetermined', 'neither'],
  ['never used', { name: 'github-actions' }, 'never', 'nothing', 'never used'],
  ['tags unknown', { name: 'x1', tags: 'unknown: denied' }, '1d ec2 us-east-1', 'undetermined', 'neither'],
  ['root', { root: true }, '1d ec2 us-east-1', 'identity-center', 'root'],
  ['mail', { name: 'x1' }, '1d ses us-east-1', 'role', 'ses'],
];

it.each(cases)('%s', (_words, given, used, kind, because) => {
  const user = readUser({ keys: [{ id: 'A', status: 'Active', created: '9d', used }], ...given });
  const [key] = isUnknown(user.AccessKeys) ? [] : user.AccessKeys;
  const replacement = suggestReplacement(user, key);
  expect(replacement.kind).toBe(kind);
  expect(replacement.because).toContain(because);
});

it('says of mail that its password is made from the key', () => {
  const keys = [{ id: 'A', status: 'Active', created: '9d', used: '1d ses us-east-1' }];
  const user = readUser({ name: 'svc-mailer', keys });
  const [key] = isUnknown(user.AccessKeys) ? [] : user.AccessKeys;
  expect(suggestReplacement(user, key).text).toContain('SMTP');
});
