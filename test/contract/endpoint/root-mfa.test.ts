// The root user's own MFA devices.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startEndpoint, type Endpoint } from '../../../src/endpoint/index.ts';
import { showCode } from './authenticator.ts';
import { administratorOf, call, callWell, readElement, type Pair } from './signed-call.ts';

const rootArn = 'arn:aws:iam::123456789012:root';

let endpoint: Endpoint;
let root: Pair;
let seed: string;
let SerialNumber: string;

beforeEach(async () => {
  endpoint = await startEndpoint();
  const { AccessKeyId, SecretAccessKey } = endpoint.issueRootKey();
  root = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey.reveal() };
  const made = await callWell(endpoint, root, 'CreateVirtualMFADevice', { VirtualMFADeviceName: 'root-phone' });
  seed = readElement(made, 'Base32StringSeed') ?? '';
  SerialNumber = readElement(made, 'SerialNumber') ?? '';
});
afterEach(() => endpoint.close());

const codes = (steps: number) => ({
  AuthenticationCode1: showCode(seed, steps - 1),
  AuthenticationCode2: showCode(seed, steps),
});

const enable = (UserName = 'root') => call(endpoint, root, 'EnableMFADevice', { UserName, SerialNumber, ...codes(0) });

async function summarize(): Promise<(string | undefined)[]> {
  const xml = await callWell(endpoint, root, 'GetAccountSummary');
  return ['AccountMFAEnabled', 'MFADevices', 'MFADevicesInUse'].map(
    (key) => new RegExp(`<key>${key}</key>\\s*<value>(\\d+)<`).exec(xml)?.[1],
  );
}

it('are enabled with two codes, and seen wherever AWS shows them', async () => {
  expect(await summarize()).toEqual(['0', '1', '0']);
  expect((await enable()).status).toBe(200);
  expect(await summarize()).toEqual(['1', '1', '1']);
  const own = await callWell(endpoint, root, 'ListMFADevices');
  expect(readElement(own, 'SerialNumber')).toBe(SerialNumber);
  expect(own).not.toContain('UserName');
  const assigned = await callWell(endpoint, administratorOf(endpoint), 'ListVirtualMFADevices', {
    AssignmentStatus: 'Assigned',
  });
  expect([readElement(assigned, 'UserId'), readElement(assigned, 'Arn')]).toEqual(['123456789012', rootArn]);
  const unassigned = await callWell(endpoint, root, 'ListVirtualMFADevices', { AssignmentStatus: 'Unassigned' });
  expect(unassigned).toContain('<VirtualMFADevices/>');
  await callWell(endpoint, root, 'GenerateCredentialReport');
  endpoint.advanceClock(3_000);
  const report = await callWell(endpoint, root, 'GetCredentialReport');
  const [, row] = Buffer.from(readElement(report, 'Content') ?? '', 'base64')
    .toString()
    .split('\n');
  expect(row?.split(',').slice(3, 8)).toEqual(['false', 'N/A', 'N/A', 'not_supported', 'true']);
});

it('make sessions of the root user that may call IAM', async () => {
  await enable('123456789012');
  const proof = { SerialNumber, TokenCode: showCode(seed, 1) };
  const xml = await callWell(endpoint, root, 'GetSessionToken', proof);
  const read = (name: string) => readElement(xml, name) ?? '';
  const session = {
    accessKeyId: read('AccessKeyId'),
    secretAccessKey: read('SecretAccessKey'),
    sessionToken: read('SessionToken'),
  };
  expect(readElement(await callWell(endpoint, session, 'GetUser'), 'Arn')).toBe(rootArn);
  const plain = await callWell(endpoint, root, 'GetSessionToken');
  expect(readElement(plain, 'SessionToken')).toBeDefined();
});

it('are synchronized, deactivated and deleted by the root user', async () => {
  await enable();
  const again = await enable();
  expect([again.code, again.message]).toEqual(['EntityAlreadyExists', 'MFA Device is already in use.']);
  expect((await call(endpoint, root, 'ResyncMFADevice', { UserName: 'root', SerialNumber, ...codes(3) })).status).toBe(
    200,
  );
  expect((await call(endpoint, root, 'DeleteVirtualMFADevice', { SerialNumber })).code).toBe('DeleteConflict');
  const admins = await call(endpoint, administratorOf(endpoint), 'DeactivateMFADevice', { SerialNumber });
  expect([admins.code, admins.message]).toEqual(['NoSuchEntity', 'MFA Device invalid for user.']);
  await callWell(endpoint, root, 'DeactivateMFADevice', { SerialNumber });
  expect(await summarize()).toEqual(['0', '1', '0']);
  await callWell(endpoint, root, 'DeleteVirtualMFADevice', { SerialNumber });
});

it('belong to a user called root where there is one', async () => {
  await callWell(endpoint, root, 'CreateUser', { UserName: 'root' });
  expect((await enable()).status).toBe(200);
  expect(await summarize()).toEqual(['0', '1', '1']);
  const admin = administratorOf(endpoint);
  expect(
    (await call(endpoint, admin, 'ResyncMFADevice', { UserName: '123456789012', SerialNumber, ...codes(3) })).code,
  ).toBe('NoSuchEntity');
});
