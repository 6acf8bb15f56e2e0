// An organization as boto3 sees it: Organizations and CloudTrail, which speak AWS JSON.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { startEndpoint } from '../../src/endpoint/index.ts';
import { python } from './available.ts';

const run = promisify(execFile);
const script = join(import.meta.dirname, 'python', 'organization_calls.py');

const member = { AccessKeyId: 'AKIAEXAMPLEMEMBER', SecretAccessKey: 'a secret of the member account' };
const ids = Array.from({ length: 29 }, (_, index) => String(200_000_000_000 + index));
const seed = {
  organization: {
    managementAccountId: '123456789012',
    accounts: ids.slice(0, 2),
    units: [{ Name: 'Workloads', accounts: ids.slice(2, 27), units: [{ Name: 'Sandbox', accounts: ids.slice(27) }] }],
  },
  accounts: [
    { accountId: '123456789012' },
    ...ids.map((accountId) => ({
      accountId,
      CreateDate: '400d',
      users: [
        {
          UserName: 'auditor',
          AttachedPolicies: ['arn:aws:iam::aws:policy/AdministratorAccess'],
          AccessKeys: accountId === ids[0] ? [member] : [],
        },
      ],
    })),
  ],
};

describe.skipIf(python === undefined)('boto3 and an organization', () => {
  it('gets what AWS answers', async () => {
    if (python === undefined) throw new Error('no python');
    await using endpoint = await startEndpoint({ seed });
    const env = {
      PATH: process.env.PATH,
      HOME: '/nonexistent',
      PYTHONDONTWRITEBYTECODE: '1',
      AWS_DEFAULT_REGION: 'us-east-1',
      ...endpoint.environment(),
    };
    const args = [script, endpoint.url, member.AccessKeyId, member.SecretAccessKey];
    const { stdout } = await run(python.command, args, { env });
    expect(stdout).toBe('ok\n');
  });
});
