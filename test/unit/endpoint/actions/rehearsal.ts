import { randomBytes } from 'node:crypto';
import { expect } from 'vitest';
import type { Action } from '../../../../src/endpoint/action.ts';
import type { Caller, RoleCaller, RootCaller, UserCaller } from '../../../../src/endpoint/caller.ts';
import { openDirectory } from '../../../../src/endpoint/directory/directory.ts';
import { EventHistory } from '../../../../src/endpoint/event-history.ts';
import type { User } from '../../../../src/endpoint/directory/records.ts';
import { Permissions } from '../../../../src/endpoint/permissions.ts';
import { nameResource } from '../../../../src/endpoint/resource.ts';

export const accountId = '123456789012';
/** When the account was made. */
export const birth = new Date('2026-01-02T03:04:05Z');
/** When the actions are called. */
export const now = new Date('2026-03-01T00:00:00Z');

/** An account in memory as the endpoint begins it, the callers it can have, and a way to call an action as one of them. */
export function openAccount() {
  const directory = openDirectory({ lastUsedGranularity: 0, random: randomBytes });
  const { UserId, AccessKeyId } = directory.begin({ accountId, now: birth });
  const arn = `arn:aws:iam::${accountId}:user/admin`;
  const admin: UserCaller = {
    kind: 'user',
    accountId,
    arn,
    userId: UserId,
    userName: 'admin',
    accessKeyId: AccessKeyId,
    temporary: false,
  };

  const permissions = new Permissions(directory);
  const surroundings = {
    directory,
    permissions,
    now,
    region: 'us-east-1',
    usersQuota: 5_000,
    history: new EventHistory(100),
  };
  const perform = <Input, Output>(action: Action<Input, Output>, input: NoInfer<Input>, caller: Caller = admin) =>
    action.perform({ input, caller, ...surroundings });
  /** The call, to be made within an expectation. */
  const attempt =
    <Input, Output>(action: Action<Input, Output>, input: NoInfer<Input>, caller: Caller = admin) =>
    () =>
      perform(action, input, caller);
  const performAt = <Input, Output>(time: Date, action: Action<Input, Output>, input: NoInfer<Input>) =>
    action.perform({ input, caller: admin, ...surroundings, now: time });
  /** The resource as AccessDenied names it. */
  const resource = <Input, Output>(action: Action<Input, Output>, input: NoInfer<Input>, caller: Caller = admin) =>
    nameResource(action.resource({ input, caller, ...surroundings }));
  const addUser = (UserName: string, Path = '/'): User =>
    directory.users.create({ accountId, UserName, Path, CreateDate: now });
  const addKey = (ownerId: string, CreateDate = now): string => {
    const key = directory.accessKeys.create({ accountId, ownerId, CreateDate, quota: 2 });
    if (key === undefined) throw new Error('the owner has two keys');
    return key.AccessKeyId;
  };
  return { directory, history: surroundings.history, admin, perform, performAt, attempt, resource, addUser, addKey };
}

export const role: RoleCaller = {
  kind: 'role',
  accountId,
  arn: `arn:aws:sts::${accountId}:assumed-role/deployer/run-1`,
  userId: 'AROARZPUZDIKAAAAAAAAA:run-1',
  issuerId: 'AROARZPUZDIKAAAAAAAAA',
  issuerArn: `arn:aws:iam::${accountId}:role/deployer`,
  accessKeyId: 'ASIARZPUZDIKAAAAAAAA',
  temporary: true,
};

export const root: RootCaller = {
  kind: 'root',
  accountId,
  arn: `arn:aws:iam::${accountId}:root`,
  userId: accountId,
  accessKeyId: 'AKIARZPUZDIKBBBBBBBB',
  temporary: false,
};

/** The same user, by a key from GetSessionToken. */
export function openSession(user: UserCaller): UserCaller {
  return { ...user, accessKeyId: 'ASIARZPUZDIKCCCCCCCC', temporary: true };
}

/** What a refusal is expected to be, to the letter. */
export function refusal(code: string, status: number, message: string): Error {
  return expect.objectContaining({ name: 'AwsFault', code, status, fault: 'Sender', message }) as Error;
}

export const unknownUser = (name: string) =>
  refusal('NoSuchEntity', 404, `The user with name ${name} cannot be found.`);
export const unnamed = refusal('ValidationError', 400, 'Must specify userName when calling with non-User credentials');
export const invalidMarker = refusal('ValidationError', 400, 'Invalid Marker.');
