import { describe, expect, it } from 'vitest';
import type { AccessRequest, Denial, PolicyInForce, PolicyLayers } from '../../../src/policy/decision.ts';
import type { PolicyKind } from '../../../src/policy/document.ts';
import { evaluate } from '../../../src/policy/evaluate.ts';
import { explainDenial } from '../../../src/policy/explain.ts';
import { parsePolicy } from '../../../src/policy/parse.ts';

const arn = 'arn:aws:iam::123456789012:user/bob';
const resource = 'arn:aws:iam::123456789012:role/Target';
const request: AccessRequest = {
  action: 'sts:AssumeRole',
  resource,
  resourceAccountId: '123456789012',
  caller: { arn, accountId: '123456789012' },
  context: {},
};

function policy(Effect: 'Allow' | 'Deny', kind: PolicyKind = 'inline', Action = 'sts:*'): PolicyInForce {
  const subject = kind === 'trust' ? { Principal: { AWS: '123456789012' } } : { Resource: '*' };
  const text = JSON.stringify({ Version: '2012-10-17', Statement: { Effect, Action, ...subject } });
  return { SourcePolicyId: 'test', SourcePolicyType: 'user', policy: parsePolicy(text, kind) };
}

function deny(layers: PolicyLayers): Denial {
  const decision = evaluate(request, layers);
  if (decision.kind === 'allowed') throw new Error('the request is allowed');
  return decision;
}

const identity = [policy('Allow')];
const other = policy('Allow', 'inline', 's3:*');
const trust = policy('Allow', 'trust');

const explicit: readonly (readonly [string, PolicyLayers])[] = [
  ['an identity-based policy', { identity: [policy('Deny')] }],
  ['a permissions boundary', { identity, boundary: policy('Deny') }],
  ['a session policy', { identity, session: [policy('Deny')] }],
  ['a service control policy', { identity, scp: [[policy('Deny')]] }],
  ['the role trust policy', { identity, trust: policy('Deny', 'trust') }],
];

const implicit: readonly (readonly [string, PolicyLayers])[] = [
  ['identity-based policy', { identity: [] }],
  ['permissions boundary', { identity, boundary: other }],
  ['session policy', { identity, session: [other] }],
  ['service control policy', { identity, scp: [[other]] }],
  ['role trust policy', { identity, trust: policy('Allow', 'trust', 'sts:TagSession') }],
];

// https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
describe('explainDenial', () => {
  const who = `User: ${arn} is not authorized to perform: sts:AssumeRole on resource: ${resource}`;

  it.each(explicit)('names %s that denies', (words, layers) => {
    const message = explainDenial({ arn, action: 'sts:AssumeRole', resource }, deny(layers));
    expect(message).toBe(`${who} with an explicit deny in ${words}`);
  });

  it.each(implicit)('names the %s that does not allow', (words, layers) => {
    const message = explainDenial({ arn, action: 'sts:AssumeRole', resource }, deny(layers));
    expect(message).toBe(`${who} because no ${words} allows the sts:AssumeRole action`);
  });

  it('words the resource as it is told to', () => {
    const refused = { arn, action: 'iam:UpdateAccessKey', resource: 'user bob' };
    expect(explainDenial(refused, deny({ identity: [], trust }))).toBe(
      `User: ${arn} is not authorized to perform: iam:UpdateAccessKey on resource: user bob because no identity-based policy allows the iam:UpdateAccessKey action`,
    );
  });

  it('names the resource-based policy of a resource in another account', () => {
    const decision = evaluate({ ...request, resourceAccountId: '999999999999' }, { identity });
    expect(explainDenial({ arn, action: 'sqs:SendMessage', resource: '*' }, decision as Denial)).toBe(
      `User: ${arn} is not authorized to perform: sqs:SendMessage on resource: * because no resource-based policy allows the sqs:SendMessage action`,
    );
  });

  it('gives no reason where there is none to give', () => {
    expect(explainDenial({ arn, action: 'sts:AssumeRole', resource })).toBe(who);
  });
});

describe('what a decision tells beside its kind', () => {
  it('what each layer in force says by itself', () => {
    const { outcomes } = evaluate(request, { identity, boundary: other, scp: [[policy('Deny')]], session: [], trust });
    expect(outcomes).toEqual({
      scp: 'explicitDeny',
      trust: 'allowed',
      identity: 'allowed',
      boundary: 'implicitDeny',
      session: 'implicitDeny',
    });
  });

  it('every statement that applies, with its source and place', () => {
    const { matched } = evaluate(request, { identity, boundary: policy('Deny') });
    const place = { StartPosition: { Line: 1, Column: 38 }, EndPosition: { Line: 1, Column: 91 } };
    const source = { SourcePolicyId: 'test', SourcePolicyType: 'user', Sid: undefined };
    expect(matched).toEqual([
      {
        layer: 'identity',
        Effect: 'Allow',
        ...source,
        StartPosition: place.StartPosition,
        EndPosition: expect.anything() as unknown,
      },
      {
        layer: 'boundary',
        Effect: 'Deny',
        ...source,
        StartPosition: place.StartPosition,
        EndPosition: expect.anything() as unknown,
      },
    ]);
  });
});
