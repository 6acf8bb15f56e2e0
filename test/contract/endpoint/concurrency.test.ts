// Many requests at a time: the quota holds, and nothing is lost or done twice.
import { expect, it } from 'vitest';
import { startEndpoint } from '../../../src/endpoint/index.ts';
import { administratorOf, call, callWell } from './signed-call.ts';

it('never makes a third key, however many ask at once', async () => {
  await using endpoint = await startEndpoint();
  const admin = administratorOf(endpoint);
  const names = ['a', 'b', 'c', 'd'];
  for (const UserName of names) await callWell(endpoint, admin, 'CreateUser', { UserName });
  const asked = Array.from({ length: 64 }, (_, index) => ({ UserName: names[index % names.length] ?? '' }));
  const replies = await Promise.all(asked.map((one) => call(endpoint, admin, 'CreateAccessKey', one)));
  expect(replies.filter(({ status }) => status === 200)).toHaveLength(2 * names.length);
  const refused = replies.filter(({ status }) => status !== 200);
  expect(new Set(refused.map(({ status, code, message }) => `${status} ${code ?? ''} ${message ?? ''}`))).toEqual(
    new Set(['409 LimitExceeded Cannot exceed quota for AccessKeysPerUser: 2']),
  );
  for (const UserName of names) {
    const keys = await callWell(endpoint, admin, 'ListAccessKeys', { UserName });
    expect(keys.match(/<AccessKeyId>/g)).toHaveLength(2);
  }
});

it('makes one user of a name, however it is written', async () => {
  await using endpoint = await startEndpoint();
  const admin = administratorOf(endpoint);
  const names = ['bob', 'Bob', 'BOB', 'boB'];
  const replies = await Promise.all(names.map((UserName) => call(endpoint, admin, 'CreateUser', { UserName })));
  expect(replies.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
});
