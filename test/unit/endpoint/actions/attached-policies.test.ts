import { describe, expect, it } from 'vitest';
import { createPolicy } from '../../../../src/endpoint/actions/create-policy.ts';
import { openHolders } from './policy-holders.ts';
import { accountId, refusal } from './rehearsal.ts';

const PolicyDocument = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iam:*","Resource":"*"}]}';
const names = { user: 'PoliciesPerUser', group: 'PoliciesPerGroup', role: 'PoliciesPerRole' } as const;
const own = (name: string) => `arn:aws:iam::${accountId}:policy/${name}`;

describe.each(['user', 'group', 'role'] as const)('policies attached to a %s', (kind) => {
  const open = () => {
    const account = openHolders('Ops');
    return { ...account, holder: account.holders[kind] };
  };

  it('are attached, listed and detached', () => {
    const { holder, perform } = open();
    perform(createPolicy, { PolicyName: 'limits', Path: '/team/', PolicyDocument });
    const aws = 'arn:aws:iam::aws:policy/AWSDenyAll';
    holder.attach(own('team/limits'))();
    holder.attach(aws)();
    holder.attach(aws)();
    const both = [
      { PolicyName: 'AWSDenyAll', PolicyArn: aws },
      { PolicyName: 'limits', PolicyArn: own('team/limits') },
    ];
    expect(holder.listAttached()).toEqual({ AttachedPolicies: both, IsTruncated: false });
    expect(holder.listAttached({ PathPrefix: '/team/' }).AttachedPolicies).toEqual(both.slice(1));
    const { Marker, IsTruncated } = holder.listAttached({ MaxItems: 1 });
    expect(IsTruncated).toBe(true);
    expect(holder.listAttached({ Marker }).AttachedPolicies).toEqual(both.slice(1));
    holder.detach(aws);
    expect(holder.listAttached().AttachedPolicies).toEqual(both.slice(1));
  });

  it('refuse what is no policy, not there, or not attached', () => {
    const { holder } = open();
    expect(holder.attach('longpolicynamebutnoarn')).toThrow(
      refusal('ValidationError', 400, 'ARN longpolicynamebutnoarn is not valid.'),
    );
    expect(holder.attach(own('nonexistent'))).toThrow(
      refusal('NoSuchEntity', 404, `Policy ${own('nonexistent')} does not exist or is not attachable.`),
    );
    const foreign = 'arn:aws:iam::999999999999:policy/theirs';
    expect(holder.attach(foreign)).toThrow(`Policy ${foreign} does not exist or is not attachable.`);
    const denyAll = 'arn:aws:iam::aws:policy/AWSDenyAll';
    expect(() => {
      holder.detach(denyAll);
    }).toThrow(refusal('NoSuchEntity', 404, `Policy ${denyAll} was not found.`));
    expect(holder.attach(denyAll, 'nobody')).toThrow(
      refusal('NoSuchEntity', 404, `The ${kind} with name nobody cannot be found.`),
    );
  });

  it('are ten at most', () => {
    const { holder, perform } = open();
    for (let index = 0; index <= 10; index++) perform(createPolicy, { PolicyName: `p${index}`, PolicyDocument });
    for (let index = 0; index < 10; index++) holder.attach(own(`p${index}`))();
    holder.attach(own('p0'))();
    expect(holder.attach(own('p10'))).toThrow(
      refusal('LimitExceeded', 409, `Cannot exceed quota for ${names[kind]}: 10`),
    );
  });
});
