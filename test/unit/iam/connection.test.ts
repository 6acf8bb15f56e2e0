import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { IAMClient } from '@aws-sdk/client-iam';
import { STSClient } from '@aws-sdk/client-sts';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { connect, listAccessKeys } from '../../../src/iam/index.ts';
import { findRegion } from '../../../src/iam/region.ts';
import { listOf, startScriptedIam } from './scripted-iam.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

async function withProfiles(text: string, use: () => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'keyturn-profiles-'));
  const file = join(folder, 'config');
  await writeFile(file, text);
  vi.stubEnv('AWS_CONFIG_FILE', file);
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', join(folder, 'credentials'));
  try {
    await use();
  } finally {
    await rm(folder, { recursive: true });
  }
}

describe('the region', () => {
  it.each([
    [{ AWS_REGION: 'eu-west-1', AWS_DEFAULT_REGION: 'eu-west-2' }, 'eu-west-1'],
    [{ AWS_DEFAULT_REGION: 'eu-west-2' }, 'eu-west-2'],
    [{ AWS_REGION: '', AWS_DEFAULT_REGION: 'eu-west-2' }, 'eu-west-2'],
  ])('of the environment %j is %s', async (environment, region) => {
    expect(await findRegion(environment, undefined)).toBe(region);
  });

  it("is the profile's where the environment has none, and us-east-1 where nobody has one", async () => {
    vi.stubEnv('AWS_REGION', undefined);
    await withProfiles('[profile blue]\nregion = cn-north-1\n[profile plain]\noutput = json\n', async () => {
      expect(await findRegion({}, 'blue')).toBe('cn-north-1');
      expect(await findRegion({}, 'plain')).toBe('us-east-1');
    });
  });

  it('signs a call of a connection that was given none', async () => {
    await using iam = await startScriptedIam({ ListAccessKeys: listOf() });
    vi.stubEnv('AWS_REGION', undefined);
    vi.stubEnv('AWS_DEFAULT_REGION', 'eu-central-1');
    const aws = connect({
      endpoint: iam.url,
      credentials: { accessKeyId: 'AKIARZPUZDIKAAAAAAAA', secretAccessKey: 'x' },
    });
    await listAccessKeys(aws, { UserName: 'alice' });
    aws.destroy();
    expect(iam.received[0]?.request.headers.authorization).toContain('/eu-central-1/iam/aws4_request');
  });

  it('that was given is kept, be it by a provider', async () => {
    vi.stubEnv('AWS_REGION', 'eu-west-1');
    const aws = connect({ region: () => Promise.resolve('cn-north-1') });
    expect(await aws.iam.config.region()).toBe('cn-north-1');
    expect(await aws.sts.config.region()).toBe('cn-north-1');
  });
});

describe('clients made elsewhere', () => {
  it('are used as they are and not destroyed', () => {
    const iam = new IAMClient({ region: 'eu-west-1' });
    const sts = new STSClient({ region: 'eu-west-1' });
    const destroyed = [vi.spyOn(iam, 'destroy'), vi.spyOn(sts, 'destroy')];
    const aws = connect({ clients: { iam, sts } });
    expect(aws.iam).toBe(iam);
    expect(aws.sts).toBe(sts);
    aws.destroy();
    for (const destroy of destroyed) expect(destroy).not.toHaveBeenCalled();
  });
});

it('a connection makes its STS client when it is asked for, and destroys what it made', () => {
  const aws = connect({ region: 'eu-west-1' });
  const { sts } = aws;
  expect(aws.sts).toBe(sts);
  const destroyed = [vi.spyOn(aws.iam, 'destroy'), vi.spyOn(sts, 'destroy')];
  aws.destroy();
  for (const destroy of destroyed) expect(destroy).toHaveBeenCalledOnce();
});
