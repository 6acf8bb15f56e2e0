import { describe, expect, it } from 'vitest';
import { openHolders } from './policy-holders.ts';
import { refusal } from './rehearsal.ts';

const document = `{
  "Version": "2012-10-17",
  "Statement": [{ "Sid": "Ü", "Effect": "Allow", "Action": "iam:Get*", "Resource": "*", "Condition": {"StringEquals": {"aws:PrincipalTag/a": "!'()*~"}} }]
}`.replace('"Sid": "Ü", ', '');
const sizes = { user: 2048, group: 5120, role: 10240 } as const;

describe.each(['user', 'group', 'role'] as const)('inline policies of a %s', (kind) => {
  const open = () => {
    const account = openHolders('Ops');
    return { ...account, holder: account.holders[kind] };
  };

  it('are put, read back percent-encoded, replaced, listed and deleted', () => {
    const { holder } = open();
    holder.put({
      PolicyName: 'B',
      PolicyDocument: '{"Version":"2012-10-17","Statement":[]}'.replace('[]', statement),
    })();
    holder.put({ PolicyName: 'B', PolicyDocument: document })();
    holder.put({ PolicyName: 'a', PolicyDocument: document })();
    const { PolicyName, PolicyDocument } = holder.get('B');
    expect(PolicyName).toBe('B');
    expect(PolicyDocument).toMatch(/^(?:[\w.~-]|%[\dA-F]{2})+$/);
    expect(PolicyDocument).toContain('%21%27%28%29%2A~');
    expect(decodeURIComponent(PolicyDocument)).toBe(document);
    const first = holder.list({ MaxItems: 1 });
    expect(first).toMatchObject({ PolicyNames: ['a'], IsTruncated: true });
    expect(holder.list({ Marker: first.Marker })).toEqual({ PolicyNames: ['B'], IsTruncated: false });
    holder.delete('B');
    expect(holder.list()).toEqual({ PolicyNames: ['a'], IsTruncated: false });
  });

  it('have one name in whatever case, shown as it was first written and got as it is asked for', () => {
    const { holder } = open();
    holder.put({ PolicyName: 'MixedName', PolicyDocument: document })();
    const other = document.replace('Allow', 'Deny');
    holder.put({ PolicyName: 'MIXEDNAME', PolicyDocument: other })();
    expect(holder.list()).toEqual({ PolicyNames: ['MixedName'], IsTruncated: false });
    const { PolicyName, PolicyDocument } = holder.get('mixedname');
    expect([PolicyName, decodeURIComponent(PolicyDocument)]).toEqual(['mixedname', other]);
    holder.delete('mixedNAME');
    expect(holder.list().PolicyNames).toEqual([]);
  });

  it('refuse what is not there', () => {
    const { holder } = open();
    const unknown = refusal('NoSuchEntity', 404, `The ${kind} policy with name p cannot be found.`);
    expect(() => holder.get('p')).toThrow(unknown);
    expect(() => {
      holder.delete('p');
    }).toThrow(unknown);
    const nobody = refusal('NoSuchEntity', 404, `The ${kind} with name nobody cannot be found.`);
    expect(holder.put({ PolicyName: 'p', PolicyDocument: document }, 'nobody')).toThrow(nobody);
    expect(() => holder.get('p', 'nobody')).toThrow(nobody);
  });

  it('refuse a document that is none', () => {
    const { holder } = open();
    expect(holder.put({ PolicyName: 'p', PolicyDocument: '{' })).toThrow(
      refusal('MalformedPolicyDocument', 400, 'Syntax errors in policy.'),
    );
  });

  it('have a size, without white space, and together', () => {
    const { holder } = open();
    const long = (length: number) => {
      const text = `{"Version":"2012-10-17","Statement":${statement}}`;
      return text.replace('iam:Get*', `iam:${'G'.repeat(length - text.length + 4)}`);
    };
    const half = sizes[kind] / 2;
    holder.put({ PolicyName: 'a', PolicyDocument: long(half) })();
    holder.put({ PolicyName: 'b', PolicyDocument: `${long(half)}   \n` })();
    const exceeded = `Maximum policy size of ${sizes[kind]} bytes exceeded for ${kind} Ops`;
    expect(holder.put({ PolicyName: 'b', PolicyDocument: long(half + 1) })).toThrow(
      refusal('LimitExceeded', 409, exceeded),
    );
  });

  it(`need permission for the ${kind}`, () => {
    expect(open().holder.resource()).toBe(`${kind} Ops`);
  });
});

const statement = '[{"Effect":"Allow","Action":"iam:Get*","Resource":"*"}]';
