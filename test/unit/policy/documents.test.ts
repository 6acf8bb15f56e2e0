/** The documents that `keyturn policy` prints: what AWS's grammar says of them, and what they allow. */
import { describe, expect, it } from 'vitest';
import type { PolicyKind } from '../../../src/policy/document.ts';
import { evaluate } from '../../../src/policy/evaluate.ts';
import { commandNeeds, listActions, statements } from '../../../src/policy/needed-actions.ts';
import { describeOrganizationAuditor, describePrevention } from '../../../src/policy/organization-document.ts';
import { describePolicyFor, listCommandsOf } from '../../../src/policy/permission-document.ts';
import type { PermissionKind, PermissionScope, PrintedDocument } from '../../../src/policy/permission-document.ts';
import { parsePolicy } from '../../../src/policy/parse.ts';

const Account = '111122223333';
const caller = { arn: `arn:aws:iam::${Account}:user/ops/carol`, accountId: Account, uniqueId: 'AIDACAROL' };
const userArn = (name: string, path = '/') => `arn:aws:iam::${Account}:user${path}${name}`;

function inForce(document: PrintedDocument, kind: PolicyKind) {
  return { SourcePolicyId: 'printed', SourcePolicyType: kind, policy: parsePolicy(JSON.stringify(document), kind) };
}

type Context = Record<string, string | readonly string[]>;

function allows(document: PrintedDocument, action: string, resource: string, context: Context = {}): boolean {
  const request = { action, resource, caller, context: { 'aws:username': 'carol', ...context } };
  return evaluate(request, { identity: [inForce(document, 'managed')] }).kind === 'allowed';
}

const kinds: readonly PermissionKind[] = ['auditor', 'operator', 'rotator', 'self-service'];
const scopes: readonly PermissionScope[] = [
  {},
  { UserName: 'bob' },
  { Path: '/service/' },
  { Path: '/service/', UserName: 'bob', Account },
  { Tag: { Key: 'key-rotation', Value: 'managed' } },
  { partition: 'aws-us-gov', revokesSessions: true },
];

describe.each(kinds)('the policy of %s', (kind) => {
  it.each(scopes)('is one that AWS takes, and says why each statement is there: %j', (scope) => {
    const { document, notes } = describePolicyFor(kind, scope);
    const text = JSON.stringify(document);
    expect(() => parsePolicy(text, 'managed')).not.toThrow();
    expect(text.length).toBeLessThan(6144);
    for (const { Sid } of document.Statement) expect(notes.some((note) => note.startsWith(`${Sid} `))).toBe(true);
    const arns = text.match(/arn:[^:]*:/g) ?? [];
    expect(new Set(arns)).toEqual(new Set([`arn:${scope.partition ?? 'aws'}:`]));
  });

  it('allows what its commands need', () => {
    const { document } = describePolicyFor(kind);
    const actions = new Set(listCommandsOf(kind).flatMap((command) => commandNeeds[command].needed));
    for (const action of actions) {
      expect(allows(document, action, userArn('carol', '/ops/')), action).toBe(true);
    }
  });

  it.each([
    'iam:CreateUser',
    'iam:DeleteUser',
    'iam:AttachUserPolicy',
    'iam:PutUserPolicy',
    'iam:DetachUserPolicy',
    'iam:CreateLoginProfile',
    'iam:AddUserToGroup',
    'iam:CreatePolicyVersion',
    'iam:UpdateAssumeRolePolicy',
    'iam:PassRole',
    'sts:AssumeRole',
    's3:GetObject',
    'secretsmanager:GetSecretValue',
  ])('does not allow %s', (action) => {
    expect(allows(describePolicyFor(kind).document, action, userArn('carol'))).toBe(false);
    expect(allows(describePolicyFor(kind).document, action, '*')).toBe(false);
  });
});

describe('the users a policy is about', () => {
  const mayCreate = (scope: PermissionScope, arn: string, context?: Context): boolean =>
    allows(describePolicyFor('rotator', scope).document, 'iam:CreateAccessKey', arn, context);

  it.each<[PermissionScope, string, boolean, Context?]>([
    [{ UserName: 'bob' }, userArn('bob'), true],
    [{ UserName: 'bob' }, userArn('bob', '/any/path/'), true],
    [{ UserName: 'bob' }, userArn('bobby'), false],
    [{ UserName: 'bob' }, userArn('notbob'), false],
    [{ Path: '/service/' }, userArn('bob', '/service/'), true],
    [{ Path: '/service/' }, userArn('bob', '/service/deep/'), true],
    [{ Path: '/service/' }, userArn('bob', '/services/'), false],
    [{ Path: '/service/' }, userArn('service'), false],
    [{ Path: '/service/', UserName: 'bob' }, userArn('bob', '/service/'), true],
    [{ Path: '/service/', UserName: 'bob' }, userArn('bob'), false],
    [{ Account }, userArn('bob'), true],
    [{ Account: '999999999999' }, userArn('bob'), false],
    [{ Tag: { Key: 'k', Value: 'v' } }, userArn('bob'), false],
    [{ Tag: { Key: 'k', Value: 'v' } }, userArn('bob'), true, { 'aws:ResourceTag/k': 'v' }],
    [{ Tag: { Key: 'k', Value: 'v' } }, userArn('bob'), false, { 'aws:ResourceTag/k': 'w' }],
    [{ partition: 'aws-cn' }, userArn('bob'), false],
  ])('%j and %s: %s', (scope, arn, isAllowed, context) => {
    expect(mayCreate(scope, arn, context)).toBe(isAllowed);
  });

  it('are the caller alone for self-service, whatever its path', () => {
    const { document } = describePolicyFor('self-service');
    expect(allows(document, 'iam:CreateAccessKey', userArn('carol', '/ops/'))).toBe(true);
    expect(allows(document, 'iam:CreateAccessKey', userArn('carol'))).toBe(true);
    expect(allows(document, 'iam:CreateAccessKey', userArn('bob'))).toBe(false);
    expect(allows(document, 'cloudtrail:LookupEvents', '*')).toBe(false);
  });
});

it('a rotator changes the descriptions of keys and no other tag', () => {
  const { document } = describePolicyFor('rotator');
  const tag = (keys: string[]) => allows(document, 'iam:TagUser', userArn('bob'), { 'aws:TagKeys': keys });
  expect(tag(['AKIARZPUZDIKAAAAAAAA'])).toBe(true);
  expect(tag(['key-rotation'])).toBe(false);
  expect(tag(['AKIARZPUZDIKAAAAAAAA', 'team'])).toBe(false);
});

it('only an operator who is to revoke sessions may write policies of users', () => {
  const may = (scope: PermissionScope) =>
    allows(describePolicyFor('operator', scope).document, 'iam:PutUserPolicy', userArn('bob'));
  expect(may({})).toBe(false);
  expect(may({ revokesSessions: true })).toBe(true);
});

it('every action of the table is in one statement, and every action of a statement is needed by a command', () => {
  const granted = Object.values(statements).flatMap(({ actions }) => actions as readonly string[]);
  const needed = new Set(Object.keys(commandNeeds).flatMap((name) => listActions(name as keyof typeof commandNeeds)));
  expect(new Set(granted).size).toBe(granted.length);
  expect([...granted].sort()).toEqual([...needed].sort());
});

describe('the policies of an organization', () => {
  const scope = { HubAccount: Account, OrganizationId: 'o-exampleorgid', RoleName: 'KeyturnAuditor' };
  const { HubPolicy, RolePolicy, RoleTrustPolicy } = describeOrganizationAuditor(scope);
  const role = 'arn:aws:iam::444455556666:role/KeyturnAuditor';

  it('let the hub look into the accounts, and nothing else', () => {
    expect(allows(HubPolicy, 'organizations:ListAccounts', '*')).toBe(true);
    expect(allows(HubPolicy, 'sts:AssumeRole', role)).toBe(true);
    expect(allows(HubPolicy, 'sts:AssumeRole', 'arn:aws:iam::444455556666:role/Admin')).toBe(false);
    expect(allows(HubPolicy, 'iam:ListUsers', '*')).toBe(false);
    expect(allows(RolePolicy, 'iam:GetCredentialReport', '*')).toBe(true);
    expect(allows(RolePolicy, 'iam:UpdateAccessKey', userArn('bob'))).toBe(false);
  });

  it.each([
    [Account, 'o-exampleorgid', 'allowed'],
    [Account, 'o-another0000', 'implicitDeny'],
    ['999999999999', 'o-exampleorgid', 'implicitDeny'],
  ])('let account %s of %s assume the role: %s', (accountId, organization, kind) => {
    const from = { arn: `arn:aws:iam::${accountId}:role/hub`, accountId, uniqueId: 'AROAHUB' };
    const request = {
      action: 'sts:AssumeRole',
      resource: role,
      resourceAccountId: '444455556666',
      caller: from,
      context: { 'aws:PrincipalOrgID': organization },
    };
    const layers = { identity: [inForce(HubPolicy, 'managed')], trust: inForce(RoleTrustPolicy, 'trust') };
    expect(evaluate(request, layers).kind).toBe(kind);
  });

  it.each([
    ['arn:aws:iam::444455556666:user/bob', 'explicitDeny'],
    ['arn:aws:iam::444455556666:role/Rotator', 'allowed'],
    ['arn:aws:iam::444455556666:root', 'explicitDeny'],
  ])('keep %s from making keys: %s', (arn, kind) => {
    const { document } = describePrevention({ exceptions: ['arn:aws:iam::*:role/Rotator', 'arn:aws:iam::*:root'] });
    const all = {
      Version: '2012-10-17' as const,
      Statement: [{ Sid: 'All', Effect: 'Allow' as const, Action: '*', Resource: '*' }],
    };
    const layers = { scp: [[inForce(document, 'scp'), inForce(all, 'scp')]], identity: [inForce(all, 'managed')] };
    const ask = (action: string) =>
      evaluate(
        {
          action,
          resource: '*',
          caller: { arn, accountId: '444455556666', uniqueId: 'X' },
          context: { 'aws:PrincipalArn': arn },
        },
        layers,
      ).kind;
    expect(ask('iam:CreateAccessKey')).toBe(kind);
    expect(ask('iam:CreateServiceSpecificCredential')).toBe(kind);
    expect(ask('iam:DeleteAccessKey')).toBe('allowed');
  });
});
