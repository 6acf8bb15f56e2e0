import { describe, expect, it } from 'vitest';
import { getCallerIdentity } from '../../../../src/endpoint/actions/get-caller-identity.ts';
import { accountId, openAccount, role, root } from './rehearsal.ts';

describe('GetCallerIdentity', () => {
  it('tells every caller who it is', () => {
    const { admin, perform, resource } = openAccount();
    for (const caller of [admin, role, root]) {
      expect(perform(getCallerIdentity, {}, caller)).toEqual({
        UserId: caller.userId,
        Account: accountId,
        Arn: caller.arn,
      });
      expect(resource(getCallerIdentity, {}, caller)).toBeUndefined();
    }
  });
});
