import { describe, expect, it } from 'vitest';
import { simulateCustomPolicy } from '../../../../src/endpoint/actions/simulate-custom-policy.ts';
import { simulatePrincipalPolicy } from '../../../../src/endpoint/actions/simulate-principal-policy.ts';
import { accountId, now, openAccount, refusal } from './rehearsal.ts';

function allow(Action: string, Resource = '*'): string {
  return `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"${Action}","Resource":"${Resource}"}]}`;
}

const deny = (Action: string) => allow(Action).replace('Allow', 'Deny');
const [a, b] = ['arn:aws:s3:::stackd-simulation/a', 'arn:aws:s3:::stackd-simulation/b'];
const boundary = { PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: false } };

/** The only statement of a document of ours, as AWS counts: from the brace on, to behind the last one. */
const statementOf = (SourcePolicyId: string, length: number, SourcePolicyType = 'IAM Policy') => ({
  SourcePolicyId,
  SourcePolicyType,
  StartPosition: { Line: 1, Column: 38 },
  EndPosition: { Line: 1, Column: 38 + length },
});
const given = statementOf('PolicyInputList.1', 57);

describe('SimulateCustomPolicy', () => {
  const simulate = (input: Parameters<typeof simulateCustomPolicy.perform>[0]['input']) =>
    openAccount().perform(simulateCustomPolicy, input);

  it('answers for everything where no resource is named', () => {
    expect(simulate({ PolicyInputList: [allow('s3:GetObject')], ActionNames: ['s3:GetObject'] })).toEqual({
      EvaluationResults: [
        {
          EvalActionName: 's3:GetObject',
          EvalResourceName: '*',
          EvalDecision: 'allowed',
          MatchedStatements: [given],
          MissingContextValues: [],
        },
      ],
      IsTruncated: false,
    });
  });

  it('knows the scenarios of an action, and no others', () => {
    const ask = (action: string, ResourceHandlingOption: string) =>
      simulate({ PolicyInputList: [allow('*')], ActionNames: ['s3:GetObject', action], ResourceHandlingOption });
    for (const [action, option] of [
      ['ec2:RunInstances', 'EC2-VPC-EBS-Subnet'],
      ['EC2:runinstances', 'EC2-Classic-EBS'],
      ['cloudwatch:TagResource', 'CloudWatch-Alarm'],
      ['devicefarm:ScheduleRun', 'Device Pool as filter'],
    ] as const) {
      expect(ask(action, option).EvaluationResults).toHaveLength(2);
      for (const wrong of ['fictional', option.toLowerCase(), 'CloudWatch-Everything']) {
        expect(() => ask(action, wrong)).toThrow(refusal('InvalidInput', 400, 'Invalid Resource Handling Option.'));
      }
    }
    expect(() => ask('ec2:RunInstances', 'CloudWatch-Alarm')).toThrow('Invalid Resource Handling Option.');
    expect(() => ask('iam:GetUser', 'EC2-VPC-EBS')).toThrow('Invalid Resource Handling Option.');
  });

  // captured by stackd (https://github.com/radkawar/stackd, Apache-2.0)
  it.each([
    ['arn:aws:kms:us-east-1:${aws:PrincipalTag/part}:key/*', '123456789012', 'allowed'],
    ['arn:aws:kms:${aws:PrincipalTag/part}:123456789012:key/*', 'us-east-1', 'allowed'],
    ['arn:aws:${aws:PrincipalTag/part}:us-east-1:123456789012:key/*', 'kms', 'allowed'],
    ['arn:${aws:PrincipalTag/part}:kms:us-east-1:123456789012:key/*', 'aws', 'allowed'],
    ['${aws:PrincipalTag/part}', 'arn:aws:kms:us-east-1:123456789012:key/example', 'allowed'],
    ['arn:aws:${aws:PrincipalTag/part}', 'kms', 'implicitDeny'],
  ])('takes a variable in any part of an ARN: %s', (resource, value, EvalDecision) => {
    const answer = simulate({
      PolicyInputList: [allow('kms:Decrypt', resource)],
      ActionNames: ['kms:Decrypt'],
      ResourceArns: ['arn:aws:kms:us-east-1:123456789012:key/example'],
      ContextEntries: [
        { ContextKeyName: 'aws:PrincipalTag/part', ContextKeyValues: [value], ContextKeyType: 'string' },
      ],
    });
    expect(answer.EvaluationResults).toMatchObject([{ EvalDecision }]);
  });

  it('answers for each resource, and for all of them together', () => {
    const PolicyInputList = [allow('s3:GetObject', a)];
    const matched = statementOf('PolicyInputList.1', 88);
    const answer = simulate({ PolicyInputList, ActionNames: ['s3:GetObject'], ResourceArns: [a, b] });
    expect(answer.EvaluationResults).toEqual([
      {
        EvalActionName: 's3:GetObject',
        EvalResourceName: '*',
        EvalDecision: 'implicitDeny',
        MatchedStatements: [matched],
        MissingContextValues: [],
        EvalDecisionDetails: {},
        ResourceSpecificResults: [
          {
            EvalResourceName: a,
            EvalResourceDecision: 'allowed',
            MatchedStatements: [matched],
            MissingContextValues: [],
          },
          {
            EvalResourceName: b,
            EvalResourceDecision: 'implicitDeny',
            MatchedStatements: [],
            MissingContextValues: [],
          },
        ],
      },
    ]);
    const [single] =
      simulate({ PolicyInputList, ActionNames: ['s3:GetObject'], ResourceArns: [a] }).EvaluationResults ?? [];
    expect(single).toMatchObject({ EvalResourceName: a, EvalDecision: 'allowed' });
  });

  it('names the statements that deny', () => {
    const PolicyInputList = [allow('s3:*'), deny('s3:DeleteObject')];
    const answer = simulate({ PolicyInputList, ActionNames: ['s3:DeleteObject', 's3:GetObject'] });
    expect(answer.EvaluationResults).toMatchObject([
      { EvalDecision: 'explicitDeny', MatchedStatements: [{ SourcePolicyId: 'PolicyInputList.2' }] },
      { EvalDecision: 'allowed', MatchedStatements: [{ SourcePolicyId: 'PolicyInputList.1' }] },
    ]);
  });

  it('says whether a boundary allows', () => {
    const answer = simulate({
      PolicyInputList: [allow('s3:*')],
      PermissionsBoundaryPolicyInputList: [allow('s3:GetObject')],
      ActionNames: ['s3:GetObject', 's3:PutObject'],
    });
    expect(answer.EvaluationResults).toMatchObject([
      { EvalDecision: 'allowed', PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: true } },
      { EvalDecision: 'implicitDeny', MatchedStatements: [], ...boundary },
    ]);
  });

  it('names the condition keys that it was not given', () => {
    const condition = '"Condition":{"StringEquals":{"aws:RequestedRegion":"eu-west-1"}}';
    const PolicyInputList = [allow('s3:GetObject').replace('"Resource"', `${condition},"Resource"`)];
    const ask = (ContextEntries?: { ContextKeyName: string; ContextKeyValues: string[]; ContextKeyType: 'string' }[]) =>
      simulate({ PolicyInputList, ActionNames: ['s3:GetObject'], ContextEntries }).EvaluationResults;
    expect(ask()).toMatchObject([{ EvalDecision: 'implicitDeny', MissingContextValues: ['aws:RequestedRegion'] }]);
    const name = { ContextKeyName: 'AWS:requestedregion', ContextKeyType: 'string' } as const;
    const inRegion = [{ ...name, ContextKeyValues: ['eu-west-1'] }];
    expect(ask(inRegion)).toMatchObject([{ EvalDecision: 'allowed', MissingContextValues: [] }]);
  });

  it('knows the caller by its ARN', () => {
    const PolicyInputList = [allow('iam:*', 'arn:aws:iam::*:user/${aws:username}')];
    const ResourceArns = [`arn:aws:iam::${accountId}:user/bob`];
    const ask = (CallerArn?: string) =>
      simulate({ PolicyInputList, ActionNames: ['iam:GetUser'], ResourceArns, CallerArn }).EvaluationResults?.[0]
        ?.EvalDecision;
    expect(ask()).toBe('implicitDeny');
    expect(ask(`arn:aws:iam::${accountId}:user/team/bob`)).toBe('allowed');
  });

  it("weighs a resource's policy, across accounts both sides", () => {
    const CallerArn = `arn:aws:iam::${accountId}:user/bob`;
    const principal = `"Principal":{"AWS":"${CallerArn}"}`;
    const ask = (other: string, PolicyInputList: string[]) =>
      simulate({
        ...{ PolicyInputList, CallerArn, ActionNames: ['s3:GetObject'], ResourceArns: [a] },
        ResourceOwner: `arn:aws:iam::${other}:root`,
        ResourcePolicy: allow('s3:GetObject', a).replace('"Effect"', `${principal},"Effect"`),
      }).EvaluationResults?.[0];
    expect(ask(accountId, [])).toMatchObject({
      EvalDecision: 'allowed',
      MatchedStatements: [{ SourcePolicyId: 'ResourcePolicy', SourcePolicyType: 'Resource Policy' }],
      EvalDecisionDetails: {},
    });
    expect(ask('999999999999', [])).toMatchObject({
      EvalDecision: 'implicitDeny',
      EvalDecisionDetails: { 'IAM Policy': 'implicitDeny', 'Resource Policy': 'allowed' },
    });
    expect(ask('999999999999', [allow('s3:GetObject')])?.EvalDecision).toBe('allowed');
  });

  it('answers for actions a page at a time', () => {
    const account = openAccount();
    const ActionNames = ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'];
    const input = { PolicyInputList: [allow('s3:GetObject')], ActionNames, MaxItems: 2 };
    const first = account.perform(simulateCustomPolicy, input);
    expect(first.IsTruncated).toBe(true);
    expect(first.EvaluationResults).toHaveLength(2);
    const second = account.perform(simulateCustomPolicy, { ...input, Marker: first.Marker });
    expect(second).toMatchObject({ EvaluationResults: [{ EvalActionName: 's3:DeleteObject' }], IsTruncated: false });
    const wrong = refusal('InvalidInput', 400, 'Invalid marker for pagination.');
    expect(account.attempt(simulateCustomPolicy, { ...input, Marker: 'wrong' })).toThrow(wrong);
  });

  it.each([
    [{ ActionNames: ['GetObject'] }, 'The action is invalid since it is missing names'],
    [{ ResourceArns: ['bucket'] }, 'ResourceNames are not in a valid ARN format: bucket.'],
    [{ ResourceArns: ['*', a] }, 'ResourceNames are not in a valid ARN format: *.'],
    [{ ResourceOwner: 'me' }, 'Invalid Resource Owner.'],
    [{ CallerArn: 'me' }, 'Invalid caller - Caller must be an IAM user, role or group in this context.'],
    [{ ResourcePolicy: '{}' }, 'Invalid caller - Caller cannot be null or empty.'],
    [
      { PermissionsBoundaryPolicyInputList: ['{}', '{}'] },
      'The list of Permissions Boundary policies cannot exceed 1 items.',
    ],
    [{ PolicyInputList: ['{'] }, 'Syntax errors in policy.'],
    [{ ContextEntries: [{ ContextKeyType: 'string' as const }] }, 'ContextKeyName cannot be null or empty.'],
    [
      { ContextEntries: [{ ContextKeyName: 'my:key', ContextKeyValues: ['1'] }] },
      'Context key my:key has invalid type null.',
    ],
    [
      { ContextEntries: [{ ContextKeyName: 'my:key', ContextKeyType: 'stringList' as const, ContextKeyValues: [] }] },
      'Context values for context key my:key cannot be null or empty.',
    ],
    [
      { ContextEntries: [{ ContextKeyName: 'my:key', ContextKeyType: 'ip' as const, ContextKeyValues: ['1', '2'] }] },
      'Context key ip expected a single value, but received 2.',
    ],
  ])('refuses %j', (input, message) => {
    const question = { PolicyInputList: [allow('s3:*')], ActionNames: ['s3:GetObject'], ...input };
    expect(() => simulate(question)).toThrow(refusal('InvalidInput', 400, message));
  });
});

describe('the context of a simulation', () => {
  const simulate = (input: Parameters<typeof simulateCustomPolicy.perform>[0]['input']) =>
    openAccount().perform(simulateCustomPolicy, input);
  const ask = (ContextKeyType: 'numeric' | 'numericList' | 'date' | 'boolean' | 'ip' | 'binary', value: string) =>
    simulate({
      PolicyInputList: [allow('s3:*')],
      ActionNames: ['s3:GetObject'],
      ContextEntries: [{ ContextKeyName: 'my:key', ContextKeyType, ContextKeyValues: [value] }],
    });

  it.each([
    ['numeric', '0x10', 'numeric format'],
    ['numericList', 'Infinity', 'numeric format'],
    ['date', 'soon', 'DateTime format'],
    ['ip', ' 192.0.2.1 ', 'IP address'],
    ['binary', '*', 'base-64 encoded binary format'],
  ] as const)('refuses what is no %s: %s', (type, value, must) => {
    const message = `Invalid context value for key my:key: expected ${must}.`;
    expect(() => ask(type, value)).toThrow(refusal('InvalidInput', 400, message));
  });

  it.each([
    ['numeric', '01.00'],
    ['numeric', '1e9999'],
    ['date', '2035'],
    ['boolean', 'yes'],
  ] as const)('takes a %s: %s', (type, value) => {
    expect(ask(type, value).EvaluationResults).toMatchObject([{ EvalDecision: 'allowed' }]);
  });

  it('knows a list of one from a value', () => {
    const condition = '"Condition":{"StringEquals":{"my:key":"a"}}';
    const PolicyInputList = [allow('s3:GetObject').replace('"Resource"', `${condition},"Resource"`)];
    const decide = (ContextKeyType: 'string' | 'stringList') => {
      const ContextEntries = [{ ContextKeyName: 'my:key', ContextKeyType, ContextKeyValues: ['a'] }];
      return simulate({ PolicyInputList, ActionNames: ['s3:GetObject'], ContextEntries }).EvaluationResults?.[0];
    };
    expect(decide('string')?.EvalDecision).toBe('allowed');
    expect(decide('stringList')?.EvalDecision).toBe('implicitDeny');
  });
});

describe('SimulatePrincipalPolicy', () => {
  function openWithPolicies() {
    const account = openAccount();
    const { directory } = account;
    const made = { accountId, Path: '/', CreateDate: now };
    const bob = account.addUser('bob', '/team/');
    const ops = directory.groups.create({ ...made, GroupName: 'ops' });
    const own = directory.policies.create({
      ...made,
      PolicyName: 'own',
      Description: undefined,
      document: allow('s3:DeleteObject'),
    });
    directory.groups.addMember(ops, bob.UserId);
    directory.inlinePolicies.put(accountId, bob.UserId, { PolicyName: 'Inline', document: allow('s3:GetObject') });
    directory.inlinePolicies.put(accountId, ops.GroupId, { PolicyName: 'Shared', document: allow('s3:PutObject') });
    directory.attachedPolicies.attach(accountId, bob.UserId, own.Arn);
    return { ...account, bob, ops };
  }
  const ActionNames = ['s3:GetObject', 's3:PutObject', 's3:DeleteObject', 's3:ListBucket'];

  it("takes a user's own policies and those of its groups", () => {
    const { perform, bob } = openWithPolicies();
    const answer = perform(simulatePrincipalPolicy, { PolicySourceArn: bob.Arn, ActionNames });
    expect(answer.EvaluationResults).toMatchObject([
      { EvalDecision: 'allowed', MatchedStatements: [{ SourcePolicyId: 'user_bob_Inline' }] },
      { EvalDecision: 'allowed', MatchedStatements: [{ SourcePolicyId: 'group_ops_Shared' }] },
      { EvalDecision: 'allowed', MatchedStatements: [{ SourcePolicyId: 'own' }] },
      { EvalDecision: 'implicitDeny', MatchedStatements: [] },
    ]);
  });

  it('leaves out what is excluded, and nothing for what it does not find', () => {
    const { perform, directory, bob } = openWithPolicies();
    const bounds = 'arn:aws:iam::aws:policy/IAMReadOnlyAccess';
    directory.users.setBoundary(bob.UserId, bounds);
    const own = directory.attachedPolicies.list(bob.UserId)[0];
    const embedded = (PolicyName: string, AttachmentType: 'user' | 'group', AttachmentName: string) =>
      ({ PolicyType: 'inline', InlinePolicyIdentifier: { PolicyName, AttachmentType, AttachmentName } }) as const;
    const decide = (
      ...PolicyExclusionList: NonNullable<
        Parameters<typeof simulatePrincipalPolicy.perform>[0]['input']['PolicyExclusionList']
      >
    ) =>
      perform(simulatePrincipalPolicy, {
        PolicySourceArn: bob.Arn,
        ActionNames,
        PolicyExclusionList,
      }).EvaluationResults?.map(({ EvalDecision }) => EvalDecision === 'allowed');
    const unbounded = { PolicyType: 'permission-boundary', PolicyArn: bounds } as const;
    expect(decide()).toEqual([false, false, false, false]);
    expect(decide(unbounded)).toEqual([true, true, true, false]);
    expect(decide(unbounded, embedded('inline', 'user', 'BOB'))).toEqual([false, true, true, false]);
    expect(decide(unbounded, embedded('Shared', 'group', 'ops'))).toEqual([true, false, true, false]);
    expect(decide(unbounded, { PolicyType: 'user-managed', PolicyArn: own })).toEqual([true, true, false, false]);
    expect(decide(unbounded, embedded('Shared', 'user', 'ops'), { PolicyType: 'scp' })).toEqual([
      true,
      true,
      true,
      false,
    ]);
  });

  it('takes its boundary, or the one it is given instead', () => {
    const { perform, directory, bob } = openWithPolicies();
    directory.users.setBoundary(bob.UserId, 'arn:aws:iam::aws:policy/IAMReadOnlyAccess');
    const input = { PolicySourceArn: bob.Arn, ActionNames: ['s3:GetObject'] };
    const [bounded] = perform(simulatePrincipalPolicy, input).EvaluationResults ?? [];
    expect(bounded).toMatchObject({ EvalDecision: 'implicitDeny', ...boundary });
    const wider = { ...input, PermissionsBoundaryPolicyInputList: [allow('s3:*')] };
    expect(perform(simulatePrincipalPolicy, wider).EvaluationResults).toMatchObject([{ EvalDecision: 'allowed' }]);
  });

  it('takes a group or a role as well, with what is added', () => {
    const { perform, directory, ops } = openWithPolicies();
    const { Arn, RoleId } = directory.roles.create({
      ...{ accountId, RoleName: 'deployer', Path: '/', CreateDate: now, trustPolicy: '{}' },
      ...{ Description: undefined, MaxSessionDuration: 3_600, boundaryArn: undefined },
    });
    directory.inlinePolicies.put(accountId, RoleId, { PolicyName: 'Deploy', document: allow('s3:PutObject') });
    for (const [PolicySourceArn, id] of [
      [ops.Arn, 'group_ops_Shared'],
      [Arn, 'role_deployer_Deploy'],
    ] as const) {
      const input = { PolicySourceArn, ActionNames, PolicyInputList: [allow('s3:ListBucket')] };
      expect(perform(simulatePrincipalPolicy, input).EvaluationResults).toMatchObject([
        { EvalDecision: 'implicitDeny' },
        { EvalDecision: 'allowed', MatchedStatements: [{ SourcePolicyId: id }] },
        { EvalDecision: 'implicitDeny' },
        { EvalDecision: 'allowed', MatchedStatements: [{ SourcePolicyId: 'PolicyInputList.1' }] },
      ]);
    }
  });

  it('refuses who is not there, or none of ours', () => {
    const { attempt, resource, bob } = openWithPolicies();
    const ask = (PolicySourceArn: string) => attempt(simulatePrincipalPolicy, { PolicySourceArn, ActionNames });
    const unknown = refusal('NoSuchEntity', 404, 'Unable to retrieve specified IAM entity.');
    for (const kind of ['user', 'group', 'role']) {
      expect(ask(`arn:aws:iam::${accountId}:${kind}/missing`)).toThrow(unknown);
    }
    const abroad = `caller's account ${accountId} does not have access to policies in account 999999999999.`;
    const foreign = refusal('InvalidInput', 400, `Invalid Policy Source Arn: ${abroad}`);
    expect(ask('arn:aws:iam::999999999999:user/bob')).toThrow(foreign);
    for (const arn of [`arn:aws:iam::${accountId}:root`, `arn:aws:sts::${accountId}:assumed-role/r/s`, 'not-an-arn']) {
      expect(ask(arn)).toThrow(refusal('InvalidInput', 400, `Invalid ARN provided in the request: ${arn}`));
    }
    expect(resource(simulatePrincipalPolicy, { PolicySourceArn: bob.Arn, ActionNames })).toBe(bob.Arn);
  });
});
