import { describe, expect, it } from 'vitest';
import { getContextKeysForCustomPolicy } from '../../../../src/endpoint/actions/get-context-keys-for-custom-policy.ts';
import { getContextKeysForPrincipalPolicy } from '../../../../src/endpoint/actions/get-context-keys-for-principal-policy.ts';
import { accountId, now, openAccount, refusal } from './rehearsal.ts';

type Statement = Readonly<Record<string, unknown>>;
const write = (Statement: unknown, Version = '2012-10-17') => JSON.stringify({ Version, Statement });
const asking = (key: string) =>
  write({ Effect: 'Allow', Action: '*', Resource: '*', Condition: { StringEquals: { [key]: 'a' } } });
const onUser = { StringEquals: { 'aws:username': 'a' } };

describe('GetContextKeysForCustomPolicy', () => {
  const list = (...PolicyInputList: string[]) =>
    openAccount().perform(getContextKeysForCustomPolicy, { PolicyInputList }).ContextKeyNames;

  // in AWS's order, as stackd (https://github.com/radkawar/stackd, Apache-2.0) captured it
  it.each<[string, Statement, readonly string[]]>([
    [
      'keys and variables, as they are spelled',
      {
        Resource: 'arn:aws:s3:::bucket/${aws:PrincipalTag/Team}/${aws:username}',
        Condition: {
          StringEquals: { 's3:ExistingObjectTag/Owner': '${aws:PrincipalTag/Team}' },
          Null: { 'AWS:SourceIp': 'false' },
        },
      },
      ['s3:ExistingObjectTag/Owner', 'aws:username', 'aws:PrincipalTag/Team', 'AWS:SourceIp'],
    ],
    [
      'variables with defaults, and quoted characters',
      { Resource: "arn:aws:s3:::bucket/${aws:username, 'default'}/${*}/${?}/${$}" },
      ['$', 'aws:username', '*', '?'],
    ],
    ['what is not meant', { NotResource: 'arn:aws:s3:::b/${aws:PrincipalTag/project}' }, ['aws:PrincipalTag/project']],
    [
      'one key in two cases',
      {
        Resource: 'arn:aws:s3:::bucket/${aws:username}/${AWS:username}',
        Condition: { StringEquals: { 'aws:username': '${aws:username}', 'AWS:username': 'a' } },
      },
      ['aws:username', 'AWS:username'],
    ],
    [
      'variables where a number belongs',
      { Condition: { NumericEquals: { 'aws:MultiFactorAuthAge': '${aws:PrincipalTag/Age}' } } },
      ['aws:PrincipalTag/Age', 'aws:MultiFactorAuthAge'],
    ],
    [
      'a key that looks like a variable',
      { Condition: { StringEquals: { '${aws:username}': 'a' } } },
      ['${aws:username}'],
    ],
    ['nothing of an action', { Action: '${aws:username}', Resource: '*' }, []],
    ['nothing of a principal', { Principal: { AWS: '${aws:username}' } }, []],
    ['beside a principal', { Principal: '*', Condition: onUser }, ['aws:username']],
    ['beside an action that is none', { Action: 'abc', Condition: onUser }, ['aws:username']],
    ['beside a resource that is none', { Resource: 'bad', Condition: onUser }, ['aws:username']],
    [
      'of a number that is none',
      { Condition: { NumericEquals: { 'aws:MultiFactorAuthAge': 'nope' } } },
      ['aws:MultiFactorAuthAge'],
    ],
    ['nothing of nothing', { Action: [], Resource: [], Condition: {} }, []],
  ])('finds %s', (_, statement, keys) => {
    expect(list(write({ Effect: 'Allow', ...statement }))).toEqual(keys);
  });

  it('finds the keys of each document, whatever the others ask for', () => {
    expect(list(asking('aws:username'), asking('aws:username'))).toEqual(['aws:username', 'aws:username']);
    expect(list('{"Version":"2012-10-17"}', '{"Statement":[]}')).toEqual([]);
  });

  it('knows no variables in an old document', () => {
    expect(list(write({ Effect: 'Allow', Resource: '${aws:username}' }, '2008-10-17'))).toEqual([]);
    expect(list(JSON.stringify({ Statement: { Effect: 'Allow', Resource: '${aws:userid}' } }))).toEqual([]);
  });

  it('has room for many keys', () => {
    const keys = Array.from({ length: 100 }, (_, index) => `aws:PrincipalTag/key${index}`);
    const document = write(keys.map((key) => ({ Effect: 'Deny', Condition: { StringLike: { [key]: '*' } } })));
    expect(list(document)).toHaveLength(100);
    expect(new Set(list(document))).toEqual(new Set(keys));
  });

  it.each([
    ['an operator', write({ Effect: 'Allow', Condition: { MadeUp: { 'aws:username': 'a' } } })],
    ['an effect', write({ Action: '*', Resource: '*', Condition: onUser })],
    ['an element', '{"Version":"2012-10-17","Foo":"x"}'],
    ['JSON', '{'],
  ])('refuses what lacks %s', (_, document) => {
    expect(() => list(document)).toThrow(refusal('InvalidInput', 400, 'Syntax errors in policy.'));
  });
});

describe('GetContextKeysForPrincipalPolicy', () => {
  function openWithBob() {
    const account = openAccount();
    const { directory, addUser } = account;
    const made = { accountId, Path: '/', CreateDate: now };
    const { UserId } = addUser('bob', '/people/');
    const staff = directory.groups.create({ ...made, GroupName: 'staff' });
    directory.groups.addMember(staff, UserId);
    const put = (ownerId: string, key: string) => {
      directory.inlinePolicies.put(accountId, ownerId, { PolicyName: 'own', document: asking(key) });
    };
    put(UserId, 'aws:PrincipalTag/UserInline');
    put(staff.GroupId, 'aws:PrincipalTag/GroupInline');
    const document = asking('aws:PrincipalTag/Managed');
    const { Arn } = directory.policies.create({ ...made, PolicyName: 'shared', Description: undefined, document });
    for (const owner of [UserId, staff.GroupId]) directory.attachedPolicies.attach(accountId, owner, Arn);
    return account;
  }
  const keys = ['GroupInline', 'Managed', 'UserInline'].map((name) => `aws:PrincipalTag/${name}`);

  it('asks the policies of a user and of its groups, each once, whatever the path in the name', () => {
    const account = openWithBob();
    for (const path of ['', '/people', '/elsewhere']) {
      const PolicySourceArn = `arn:aws:iam::${accountId}:user${path}/bob`;
      const { ContextKeyNames } = account.perform(getContextKeysForPrincipalPolicy, { PolicySourceArn });
      expect(ContextKeyNames?.toSorted()).toEqual(keys);
    }
  });

  it('asks the policies given beside', () => {
    const PolicySourceArn = `arn:aws:iam::${accountId}:group/staff`;
    const PolicyInputList = [asking('aws:PrincipalTag/GroupInline')];
    const { ContextKeyNames } = openWithBob().perform(getContextKeysForPrincipalPolicy, {
      PolicySourceArn,
      PolicyInputList,
    });
    expect(ContextKeyNames?.toSorted()).toEqual([keys[0], keys[0], keys[1]]);
  });

  it('refuses what names nobody', () => {
    const ask = (PolicySourceArn: string) =>
      openAccount().attempt(getContextKeysForPrincipalPolicy, { PolicySourceArn });
    expect(ask('this-is-not-an-iam-source-arn')).toThrow(
      refusal('InvalidInput', 400, 'Invalid ARN provided in the request: this-is-not-an-iam-source-arn'),
    );
    expect(ask(`arn:aws:iam::${accountId}:user/ann`)).toThrow(
      refusal('NoSuchEntity', 404, 'Unable to retrieve specified IAM entity.'),
    );
  });
});
