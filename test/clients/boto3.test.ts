// boto3 as its users write it: the client, the resource, and a program that knows nothing of Keyturn.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startEndpoint, type Endpoint } from '../../src/endpoint/index.ts';
import { python, readsEndpointVariable } from './available.ts';

const run = promisify(execFile);
const scripts = join(import.meta.dirname, 'python');

let endpoint: Endpoint;
beforeEach(async () => {
  endpoint = await startEndpoint();
});
afterEach(() => endpoint.close());

async function runPython(script: string, ...args: string[]): Promise<string> {
  if (python === undefined) throw new Error('no python');
  const env = {
    PATH: process.env.PATH,
    HOME: '/nonexistent',
    PYTHONDONTWRITEBYTECODE: '1',
    AWS_DEFAULT_REGION: 'us-east-1',
    ...endpoint.environment(),
  };
  const { stdout } = await run(python.command, [join(scripts, script), ...args], { env });
  return stdout;
}

/** A line of the program with names for ids, and its keys in a fixed order: AWS promises none. */
function nameKeys(line: string): string {
  const named = line.replaceAll(/AKIA[A-Z2-7]{16}/g, (id) =>
    id === endpoint.administrator.accessKeyId ? 'OLD' : 'NEW',
  );
  return named.startsWith('keys ') ? `keys ${named.slice('keys '.length).split(', ').sort().join(', ')}` : named;
}

describe.skipIf(python === undefined)('boto3', () => {
  it('gets from every action what AWS answers', async () => {
    expect(await runPython('client_calls.py', endpoint.url)).toBe('ok\n');
  });

  it("finds after each of Terraform's calls what Terraform will look for", async () => {
    expect(await runPython('terraform_calls.py', endpoint.url)).toBe('ok\n');
  });

  it('gets from policies, roles and sessions what AWS answers', async () => {
    expect(await runPython('policy_calls.py', endpoint.url)).toBe('ok\n');
  });

  it.skipIf(!readsEndpointVariable)('runs an unmodified program through the life of a key', async () => {
    const output = await runPython('manage_access_keys.py');
    expect(output.split('\n').map(nameKeys)).toEqual([
      'user admin',
      'created NEW Active secret of 40',
      'keys NEW Active, OLD Active',
      'last use admin iam us-east-1 True',
      'new key admin N/A N/A None',
      'active: arn:aws:iam::123456789012:user/admin',
      'inactive: InvalidClientTokenId',
      'keys NEW Inactive, OLD Active',
      'active again: arn:aws:iam::123456789012:user/admin',
      'deleted: InvalidClientTokenId',
      'keys OLD Active',
      '',
    ]);
  });
});
