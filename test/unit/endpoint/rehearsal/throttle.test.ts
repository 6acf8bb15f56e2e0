import { describe, expect, it } from 'vitest';
import { compileScope } from '../../../../src/endpoint/rehearsal/scope.ts';
import { Throttle } from '../../../../src/endpoint/rehearsal/throttle.ts';

const subject = { service: 'iam', action: 'CreateAccessKey', accountId: '123456789012' };

describe('Throttle', () => {
  const at = (seconds: number) => new Date(seconds * 1_000);

  it('admits a burst, then the rate, and never saves up more than the burst', () => {
    const throttle = new Throttle({ rate: 0.5, burst: 2 });
    const admit = (seconds: number) => throttle.admit(subject, at(seconds));
    expect([admit(0), admit(0), admit(0), admit(1.9)]).toEqual([true, true, false, false]);
    expect([admit(2), admit(2)]).toEqual([true, false]);
    expect([admit(1_000), admit(1_000), admit(1_000)]).toEqual([true, true, false]);
  });

  it('keeps a bucket for each action and account', () => {
    const throttle = new Throttle({ rate: 0, burst: 1, actions: ['iam:*'] });
    const other = { ...subject, accountId: '111111111111' };
    const admitted = [subject, subject, other, { ...subject, action: 'ListUsers' }, { ...subject, service: 'sts' }];
    expect(admitted.map((one) => throttle.admit(one, at(0)))).toEqual([true, false, true, true, true]);
  });

  it('takes no harm from a clock that is set back', () => {
    const throttle = new Throttle({ rate: 1, burst: 1 });
    expect(throttle.admit(subject, at(100))).toBe(true);
    expect(throttle.admit(subject, at(50))).toBe(false);
    expect(throttle.admit(subject, at(51))).toBe(true);
  });
});

describe('a scope', () => {
  it.each([
    [undefined, true],
    [['*'], true],
    [['iam:CreateAccessKey'], true],
    [['CreateAccessKey'], true],
    [['iam:create*'], true],
    [['iam:*Key'], true],
    [['iam:CreateAccessKe?'], true],
    [['sts:*', 'iam:Create*'], true],
    [['iam:Create'], false],
    [['sts:*'], false],
    [['iam.CreateAccessKey'], false],
    [[], false],
  ])('of the actions %j is met: %s', (actions, met) => {
    expect(compileScope({ actions })(subject)).toBe(met);
  });

  it('may be one account', () => {
    expect(compileScope({ accountId: subject.accountId })(subject)).toBe(true);
    expect(compileScope({ accountId: '111111111111' })(subject)).toBe(false);
  });
});
