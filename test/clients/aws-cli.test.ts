// The `aws` command line against the endpoint: the calls of a key's life, and refusals as it prints them.
import { execFile } from 'node:child_process';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startEndpoint, type Endpoint } from '../../src/endpoint/index.ts';
import { awsCli } from './available.ts';

let endpoint: Endpoint;
beforeEach(async () => {
  endpoint = await startEndpoint();
});
afterEach(() => endpoint.close());

interface Finished {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs `aws`; versions that do not read AWS_ENDPOINT_URL get the endpoint as an option. */
function aws(...args: string[]): Promise<Finished> {
  const env = {
    PATH: process.env.PATH,
    HOME: '/nonexistent',
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_PAGER: '',
    ...endpoint.environment(),
  };
  return new Promise((resolve) => {
    execFile(awsCli ?? 'aws', ['--endpoint-url', endpoint.url, ...args], { env }, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 1;
      resolve({ code, stdout, stderr });
    });
  });
}

async function awsJson(...args: string[]): Promise<unknown> {
  const { code, stdout, stderr } = await aws('--output', 'json', ...args);
  expect(stderr).toBe('');
  expect(code).toBe(0);
  return stdout === '' ? undefined : JSON.parse(stdout);
}

describe.skipIf(awsCli === undefined)('the aws command line', () => {
  it('takes a key through its life', async () => {
    await awsJson('iam', 'create-user', '--user-name', 'ci', '--tags', 'Key=owner,Value=platform');
    const { AccessKey } = (await awsJson('iam', 'create-access-key', '--user-name', 'ci')) as {
      AccessKey: { AccessKeyId: string; Status: string };
    };
    expect(AccessKey.Status).toBe('Active');
    const id = AccessKey.AccessKeyId;
    await awsJson('iam', 'update-access-key', '--user-name', 'ci', '--access-key-id', id, '--status', 'Inactive');
    expect(await awsJson('iam', 'list-access-keys', '--user-name', 'ci')).toEqual({
      AccessKeyMetadata: [
        { UserName: 'ci', AccessKeyId: id, Status: 'Inactive', CreateDate: expect.any(String) as string },
      ],
    });
    expect(await awsJson('iam', 'get-access-key-last-used', '--access-key-id', id)).toEqual({
      UserName: 'ci',
      AccessKeyLastUsed: { Region: 'N/A', ServiceName: 'N/A' },
    });
    await awsJson('iam', 'delete-access-key', '--user-name', 'ci', '--access-key-id', id);
    await awsJson('iam', 'delete-user', '--user-name', 'ci');
  });

  it('shows a refusal in the words of AWS', async () => {
    const refused = await aws('iam', 'list-access-keys', '--user-name', 'nobody');
    expect(refused.code).not.toBe(0);
    expect(refused.stderr).toContain(
      'An error occurred (NoSuchEntity) when calling the ListAccessKeys operation: The user with name nobody cannot be found.',
    );
  });

  it('knows who is calling', async () => {
    expect(await awsJson('sts', 'get-caller-identity')).toEqual({
      UserId: expect.stringMatching(/^AIDA/) as string,
      Account: '123456789012',
      Arn: 'arn:aws:iam::123456789012:user/admin',
    });
  });
});
