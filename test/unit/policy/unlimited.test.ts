import { describe, expect, it } from 'vitest';
import type { PolicyInForce, PolicyLayers } from '../../../src/policy/decision.ts';
import { evaluate } from '../../../src/policy/evaluate.ts';
import { parsePolicy } from '../../../src/policy/parse.ts';
import { listDenials } from '../../../src/policy/unlimited.ts';

const everything = { Effect: 'Allow', Action: '*', Resource: '*' };

function write(...Statement: object[]): PolicyInForce {
  const policy = parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement }), 'managed');
  return { SourcePolicyId: 'p', SourcePolicyType: 'IAM Policy', policy };
}

const caller = { arn: 'arn:aws:iam::123456789012:user/bob', accountId: '123456789012' };
const some = { Effect: 'Allow', Action: 'iam:Get*', Resource: '*' };
const deny = { Effect: 'Deny', Action: 'iam:DeleteUser', Resource: '*' };
const conditional = { ...everything, Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } };

describe('policies without limits', () => {
  it.each<[string, PolicyLayers]>([
    ['one that allows everything', { identity: [write(everything)] }],
    [
      'lists with everything in them',
      { identity: [write({ ...everything, Action: ['iam:*', '*'], Resource: ['*'] })] },
    ],
    ['others beside it', { identity: [write(some), write(some, everything)] }],
    [
      'the same in every layer',
      {
        identity: [write(everything)],
        boundary: write(everything),
        session: [write(everything)],
        scp: [[write(everything)], [write(some), write(everything)]],
      },
    ],
  ])('are %s', (_name, layers) => {
    expect(listDenials(layers)).toEqual([]);
    for (const action of ['iam:DeleteUser', 'sts:AssumeRole']) {
      for (const resource of ['*', caller.arn]) {
        expect(evaluate({ action, resource, caller, context: {} }, layers).kind).toBe('allowed');
      }
    }
  });

  it.each<[string, PolicyLayers]>([
    ['none at all', { identity: [] }],
    ['those of a service', { identity: [write({ ...everything, Action: ['iam:*', '*:*'] })] }],
    ['those of some resources', { identity: [write({ ...everything, Resource: 'arn:aws:iam::123456789012:*' })] }],
    ['those with an exception', { identity: [write({ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' })] }],
    [
      'those that leave resources out',
      { identity: [write({ Effect: 'Allow', Action: '*', NotResource: caller.arn })] },
    ],
    ['those with a condition', { identity: [write(conditional)] }],
    ['a deny of everything', { identity: [write({ ...everything, Effect: 'Deny' })] }],
    ['those within a boundary', { identity: [write(everything)], boundary: write(some) }],
    ['those of a session with no policy', { identity: [write(everything)], session: [] }],
    [
      'those of an organization with less',
      { identity: [write(everything)], scp: [[write(everything)], [write(some)]] },
    ],
    ['those of an organization with nothing', { identity: [write(everything)], scp: [[]] }],
    ['those for a role to be assumed', { identity: [write(everything)], trust: write(some) }],
    ['those for a resource with a policy', { identity: [write(everything)], resource: write(some) }],
  ])('are not %s', (_name, layers) => {
    expect(listDenials(layers)).toBeUndefined();
  });

  it('are told where something is denied, whose evaluation they leave to the request', () => {
    const layers = {
      identity: [write(everything, deny)],
      scp: [[write(everything), write({ ...conditional, Effect: 'Deny' })]],
    };
    expect(listDenials(layers)).toMatchObject([{ Effect: 'Deny' }, { Effect: 'Deny', conditions: [{}] }]);
    const own = { identity: [write(everything, deny)] };
    expect(listDenials(own)).toHaveLength(1);
    const request = { resource: caller.arn, caller, context: {} };
    expect(evaluate({ ...request, action: 'iam:GetUser' }, own).kind).toBe('allowed');
    expect(evaluate({ ...request, action: 'iam:DeleteUser' }, own).kind).toBe('explicitDeny');
  });
});
