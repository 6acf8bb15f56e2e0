// A scan of moto_server, an IAM that nobody here wrote: what it answers otherwise than AWS may cost facts, and never a key.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import {
  AddUserToGroupCommand,
  AttachGroupPolicyCommand,
  CreateGroupCommand,
  CreatePolicyCommand,
  CreateUserCommand,
} from '@aws-sdk/client-iam';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scanAccount } from '../../src/fleet/index.ts';
import { connect, createAccessKey, deactivateAccessKey, type Connection } from '../../src/iam/index.ts';
import { collect, findUser, keysOf } from '../unit/fleet/collect/scanned-endpoint.ts';
import { MemorySnapshots } from '../unit/fleet/memory-snapshots.ts';
import { findMotoServer } from './available.ts';

const motoServer = findMotoServer();
const allowAll = '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}';

let server: ChildProcess;
let aws: Connection;
let url: string;

describe.skipIf(motoServer === undefined)('a scan of moto', () => {
  beforeAll(async () => {
    const port = await findFreePort();
    server = spawn(motoServer ?? '', ['--port', String(port)], { stdio: 'ignore' });
    const credentials = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'moto asks for none' };
    url = `http://127.0.0.1:${port}`;
    aws = connect({ endpoint: url, region: 'us-east-1', credentials });
    await waitForAnswer();
  });
  afterAll(async () => {
    aws.destroy();
    const gone = once(server, 'exit');
    server.kill('SIGKILL');
    await gone;
  });

  it('finds every user, every key and what is attached', async () => {
    await aws.iam.send(new CreateGroupCommand({ GroupName: 'admins' }));
    const { Policy } = await aws.iam.send(new CreatePolicyCommand({ PolicyName: 'all', PolicyDocument: allowAll }));
    await aws.iam.send(new AttachGroupPolicyCommand({ GroupName: 'admins', PolicyArn: Policy?.Arn }));
    const made = new Map<string, string[]>();
    for (const UserName of ['Bob', 'alice', 'carol']) {
      const Tags = [{ Key: 'team', Value: UserName }];
      await aws.iam.send(new CreateUserCommand({ UserName, Path: '/people/', Tags }));
      const keys = UserName === 'carol' ? [] : [await createAccessKey(aws, { UserName })];
      if (UserName === 'Bob') keys.push(await createAccessKey(aws, { UserName }));
      made.set(UserName, keys.map(({ AccessKeyId }) => AccessKeyId).sort());
    }
    const [stopped = ''] = made.get('alice') ?? [];
    await deactivateAccessKey(aws, { UserName: 'alice', AccessKeyId: stopped });
    await aws.iam.send(new AddUserToGroupCommand({ UserName: 'Bob', GroupName: 'admins' }));

    const { account, users, cost } = await scanAccount(aws, { store: new MemorySnapshots() });
    const found = await collect(users());
    expect(account.gaps.filter((gap) => !gap.includes('service-specific'))).toEqual([]);
    // Its report is of 2015, whenever it is made: no key of today can be in it, so IAM is asked.
    expect(cost.calls).toMatchObject({ ListAccessKeys: 2, GetAccessKeyLastUsed: 3 });
    for (const [UserName, ids] of made) {
      const user = findUser(found, UserName);
      expect(
        keysOf(user)
          .map(({ AccessKeyId }) => AccessKeyId)
          .sort(),
      ).toEqual(ids);
      expect(user).toMatchObject({ Path: '/people/', Tags: { team: UserName } });
    }
    expect(keysOf(findUser(found, 'alice'))[0]?.Status).toBe('Inactive');
    expect(findUser(found, 'Bob')).toMatchObject({
      Groups: ['admins'],
      AttachedPolicies: [{ PolicyName: 'all', GroupName: 'admins' }],
    });
  });
});

async function findFreePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

async function waitForAnswer(): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      await fetch(url);
      return;
    } catch (error) {
      if (tries > 300) throw error;
      await delay(100);
    }
  }
}
