import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startEndpoint, type Endpoint } from '../../../src/endpoint/index.ts';
import { administratorOf, call, callWell, readElement, type CallOptions, type Pair } from './signed-call.ts';
import { callJson } from './signed-json-call.ts';

let endpoint: Endpoint;
let admin: Pair;
let time: number;

beforeEach(async () => {
  time = Date.parse('2026-11-23T21:05:09.700Z');
  endpoint = await startEndpoint({ now: () => new Date(time) });
  admin = administratorOf(endpoint);
});
afterEach(() => endpoint.close());

const at = (): CallOptions => ({ date: new Date(time) });

interface ShownEvent {
  EventId: string;
  EventName: string;
  EventTime: number;
  Username: string;
  CloudTrailEvent: string;
  Resources: unknown;
}

async function lookUp(input: unknown = {}, pair = admin, options: CallOptions = {}): Promise<ShownEvent[]> {
  const reply = await callJson(endpoint, pair, 'cloudtrail', 'LookupEvents', input, { ...at(), ...options });
  expect(reply).toMatchObject({ status: 200, contentType: 'application/x-amz-json-1.1' });
  return reply.json.Events as ShownEvent[];
}

const by = (AttributeKey: string, AttributeValue: string) => ({ LookupAttributes: [{ AttributeKey, AttributeValue }] });

describe('LookupEvents', () => {
  it('tells who did what, from where and with what, and no secret', async () => {
    await callWell(endpoint, admin, 'CreateUser', { UserName: 'bob' }, at());
    const xml = await callWell(endpoint, admin, 'CreateAccessKey', { UserName: 'bob' }, at());
    const accessKeyId = readElement(xml, 'AccessKeyId') ?? '';
    const [event] = await lookUp(by('EventName', 'CreateAccessKey'));
    const { EventId = '', CloudTrailEvent = '' } = event ?? {};
    expect(event).toEqual({
      EventId: expect.stringMatching(/^[\da-f-]{36}$/) as string,
      EventName: 'CreateAccessKey',
      ReadOnly: 'false',
      AccessKeyId: admin.accessKeyId,
      EventTime: Date.parse('2026-11-23T21:05:09Z') / 1_000,
      EventSource: 'iam.amazonaws.com',
      Username: 'admin',
      Resources: [
        { ResourceType: 'AWS::IAM::User', ResourceName: 'bob' },
        { ResourceType: 'AWS::IAM::AccessKey', ResourceName: accessKeyId },
      ],
      CloudTrailEvent: expect.any(String) as string,
    });
    expect(JSON.parse(CloudTrailEvent)).toEqual({
      eventVersion: expect.any(String) as string,
      userIdentity: {
        type: 'IAMUser',
        principalId: expect.stringMatching(/^AIDA/) as string,
        arn: 'arn:aws:iam::123456789012:user/admin',
        accountId: '123456789012',
        accessKeyId: admin.accessKeyId,
        userName: 'admin',
      },
      eventTime: '2026-11-23T21:05:09Z',
      eventSource: 'iam.amazonaws.com',
      eventName: 'CreateAccessKey',
      awsRegion: 'us-east-1',
      sourceIPAddress: '127.0.0.1',
      userAgent: 'node',
      requestParameters: { userName: 'bob' },
      responseElements: {
        accessKey: { userName: 'bob', accessKeyId, status: 'Active', createDate: 'Nov 23, 2026 9:05:09 PM' },
      },
      requestID: expect.stringMatching(/^[\da-f-]{36}$/) as string,
      eventID: EventId,
      readOnly: false,
      eventType: 'AwsApiCall',
      managementEvent: true,
      recipientAccountId: '123456789012',
      eventCategory: 'Management',
    });
    expect(CloudTrailEvent).not.toContain(readElement(xml, 'SecretAccessKey'));
  });

  it('tells of refusals by the names of their shapes, and not of requests that nobody signed', async () => {
    await call(endpoint, admin, 'GetUser', { UserName: 'bob' }, at());
    await call(endpoint, { ...admin, secretAccessKey: 'wrong' }, 'ListUsers', {}, at());
    const [event, ...more] = await lookUp();
    expect(more).toEqual([]);
    expect(JSON.parse(event?.CloudTrailEvent ?? '')).toMatchObject({
      errorCode: 'NoSuchEntityException',
      errorMessage: 'The user with name bob cannot be found.',
      requestParameters: { userName: 'bob' },
      responseElements: null,
      readOnly: true,
    });
  });

  it('finds by each attribute', async () => {
    await callWell(endpoint, admin, 'CreateUser', { UserName: 'bob' }, at());
    const xml = await callWell(endpoint, admin, 'CreateAccessKey', { UserName: 'bob' }, at());
    const bob = {
      accessKeyId: readElement(xml, 'AccessKeyId') ?? '',
      secretAccessKey: readElement(xml, 'SecretAccessKey') ?? '',
    };
    await callWell(endpoint, bob, 'GetCallerIdentity', {}, at());
    const names = async (key: string, value: string) =>
      (await lookUp(by(key, value))).map(({ EventName }) => EventName);
    expect(await names('AccessKeyId', bob.accessKeyId)).toEqual(['GetCallerIdentity']);
    expect(await names('Username', 'bob')).toEqual(['GetCallerIdentity']);
    expect(await names('EventName', 'CreateUser')).toEqual(['CreateUser']);
    expect(await names('EventSource', 'iam.amazonaws.com')).toEqual(['CreateAccessKey', 'CreateUser']);
    expect(await names('ReadOnly', 'false')).toEqual(['CreateAccessKey', 'CreateUser']);
    expect(await names('ResourceName', 'bob')).toEqual(['CreateAccessKey', 'CreateUser']);
    expect(await names('ResourceType', 'AWS::IAM::AccessKey')).toEqual(['CreateAccessKey']);
    const [{ EventId } = { EventId: '' }] = await lookUp(by('EventName', 'CreateUser'));
    expect(await names('EventId', EventId)).toEqual(['CreateUser']);
    expect(await names('Username', 'nobody')).toEqual([]);
  });

  it('finds by time, and no further back than ninety days', async () => {
    await callWell(endpoint, admin, 'GetUser', {}, at());
    time += 3_600_000;
    await callWell(endpoint, admin, 'ListUsers', {}, at());
    const now = time / 1_000;
    const names = async (input: unknown) => (await lookUp(input)).map(({ EventName }) => EventName);
    expect(await names({ StartTime: now - 60, ...by('EventSource', 'iam.amazonaws.com') })).toEqual(['ListUsers']);
    expect(await names({ EndTime: now - 60 })).toEqual(['GetUser']);
    time += 90 * 86_400_000 - 1_800_000;
    expect(await names(by('EventSource', 'iam.amazonaws.com'))).toEqual(['ListUsers']);
  });

  it('shows pages that go on where the last one ended, whatever happens meanwhile', async () => {
    for (let index = 0; index < 7; index += 1) {
      await callWell(endpoint, admin, 'CreateUser', { UserName: `user-${index}` }, at());
    }
    const filter = by('EventName', 'CreateUser');
    const seen: string[] = [];
    let NextToken: unknown;
    do {
      const { json } = await callJson(
        endpoint,
        admin,
        'cloudtrail',
        'LookupEvents',
        { ...filter, MaxResults: 3, NextToken },
        at(),
      );
      for (const { CloudTrailEvent } of json.Events as ShownEvent[]) {
        const { requestParameters } = JSON.parse(CloudTrailEvent) as { requestParameters: { userName: string } };
        seen.push(requestParameters.userName);
      }
      ({ NextToken } = json);
      await callWell(endpoint, admin, 'CreateUser', { UserName: `later-${seen.length}` }, at());
    } while (NextToken !== undefined);
    expect(seen).toEqual([6, 5, 4, 3, 2, 1, 0].map((index) => `user-${index}`));
  });

  it('keeps IAM in one Region, and STS where it was called', async () => {
    await callWell(endpoint, admin, 'GetUser', {}, { ...at(), region: 'eu-west-1' });
    await callWell(endpoint, admin, 'GetCallerIdentity', {}, { ...at(), region: 'eu-west-1' });
    const there = await lookUp({}, admin, { region: 'eu-west-1' });
    expect(there.map(({ EventName }) => EventName)).toEqual(['GetCallerIdentity']);
    expect((await lookUp(by('EventName', 'GetUser'))).map(({ EventName }) => EventName)).toEqual(['GetUser']);
  });

  it('shows an account its own events', async () => {
    const pair = { accessKeyId: 'AKIAEXAMPLESTRANGER', secretAccessKey: 'a secret of another account' };
    const AccessKeys = [{ AccessKeyId: pair.accessKeyId, SecretAccessKey: pair.secretAccessKey }];
    const AttachedPolicies = ['arn:aws:iam::aws:policy/ReadOnlyAccess'];
    endpoint.plant({
      accounts: [{ accountId: '999999999999', users: [{ UserName: 'eve', AccessKeys, AttachedPolicies }] }],
    });
    await callWell(endpoint, admin, 'GetUser', {}, at());
    expect(await lookUp({}, pair)).toEqual([]);
  });

  it('knows root and sessions', async () => {
    const root = endpoint.issueRootKey();
    const rootPair = { accessKeyId: root.AccessKeyId, secretAccessKey: root.SecretAccessKey.reveal() };
    await callWell(endpoint, rootPair, 'GetCallerIdentity', {}, at());
    const [event] = await lookUp(by('Username', 'root'));
    expect(JSON.parse(event?.CloudTrailEvent ?? '')).toMatchObject({
      userIdentity: { type: 'Root', principalId: '123456789012', arn: 'arn:aws:iam::123456789012:root' },
    });
    const session = endpoint.issueSession({ kind: 'user' });
    const pair = {
      accessKeyId: session.AccessKeyId,
      secretAccessKey: session.SecretAccessKey.reveal(),
      sessionToken: session.SessionToken.reveal(),
    };
    await callWell(endpoint, pair, 'GetCallerIdentity', {}, at());
    const [temporary] = await lookUp(by('AccessKeyId', session.AccessKeyId));
    expect(JSON.parse(temporary?.CloudTrailEvent ?? '')).toMatchObject({
      userIdentity: { type: 'IAMUser', sessionContext: { attributes: { creationDate: '2026-11-23T21:05:09Z' } } },
    });
  });

  it('leaves out parameters that are too long', async () => {
    await call(endpoint, admin, 'GetUser', { UserName: 'x'.repeat(5_000) }, at());
    await call(endpoint, admin, 'GetUser', { UserName: 'bob', Unknown: 'x'.repeat(5_000) }, at());
    const events = await lookUp();
    expect(events).toHaveLength(1);
    expect(JSON.parse(events[0]?.CloudTrailEvent ?? '')).toMatchObject({
      requestParameters: { omitted: true, reason: 'requestParameters too large' },
    });
  });

  it.each([
    [
      { LookupAttributes: [by('EventName', 'a'), by('EventName', 'b')].flatMap((one) => one.LookupAttributes) },
      'InvalidLookupAttributesException',
    ],
    [{ StartTime: 2, EndTime: 1 }, 'InvalidTimeRangeException'],
    [{ StartTime: 4_100_000_000 }, 'InvalidTimeRangeException'],
    [by('ReadOnly', 'True'), 'InvalidLookupAttributesException'],
    [{ NextToken: 'x' }, 'InvalidNextTokenException'],
    [{ MaxResults: 51 }, 'ValidationException'],
    [by('Colour', 'red'), 'ValidationException'],
    [{ LookupAttributes: [{ AttributeKey: 'EventName' }] }, 'ValidationException'],
    [{ StartTime: 'yesterday' }, 'SerializationException'],
  ])('refuses %j', async (input, __type) => {
    const reply = await callJson(endpoint, admin, 'cloudtrail', 'LookupEvents', input, at());
    expect(reply).toMatchObject({ status: 400, json: { __type } });
  });

  it('needs permission, in the words of CloudTrail', async () => {
    await callWell(endpoint, admin, 'CreateUser', { UserName: 'bob' }, at());
    const xml = await callWell(endpoint, admin, 'CreateAccessKey', { UserName: 'bob' }, at());
    const bob = {
      accessKeyId: readElement(xml, 'AccessKeyId') ?? '',
      secretAccessKey: readElement(xml, 'SecretAccessKey') ?? '',
    };
    const { json } = await callJson(endpoint, bob, 'cloudtrail', 'LookupEvents', {}, at());
    const who = 'User: arn:aws:iam::123456789012:user/bob is not authorized to perform: cloudtrail:LookupEvents';
    expect(json).toEqual({
      __type: 'AccessDeniedException',
      Message: `${who} because no identity-based policy allows the cloudtrail:LookupEvents action`,
    });
  });
});
