// The demo as a process of its own: what it tells, and that it leaves the keys as it found them.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { connect, createAccessKey, listAccessKeys, type Connection } from '../../src/iam/index.ts';
import { startEndpoint, type Endpoint } from '../../src/endpoint/index.ts';

const main = join(import.meta.dirname, '../../src/cli/main.ts');

let endpoint: Endpoint;
let admin: Connection;
beforeEach(async () => {
  endpoint = await startEndpoint();
  admin = connect({ region: 'us-east-1', endpoint: endpoint.url, credentials: adminCredentials() });
});
afterEach(async () => {
  admin.destroy();
  await endpoint.close();
});

function adminCredentials(): { accessKeyId: string; secretAccessKey: string } {
  const { accessKeyId, secretAccessKey } = endpoint.administrator;
  return { accessKeyId, secretAccessKey: secretAccessKey?.reveal() ?? '' };
}

interface Told {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs `keyturn demo`; `until` interrupts it, as Ctrl-C does, once its story has come so far. */
function runDemo(args: readonly string[], { until, env = {} }: { until?: RegExp; env?: NodeJS.ProcessEnv } = {}) {
  return new Promise<Told>((resolve) => {
    const child = spawn(process.execPath, [main, 'demo', ...args], {
      env: { PATH: process.env.PATH, HOME: '/nonexistent', ...endpoint.environment(), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const told: Told = { code: null, stdout: '', stderr: '' };
    child.stdout.on('data', (data: Buffer) => {
      told.stdout += data.toString();
      if (until?.test(told.stdout)) child.kill('SIGINT');
    });
    child.stderr.on('data', (data: Buffer) => (told.stderr += data.toString()));
    child.on('close', (code) => {
      resolve({ ...told, code });
    });
  });
}

/** The calls of a story, in order, without what came of them. */
function listCalls(stdout: string): string[] {
  return [...stdout.matchAll(/^((?:iam|sts):\w+)/gm)].map(([, call = '']) => call);
}

const life = [
  'iam:ListAccessKeys',
  'iam:GetAccountSummary',
  'iam:CreateAccessKey',
  'sts:GetCallerIdentity',
  'iam:ListAccessKeys',
  'iam:GetAccessKeyLastUsed',
  'iam:UpdateAccessKey',
  'sts:GetCallerIdentity',
  'iam:ListAccessKeys',
  'iam:DeleteAccessKey',
  'iam:ListAccessKeys',
];

it('tells the whole life on an endpoint of its own, whatever the environment says', async () => {
  const { code, stdout, stderr } = await runDemo([], { env: { AWS_ACCESS_KEY_ID: 'half', AWS_PROFILE: 'missing' } });
  expect(stderr).toBe('');
  expect(code).toBe(0);
  expect(listCalls(stdout)).toEqual(['sts:GetCallerIdentity', ...life]);
  expect(stdout).toContain('the Inactive key is refused: InvalidClientTokenId');
  expect(stdout).not.toMatch(/[A-Za-z0-9/+]{40}/);
  expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
});

it('works for a user who has no key yet', async () => {
  const { code, stdout } = await runDemo(['--user', 'ada']);
  expect(code).toBe(0);
  expect(stdout).toContain('there is no older key');
  expect(stdout).toMatch(/iam:ListAccessKeys +no access keys\n\nThat was/);
});

it('refuses politely at two keys, and touches neither', async () => {
  await createAccessKey(admin);
  const before = await listAccessKeys(admin);
  const { code, stdout } = await runDemo(['--aws']);
  expect(code).toBe(4);
  expect(stdout).toContain('There is no room for another key, and none was touched.');
  expect(await listAccessKeys(admin)).toEqual(before);
});

it('leaves the keys as they were when it is interrupted in the middle', async () => {
  const before = await listAccessKeys(admin);
  const { code, stdout, stderr } = await runDemo(['--aws'], { until: /iam:CreateAccessKey/ });
  expect(stdout).toContain('iam:CreateAccessKey');
  expect(code).toBe(130);
  expect(stderr).toContain('interrupted');
  expect(await listAccessKeys(admin)).toEqual(before);
});

it('asks a role whose keys it means', async () => {
  const session = endpoint.issueSession({ kind: 'role', RoleName: 'ops', RoleSessionName: 'me', administrator: true });
  const env = {
    AWS_ACCESS_KEY_ID: session.AccessKeyId,
    AWS_SECRET_ACCESS_KEY: session.SecretAccessKey.reveal(),
    AWS_SESSION_TOKEN: session.SessionToken.reveal(),
  };
  const nobody = await runDemo(['--aws'], { env });
  expect(nobody.code).toBe(2);
  expect(nobody.stderr).toContain('--user NAME');

  const told = await runDemo(['--aws', '--user', 'admin'], { env, until: /iam:GetUser/ });
  expect(listCalls(told.stdout).slice(0, 5)).toEqual(['sts:GetCallerIdentity', ...life.slice(0, 3), 'iam:GetUser']);
  expect(await listAccessKeys(admin)).toHaveLength(1);
});
