import { describe, expect, it } from 'vitest';
import { recommendInstead } from '../../../../src/cli/commands/alternatives.ts';

describe('recommendInstead', () => {
  it.each([
    [{ GITHUB_ACTIONS: 'true', CI: 'true' }, false, /OIDC/],
    [{ AWS_LAMBDA_FUNCTION_NAME: 'f' }, false, /IAM role/],
    [{ AWS_EXECUTION_ENV: 'CodeBuild', CI: 'true' }, false, /IAM role/],
    [{}, true, /signing in/],
    [{}, false, /Roles Anywhere/],
    [{ CI: '' }, false, /Roles Anywhere/],
  ])('knows from %j (a person: %s) what fits', (env, isInteractive, expected) => {
    expect(recommendInstead(env, isInteractive)[0]).toMatch(expected);
  });

  it('stays within 80 columns', () => {
    for (const env of [{ CI: '1' }, { AWS_EXECUTION_ENV: 'x' }, {}]) {
      for (const line of [...recommendInstead(env, true), ...recommendInstead(env, false)]) {
        expect(line.length).toBeLessThanOrEqual(80);
      }
    }
  });
});
