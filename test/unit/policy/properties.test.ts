import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { AccessRequest, PolicyInForce, PolicyLayers } from '../../../src/policy/decision.ts';
import type { PolicyKind } from '../../../src/policy/document.ts';
import { evaluate } from '../../../src/policy/evaluate.ts';
import { parsePolicy } from '../../../src/policy/parse.ts';

type Statement = Readonly<Record<string, unknown>>;

const accountId = '123456789012';
const caller = { arn: `arn:aws:iam::${accountId}:user/bob`, accountId };

const actions = fc.constantFrom('*', 'iam:*', 'iam:Get*', 'iam:GetUser', 'iam:ListUsers', 'sts:AssumeRole');
const resources = fc.constantFrom(
  '*',
  caller.arn,
  'arn:aws:iam::*:user/*',
  'arn:aws:iam::*:user/${aws:username}',
  'arn:aws:iam::*:role/*',
);
const conditions = fc.constantFrom(
  {},
  { StringEquals: { 'aws:PrincipalTag/team': 'red' } },
  { StringNotEquals: { 'aws:PrincipalTag/team': 'red' } },
  { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'true' } },
  { Null: { 'aws:TokenIssueTime': 'true' } },
  { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['a', 'b'] } },
  { 'ForAnyValue:StringLike': { 'aws:TagKeys': ['a*'] } },
);
/** Three allows to one deny, so that a fair part of the requests is allowed. */
const effects = fc.constantFrom('Allow', 'Allow', 'Allow', 'Deny');

const statements: fc.Arbitrary<Statement> = fc
  .tuple(effects, fc.boolean(), actions, fc.boolean(), resources, conditions)
  .map(([Effect, notAction, action, notResource, resource, Condition]) => ({
    Effect,
    [notAction ? 'NotAction' : 'Action']: action,
    [notResource ? 'NotResource' : 'Resource']: resource,
    Condition,
  }));
const trusts: fc.Arbitrary<Statement> = fc
  .tuple(effects, fc.constantFrom('*', accountId, caller.arn, '999999999999'), conditions)
  .map(([Effect, AWS, Condition]) => ({ Effect, Principal: { AWS }, Action: 'sts:AssumeRole', Condition }));

const requests: fc.Arbitrary<AccessRequest> = fc
  .record({
    action: fc.constantFrom('iam:GetUser', 'iam:ListUsers', 'sts:AssumeRole'),
    resource: fc.constantFrom('*', caller.arn, `arn:aws:iam::${accountId}:role/Target`),
    context: fc.record(
      {
        'aws:username': fc.constant('bob'),
        'aws:PrincipalTag/team': fc.constantFrom('red', 'blue'),
        'aws:MultiFactorAuthPresent': fc.constantFrom('true', 'false'),
        'aws:TokenIssueTime': fc.constant('2026-01-01T00:00:00Z'),
        'aws:TagKeys': fc.subarray(['a', 'ab', 'c']),
      },
      { requiredKeys: [] },
    ),
  })
  .map((request) => ({ ...request, caller }));

function build(list: readonly Statement[], kind: PolicyKind = 'inline'): PolicyInForce {
  const text = JSON.stringify({ Version: '2012-10-17', Statement: list });
  return { SourcePolicyId: 'test', SourcePolicyType: 'user', policy: parsePolicy(text, kind) };
}

const policies = fc.array(statements, { minLength: 1, maxLength: 4 });
const inForce = policies.map((list) => build(list));
const someInForce = fc.array(inForce, { maxLength: 3 });
const layers: fc.Arbitrary<PolicyLayers> = fc.record({
  identity: someInForce,
  boundary: fc.option(inForce, { nil: undefined }),
  session: fc.option(someInForce, { nil: undefined }),
  scp: fc.option(fc.array(someInForce, { maxLength: 3 }), { nil: undefined }),
  trust: fc.option(
    fc.array(trusts, { minLength: 1, maxLength: 3 }).map((list) => build(list, 'trust')),
    { nil: undefined },
  ),
});

const allowAll = build([{ Effect: 'Allow', Action: '*', Resource: '*' }]);
const denyAll = build([{ Effect: 'Deny', Action: '*', Resource: '*' }]);
const denyAllTrust = build([{ Effect: 'Deny', Principal: { AWS: '*' }, Action: 'sts:*' }], 'trust');
const runs = { numRuns: 1000 };

function decide(request: AccessRequest, set: PolicyLayers): string {
  return evaluate(request, set).kind;
}

it('a deny always wins, in whatever layer it stands', () => {
  fc.assert(
    fc.property(requests, layers, (request, set) => {
      expect(decide(request, { ...set, identity: [...set.identity, denyAll] })).toBe('explicitDeny');
      expect(decide(request, { ...set, boundary: denyAll })).toBe('explicitDeny');
      expect(decide(request, { ...set, session: [...(set.session ?? []), denyAll] })).toBe('explicitDeny');
      expect(decide(request, { ...set, scp: [...(set.scp ?? []), [denyAll]] })).toBe('explicitDeny');
      expect(decide({ ...request, action: 'sts:AssumeRole' }, { ...set, trust: denyAllTrust })).toBe('explicitDeny');
    }),
    runs,
  );
});

function keep(effect: string, { policy, ...source }: PolicyInForce): PolicyInForce {
  return { ...source, policy: { statements: policy.statements.filter(({ Effect }) => Effect === effect) } };
}

it('one more allow never takes an allow away', () => {
  fc.assert(
    fc.property(requests, layers, inForce, (request, set, more) => {
      const richer = { ...set, identity: [...set.identity, keep('Allow', more)] };
      if (decide(request, set) === 'allowed') expect(decide(request, richer)).toBe('allowed');
    }),
    runs,
  );
});

it('one more deny never grants', () => {
  fc.assert(
    fc.property(requests, layers, inForce, (request, set, more) => {
      const poorer = { ...set, identity: [...set.identity, keep('Deny', more)] };
      if (decide(request, set) !== 'allowed') expect(decide(request, poorer)).not.toBe('allowed');
    }),
    runs,
  );
});

it('the order of policies and statements does not matter', () => {
  fc.assert(
    fc.property(requests, layers, (request, set) => {
      const turn = (list: readonly PolicyInForce[]) =>
        list
          .map((source) => ({ ...source, policy: { statements: source.policy.statements.toReversed() } }))
          .toReversed();
      const turned = {
        ...set,
        identity: turn(set.identity),
        session: set.session && turn(set.session),
        scp: set.scp?.map(turn).toReversed(),
      };
      expect(decide(request, turned)).toBe(decide(request, set));
    }),
    runs,
  );
});

it('how statements are spread over policies does not matter', () => {
  fc.assert(
    fc.property(requests, policies, (request, list) => {
      const apart = list.map((statement) => build([statement]));
      expect(decide(request, { identity: apart })).toBe(decide(request, { identity: [build(list)] }));
    }),
    runs,
  );
});

it('boundaries, session policies and service control policies only ever narrow', () => {
  fc.assert(
    fc.property(requests, layers, (request, set) => {
      const { identity, trust } = set;
      if (decide(request, set) === 'allowed') expect(decide(request, { identity, trust })).toBe('allowed');
    }),
    runs,
  );
});

it('a limit that allows everything limits nothing', () => {
  fc.assert(
    fc.property(requests, someInForce, (request, identity) => {
      const free = decide(request, { identity });
      expect(decide(request, { identity, boundary: allowAll })).toBe(free);
      expect(decide(request, { identity, session: [allowAll] })).toBe(free);
      expect(decide(request, { identity, scp: [[allowAll], [allowAll]] })).toBe(free);
    }),
    runs,
  );
});
