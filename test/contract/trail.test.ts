// What the library finds in CloudTrail, against an endpoint that behaves.
import { AttachUserPolicyCommand, CreateUserCommand } from '@aws-sdk/client-iam';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startEndpoint, type Endpoint } from '../../src/endpoint/index.ts';
import {
  connect,
  createAccessKey,
  findKeyCreator,
  findQuarantine,
  getCallerIdentity,
  lookUpKeyEvents,
  summarizeCallers,
  type Connection,
} from '../../src/index.ts';

let endpoint: Endpoint;
const connections: Connection[] = [];
let admin: Connection;

beforeEach(async () => {
  endpoint = await startEndpoint();
  const { accessKeyId, secretAccessKey } = endpoint.administrator;
  admin = connectWith(accessKeyId, secretAccessKey?.reveal() ?? '');
  await admin.iam.send(new CreateUserCommand({ UserName: 'alice' }));
});
afterEach(async () => {
  for (const aws of connections.splice(0)) aws.destroy();
  await endpoint.close();
});

function connectWith(accessKeyId: string, secretAccessKey: string): Connection {
  const aws = connect({ endpoint: endpoint.url, region: 'eu-west-1', credentials: { accessKeyId, secretAccessKey } });
  connections.push(aws);
  return aws;
}

it('tells our creation of a key from another', async () => {
  const ours = await createAccessKey(admin, { UserName: 'alice', userAgent: 'keyturn rotation/r-1' });
  const { AccessKeyId } = await createAccessKey(admin, { UserName: 'alice' });
  const ask = (id: string) => findKeyCreator(admin, { AccessKeyId: id, userAgentPart: 'keyturn rotation/r-1' });
  const mine = await ask(ours.AccessKeyId);
  expect(mine).toMatchObject({ Kind: 'ours', event: { userAgent: expect.stringContaining('aws-sdk-js/') as string } });
  expect(await ask(AccessKeyId)).toMatchObject({ Kind: 'another', event: { UserName: 'admin' } });
  expect(await ask('AKIARZPUZDIKAAAAAAAA')).toMatchObject({ Kind: 'unknown' });
});

it('finds who used a key, in the Regions where that was kept, and not without permission', async () => {
  const { AccessKeyId, SecretAccessKey } = await createAccessKey(admin, { UserName: 'alice' });
  const alice = connectWith(AccessKeyId, SecretAccessKey.reveal());
  await getCallerIdentity(alice);
  const found = await lookUpKeyEvents(admin, { AccessKeyId });
  expect(found).toMatchObject({ Kind: 'read', Events: [{ EventName: 'GetCallerIdentity', awsRegion: 'eu-west-1' }] });
  expect(summarizeCallers(found.Kind === 'read' ? found.Events : [])).toMatchObject([
    { sourceIPAddress: '127.0.0.1', EventSource: 'sts.amazonaws.com', calls: 1 },
  ]);
  const unread = await lookUpKeyEvents(alice, { AccessKeyId });
  expect(unread).toMatchObject({
    Kind: 'unknown',
    Reason: expect.stringContaining('cloudtrail:LookupEvents') as string,
  });
});

it('recognises a quarantined user', async () => {
  expect(await findQuarantine(admin, 'alice')).toEqual({ Kind: 'none' });
  const PolicyArn = 'arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3';
  await admin.iam.send(new AttachUserPolicyCommand({ UserName: 'alice', PolicyArn }));
  expect(await findQuarantine(admin, 'alice')).toEqual({
    Kind: 'quarantined',
    PolicyName: 'AWSCompromisedKeyQuarantineV3',
    PolicyArn,
  });
  expect(await findQuarantine(admin, 'nobody')).toMatchObject({ Kind: 'unknown' });
});

it("takes the endpoint's time for AWS's", async () => {
  endpoint.setClock(new Date('2031-05-06T07:08:09Z'));
  await getCallerIdentity(admin).catch(() => undefined);
  expect(admin.serverTime().toISOString()).toMatch(/^2031-05-06T07:08:/);
});
