import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readFleet } from '../../../../src/endpoint/seed/read-fleet.ts';

const now = new Date('2026-11-23T10:00:00Z');
const read = (document: unknown) => readFleet(document, { now, random: randomBytes });
const accountId = '111122223333';
const policy = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] };
const trust = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: accountId }, Action: 'sts:AssumeRole' }],
};

describe('readFleet', () => {
  it('reads everything that a seed can say', () => {
    const { accounts } = read({
      accounts: [
        {
          accountId,
          CreateDate: '2020-01-01T00:00:00Z',
          alias: 'acme-prod',
          rootAccessKeys: [{ CreateDate: '2000d' }],
          users: [
            {
              UserName: 'bob',
              Path: '/ops/',
              CreateDate: '400d',
              Tags: { team: 'platform' },
              AttachedPolicies: ['arn:aws:iam::aws:policy/ReadOnlyAccess'],
              InlinePolicies: { own: policy },
              PasswordLastChanged: '30d',
              AccessKeys: [
                { AccessKeyId: 'AKIAEXAMPLEEXAMPLE', SecretAccessKey: 'a secret for bob', LastUsedDate: '1d' },
                { Status: 'Inactive', LastUsedDate: '10d', Region: 'eu-west-1', ServiceName: 'sqs' },
              ],
            },
          ],
          roles: [{ RoleName: 'deploy', AssumeRolePolicyDocument: trust }],
        },
      ],
    });
    expect([...accounts]).toEqual([
      {
        accountId,
        CreateDate: new Date('2020-01-01T00:00:00Z'),
        alias: 'acme-prod',
        member: undefined,
        rootKeys: [{ Status: 'Active', CreateDate: new Date(now.getTime() - 2_000 * 86_400_000) }],
        users: [
          {
            UserName: 'bob',
            Path: '/ops/',
            CreateDate: new Date('2025-10-19T10:00:00Z'),
            tags: [{ Key: 'team', Value: 'platform' }],
            attachedPolicies: ['arn:aws:iam::aws:policy/ReadOnlyAccess'],
            inlinePolicies: [{ PolicyName: 'own', document: JSON.stringify(policy) }],
            password: {
              CreateDate: new Date('2025-10-19T10:00:00Z'),
              changedAt: new Date('2026-10-24T10:00:00Z'),
            },
            accessKeys: [
              {
                AccessKeyId: 'AKIAEXAMPLEEXAMPLE',
                SecretAccessKey: 'a secret for bob',
                Status: 'Active',
                CreateDate: now,
                lastUse: { LastUsedDate: new Date('2026-11-22T10:00:00Z'), Region: 'us-east-1', ServiceName: 's3' },
              },
              {
                Status: 'Inactive',
                CreateDate: now,
                lastUse: { LastUsedDate: new Date('2026-11-13T10:00:00Z'), Region: 'eu-west-1', ServiceName: 'sqs' },
              },
            ],
          },
        ],
        roles: [
          {
            RoleName: 'deploy',
            Path: '/',
            CreateDate: now,
            tags: [],
            attachedPolicies: [],
            inlinePolicies: [],
            trustPolicy: JSON.stringify(trust),
          },
        ],
      },
    ]);
  });

  it('gives accounts that the organization has made the role that AWS gives them', () => {
    const { accounts, organization } = read({
      organization: {
        managementAccountId: '123456789012',
        controlPolicies: { Everything: policy },
        units: [{ Name: 'Production', accounts: [accountId] }],
      },
      accounts: [{ accountId: '123456789012' }, { accountId }, { accountId: '999999999999' }],
    });
    const [management, member, other] = accounts;
    expect(management?.roles).toEqual([]);
    expect(member?.roles.map(({ RoleName }) => RoleName)).toEqual(['OrganizationAccountAccessRole']);
    expect([management?.member?.parentId, member?.member?.parentId]).toEqual([
      organization?.rootId,
      organization?.units[0]?.Id,
    ]);
    expect(other?.member).toBeUndefined();
    expect(organization?.Id).toMatch(/^o-[a-z\d]{10}$/);
    expect(organization?.rootId).toMatch(/^r-[a-z\d]{4}$/);
    expect(organization?.units[0]?.Id).toMatch(/^ou-[a-z\d]{4}-[a-z\d]{8}$/);
    expect(organization?.controlPolicies).toMatchObject([{ targetId: organization?.rootId, PolicyName: 'Everything' }]);
  });

  const user = (members: object) => ({ accounts: [{ accountId, users: [{ UserName: 'bob', ...members }] }] });
  const place = 'accounts[0].users[0]';

  it.each([
    [[], 'the seed is not an object'],
    [{ account: [] }, 'account of the seed is not something it can say'],
    [{ accounts: {} }, 'accounts of the seed is not a list'],
    [{ accounts: [{ accountId: 111122223333 }] }, 'accounts[0].accountId of the seed is not a text'],
    [{ accounts: [{}] }, 'accounts[0].accountId of the seed is missing'],
    [user({ Path: 'ops' }), `${place}.Path of the seed has not the form ^(?:\\/|\\/[!-~]+\\/)$`],
    [user({ CreateDate: 'long ago' }), `${place}.CreateDate of the seed is neither a time nor a duration such as 90d`],
    [user({ Tags: { a: 1 } }), `${place}.Tags.a of the seed is not a text`],
    [user({ AccessKeys: [{}, {}, {}] }), `${place}.AccessKeys of the seed are more than two`],
    [
      user({ AccessKeys: [{ Status: 'active' }] }),
      `${place}.AccessKeys[0].Status of the seed is none of Active, Inactive`,
    ],
    [
      user({ AccessKeys: [{ AccessKeyId: 'x' }] }),
      `${place}.AccessKeys[0].AccessKeyId of the seed is not an access key id`,
    ],
    [
      user({ AttachedPolicies: ['ReadOnlyAccess'] }),
      `${place}.AttachedPolicies[0] of the seed is not the ARN of a policy`,
    ],
    [user({ Email: 'x' }), `${place}.Email of the seed is not something it can say`],
    [
      { organization: { managementAccountId: accountId }, accounts: [] },
      `organization of the seed names the account ${accountId}, which is not among the accounts`,
    ],
    [
      { organization: { managementAccountId: accountId, accounts: [accountId, accountId] } },
      `organization.accounts of the seed names ${accountId} a second time`,
    ],
    [{ organization: { managementAccountId: accountId, accounts: [1] } }, /12 digits as a text$/],
    [user({ InlinePolicies: { own: {} } }), /^accounts\[0\]\.users\[0\]\.own of the seed is no policy: /],
  ])('refuses %j', (document, message) => {
    expect(() => read(document)).toThrow(
      expect.objectContaining({
        code: 'ERR_USAGE',
        message: typeof message === 'string' ? message : (expect.stringMatching(message) as string),
      }),
    );
  });
});
