import { describe, expect, it } from 'vitest';
import {
  activateAccessKey,
  addLastUsed,
  connect,
  createAccessKey,
  deactivateAccessKey,
  deleteAccessKey,
  getAccessKeyAccount,
  getAccessKeyLastUsed,
  getUser,
  listAccessKeys,
  listAllAccessKeys,
  proveAccessKey,
} from '../../../src/iam/index.ts';
import { Secret } from '../../../src/secret.ts';
import { catchFailure } from './catch-failure.ts';

// Nothing answers here: a call that were made would fail as ERR_NETWORK, and not as ERR_USAGE.
const aws = connect({
  endpoint: 'http://127.0.0.1:1',
  region: 'us-east-1',
  credentials: { accessKeyId: 'AKIARZPUZDIKAAAAAAAA', secretAccessKey: 'x' },
});
const good = 'AKIARZPUZDIKAAAAAAAA';

const withId = {
  activateAccessKey: (AccessKeyId: string) => activateAccessKey(aws, { AccessKeyId, UserName: 'alice' }),
  deactivateAccessKey: (AccessKeyId: string) => deactivateAccessKey(aws, { AccessKeyId, UserName: 'alice' }),
  deleteAccessKey: (AccessKeyId: string) => deleteAccessKey(aws, { AccessKeyId, UserName: 'alice' }),
  getAccessKeyLastUsed: (AccessKeyId: string) => getAccessKeyLastUsed(aws, { AccessKeyId }),
  getAccessKeyAccount: (AccessKeyId: string) => getAccessKeyAccount(aws, { AccessKeyId }),
  addLastUsed: (AccessKeyId: string) => addLastUsed(aws, [{ AccessKeyId }]).next(),
  proveAccessKey: (AccessKeyId: string) =>
    proveAccessKey(aws, { AccessKeyId, SecretAccessKey: new Secret('x') }, { Arn: 'arn:aws:iam::123456789012:user/a' }),
};

const withName = {
  getUser: (UserName: string) => getUser(aws, { UserName }),
  listAccessKeys: (UserName: string) => listAccessKeys(aws, { UserName }),
  createAccessKey: (UserName: string) => createAccessKey(aws, { UserName }),
  activateAccessKey: (UserName: string) => activateAccessKey(aws, { AccessKeyId: good, UserName }),
  deactivateAccessKey: (UserName: string) => deactivateAccessKey(aws, { AccessKeyId: good, UserName }),
  deleteAccessKey: (UserName: string) => deleteAccessKey(aws, { AccessKeyId: good, UserName }),
};

describe.each(Object.entries(withId))('%s', (_name, call) => {
  it.each(['', 'AKIA', 'A'.repeat(15), 'A'.repeat(129), 'AKIARZPUZDIK-AAAAAAA', 'AKIARZPUZDIKAAAAAAA\n'])(
    'refuses the access key id %j before any call',
    async (AccessKeyId) => {
      expect(await catchFailure(call(AccessKeyId))).toMatchObject({ code: 'ERR_USAGE' });
    },
  );

  it('refuses what is no text as a TypeError', async () => {
    await expect(call(42 as unknown as string)).rejects.toThrow(TypeError);
  });
});

describe.each(Object.entries(withName))('%s', (_name, call) => {
  it.each(['', 'a'.repeat(129), 'two words', 'a/b', 'ä', 'alice\n'])(
    'refuses the user name %j before any call',
    async (name) => {
      expect(await catchFailure(call(name))).toMatchObject({ code: 'ERR_USAGE' });
    },
  );

  it('refuses what is no text as a TypeError', async () => {
    await expect(call(null as unknown as string)).rejects.toThrow(TypeError);
  });

  it('lets a name of 128 characters and each allowed sign through', async () => {
    for (const name of ['a'.repeat(128), 'A_b0+=,.@-']) {
      expect(await catchFailure(call(name))).not.toMatchObject({ code: 'ERR_USAGE' });
    }
  });
});

describe('listAllAccessKeys', () => {
  it.each(['', 'blue/', '/a b/', `/${'a'.repeat(512)}`])(
    'refuses the path prefix %j before any call',
    async (PathPrefix) => {
      expect(await catchFailure(listAllAccessKeys(aws, { PathPrefix }).next())).toMatchObject({ code: 'ERR_USAGE' });
    },
  );
});

it('a secret put in the place of an id is not repeated', async () => {
  const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
  const error = await catchFailure(getAccessKeyLastUsed(aws, { AccessKeyId: secret }));
  expect(error.message).toBe('not an access key id: "wJal"… (40 characters)');
});
