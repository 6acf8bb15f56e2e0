/** The README's examples, compiled as a user would who is strict, and run. */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CreateUserCommand } from '@aws-sdk/client-iam';
import { startEndpoint, type Endpoint } from '../../src/endpoint/index.ts';
import { connect, createAccessKey, listAccessKeys, type Connection } from '../../src/iam/index.ts';

const root = dirname(dirname(import.meta.dirname));
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const [library = '', suite = ''] = [...readme.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code]) => code);

let endpoint: Endpoint;
let aws: Connection;
let folder: string;

beforeAll(async () => {
  endpoint = await startEndpoint();
  const { accessKeyId, secretAccessKey } = endpoint.administrator;
  const credentials = { accessKeyId, secretAccessKey: secretAccessKey?.reveal() ?? '' };
  aws = connect({ region: 'us-east-1', endpoint: endpoint.url, credentials });
  await aws.iam.send(new CreateUserCommand({ UserName: 'ci' }));
  await createAccessKey(aws, { UserName: 'ci' });
  folder = mkdtempSync(join(tmpdir(), 'keyturn-readme-'));
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(root, join(folder, 'node_modules', 'keyturn'));
  symlinkSync(join(root, 'node_modules', '@types'), join(folder, 'node_modules', '@types'));
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
});

afterAll(async () => {
  aws.destroy();
  await endpoint.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs Node.js in the folder; the endpoint answers meanwhile. */
async function run(...args: string[]): Promise<string> {
  const env = { PATH: process.env.PATH, HOME: folder, ...endpoint.environment() };
  return (await promisify(execFile)(process.execPath, args, { cwd: folder, env, timeout: 30_000 })).stdout;
}

function runCode(code: string): Promise<string> {
  writeFileSync(join(folder, 'example.ts'), code);
  return run('example.ts');
}

describe("the README's examples", () => {
  it('compile under strict options', async () => {
    const options = ['--strict', '--exactOptionalPropertyTypes', '--noUncheckedIndexedAccess', '--noEmit'];
    const target = ['--target', 'es2024', '--lib', 'esnext', '--module', 'nodenext', '--types', 'node'];
    for (const [name, code] of Object.entries({ library, suite })) writeFileSync(join(folder, `${name}.ts`), code);
    const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
    await expect(run(tsc, ...options, ...target, 'library.ts', 'suite.ts')).resolves.toBe('');
  });

  it('do what they say, and show no secret', async () => {
    const [id, status, use] = (await runCode(`${library}console.log(created);`)).split(/\s+/);
    expect([id, status, use]).toEqual([expect.stringMatching(/^AKIA/), 'Active', 'never']);
    const keys = await listAccessKeys(aws, { UserName: 'ci' });
    expect(keys.map(({ Status }) => Status)).toEqual(['Active', 'Inactive']);
  });

  it('have an endpoint for a test suite', async () => {
    const shown = await runCode(`${suite}console.log(endpoint.url, process.env.AWS_ENDPOINT_URL_IAM);`);
    expect(shown).toMatch(/^(\S+) \1\n$/);
  });
});
