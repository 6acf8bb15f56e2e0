import { describe, expect, it } from 'vitest';
import { describeBlindSpots, findKeyCreator, lookUpKeyEvents, summarizeCallers } from '../../../src/iam/index.ts';
import { listTrailRegions } from '../../../src/iam/trail-regions.ts';
import { catchFailure } from './catch-failure.ts';
import { answerJson, HurriedClock, say, startScriptedIam } from './scripted-iam.ts';
import type { Reply } from './scripted-iam.ts';

const AccessKeyId = 'AKIARZPUZDIKAAAAAAAB';
const record = {
  userIdentity: { type: 'IAMUser', arn: 'arn:aws:iam::123456789012:user/alice', userName: 'alice' },
  awsRegion: 'us-east-1',
  sourceIPAddress: '192.0.2.7',
  userAgent: 'aws-cli/2.9',
  responseElements: null as unknown,
};
const event = (EventName: string, more: object = {}, at = 1_800_000_000) => ({
  EventId: `${EventName}-${at}`,
  EventName,
  EventSource: 'iam.amazonaws.com',
  EventTime: at,
  AccessKeyId,
  Username: 'alice',
  CloudTrailEvent: JSON.stringify({ ...record, ...more }),
});
const page = (Events: object[], NextToken?: string): Reply => answerJson({ Events, ...(NextToken && { NextToken }) });
const denied = answerJson({ __type: 'AccessDeniedException', message: 'not authorized: cloudtrail:LookupEvents' }, 400);
const throttled = answerJson({ __type: 'ThrottlingException', message: 'Rate exceeded' }, 400);

/** Answers by the Region that a request is signed for. */
const byRegion =
  (replies: Record<string, Reply>): Reply =>
  (response, received) => {
    const [, Region = ''] = /\/\d{8}\/([^/]+)\/cloudtrail\//.exec(received.request.headers.authorization ?? '') ?? [];
    replies[Region]?.(response, received);
  };

describe('lookUpKeyEvents', () => {
  it('asks the Region of IAM and its own, and says who called what from where', async () => {
    const replies = {
      'us-east-1': page([event('ListUsers', {}, 1_800_000_001)]),
      'eu-west-1': page([event('GetUser')]),
    };
    await using iam = await startScriptedIam({ LookupEvents: byRegion(replies) });
    const found = await lookUpKeyEvents(iam.connect({ region: 'eu-west-1' }), { AccessKeyId });
    expect(found).toMatchObject({
      Kind: 'read',
      Regions: ['us-east-1', 'eu-west-1'],
      unread: [],
      hasMore: false,
      Events: [
        { EventName: 'ListUsers', EventTime: new Date('2027-01-15T08:00:01Z'), UserName: 'alice', AccessKeyId },
        {
          EventSource: 'iam.amazonaws.com',
          sourceIPAddress: '192.0.2.7',
          userAgent: 'aws-cli/2.9',
          awsRegion: 'us-east-1',
          Arn: 'arn:aws:iam::123456789012:user/alice',
        },
      ],
    });
    expect(JSON.parse(iam.received[0]?.body ?? '')).toEqual({
      LookupAttributes: [{ AttributeKey: 'AccessKeyId', AttributeValue: AccessKeyId }],
      MaxResults: 50,
    });
  });

  it('reads all pages at two a second, and no more than was asked for', async () => {
    const pages = [page([event('A'), event('B')], 'one'), throttled, page([event('C')], 'two'), page([event('D')])];
    const clock = new HurriedClock();
    await using iam = await startScriptedIam({ LookupEvents: pages });
    const aws = iam.connect({ maxAttempts: 1, clock });
    const found = await lookUpKeyEvents(aws, { AccessKeyId });
    expect(found).toMatchObject({ Kind: 'read', hasMore: false });
    expect(found.Kind === 'read' && found.Events.map(({ EventName }) => EventName)).toEqual(['A', 'B', 'C', 'D']);
    expect(clock.waits).toEqual([500, 500, 500]);
    await using more = await startScriptedIam({ LookupEvents: page([event('A'), event('B'), event('C')]) });
    const some = await lookUpKeyEvents(more.connect(), { AccessKeyId, limit: 2 });
    expect(some).toMatchObject({ hasMore: true, Events: [{ EventName: 'A' }, { EventName: 'B' }] });
    expect(describeBlindSpots(some)).toContain('there are more events than were read: only the newest are here');
  });

  it('never takes what it may not read for no callers', async () => {
    await using iam = await startScriptedIam({ LookupEvents: denied });
    const found = await lookUpKeyEvents(iam.connect(), { AccessKeyId });
    expect(found).toEqual({ Kind: 'unknown', Reason: 'not authorized: cloudtrail:LookupEvents' });
    expect(describeBlindSpots(found)).toEqual([
      'CloudTrail could not be read: not authorized: cloudtrail:LookupEvents',
    ]);
  });

  it('says which Regions were not read', async () => {
    await using iam = await startScriptedIam({
      LookupEvents: byRegion({ 'us-east-1': page([]), 'eu-west-1': denied }),
    });
    const found = await lookUpKeyEvents(iam.connect({ region: 'eu-west-1' }), { AccessKeyId });
    expect(found).toMatchObject({ Kind: 'read', Regions: ['us-east-1'], unread: [{ Region: 'eu-west-1' }] });
    expect(describeBlindSpots(found)).toContain('only these Regions were asked: us-east-1');
  });

  it.each([
    ['a web page', say(200, 'text/html', '<html>sign in</html>')],
    ['nothing', say(200, 'application/x-amz-json-1.1', '')],
    ['half an answer', say(200, 'application/x-amz-json-1.1', '{"Events":[')],
    ['null', answerJson(null)],
    ['a refusal without a type', answerJson({ message: 'no' }, 403)],
    ['a list without an end', page([event('A')], 'same')],
    ['an event without a time', page([{ EventName: 'A', EventSource: 'b' }])],
  ])('takes %s for no answer of CloudTrail', async (_, reply) => {
    await using iam = await startScriptedIam({ LookupEvents: reply });
    expect(await lookUpKeyEvents(iam.connect(), { AccessKeyId })).toMatchObject({ Kind: 'unknown' });
  });

  it('reads an event whose record is broken as far as it goes', async () => {
    const broken = { ...event('GetUser'), CloudTrailEvent: '{"half' };
    await using iam = await startScriptedIam({ LookupEvents: page([broken]) });
    const found = await lookUpKeyEvents(iam.connect(), { AccessKeyId });
    expect(found).toMatchObject({ Events: [{ EventName: 'GetUser', awsRegion: 'us-east-1' }] });
  });

  it('refuses what is no id, and stops when told to', async () => {
    await using iam = await startScriptedIam({ LookupEvents: page([]) });
    expect(await catchFailure(lookUpKeyEvents(iam.connect(), { AccessKeyId: 'x' }))).toMatchObject({
      code: 'ERR_USAGE',
    });
    const lookup = lookUpKeyEvents(iam.connect(), { AccessKeyId, signal: AbortSignal.abort() });
    expect(await catchFailure(lookup)).toMatchObject({ code: 'ERR_INTERRUPTED' });
  });
});

it('summarizeCallers tells callers apart by address, program and service', async () => {
  const events = [
    event('GetUser', {}, 1_800_000_000),
    event('GetUser', { errorCode: 'AccessDenied' }, 1_800_000_060),
    event('ListUsers', {}, 1_800_000_030),
    event('GetUser', { sourceIPAddress: '198.51.100.9' }, 1_800_000_090),
  ];
  await using iam = await startScriptedIam({ LookupEvents: page(events) });
  const found = await lookUpKeyEvents(iam.connect(), { AccessKeyId });
  expect(summarizeCallers(found.Kind === 'read' ? found.Events : [])).toEqual([
    expect.objectContaining({ sourceIPAddress: '198.51.100.9', calls: 1, refused: 0 }),
    {
      sourceIPAddress: '192.0.2.7',
      userAgent: 'aws-cli/2.9',
      EventSource: 'iam.amazonaws.com',
      calls: 3,
      refused: 1,
      first: new Date('2027-01-15T08:00:00Z'),
      last: new Date('2027-01-15T08:01:00Z'),
      EventNames: ['GetUser', 'ListUsers'],
    },
  ]);
});

describe('findKeyCreator', () => {
  const made = (userAgent: string, accessKeyId = AccessKeyId) =>
    event('CreateAccessKey', { userAgent, responseElements: { accessKey: { accessKeyId } } });

  it.each([
    ['ours', made('aws-sdk-js/3 keyturn rotation/r-1')],
    ['ours', made('[keyturn rotation/r-1]')],
    ['another', made('aws-sdk-js/3 keyturn rotation/r-12')],
    ['another', made('aws-cli/2.9')],
    ['unknown', made('keyturn rotation/r-1', 'AKIARZPUZDIKAAAAAAAC')],
  ])('says %s', async (Kind, creation) => {
    await using iam = await startScriptedIam({ LookupEvents: page([creation]) });
    const aws = iam.connect({ region: 'eu-central-1' });
    expect(await findKeyCreator(aws, { AccessKeyId, userAgentPart: 'keyturn rotation/r-1' })).toMatchObject({ Kind });
    expect(iam.received[0]?.request.headers.authorization).toContain('/us-east-1/cloudtrail/');
  });

  it('does not know where it may not look', async () => {
    await using iam = await startScriptedIam({ LookupEvents: denied });
    expect(await findKeyCreator(iam.connect(), { AccessKeyId, userAgentPart: 'keyturn rotation/r-1' })).toEqual({
      Kind: 'unknown',
      Reason: 'CloudTrail could not be read: not authorized: cloudtrail:LookupEvents',
    });
  });
});

it.each([
  ['eu-west-1', 'us-east-1', 17],
  ['eu-south-2', 'us-east-1', 18],
  ['us-gov-east-1', 'us-gov-west-1', 2],
  ['cn-northwest-1', 'cn-north-1', 2],
  ['eusc-de-east-1', 'eusc-de-east-1', 1],
])('the Regions of the partition of %s begin with %s', (Region, home, count) => {
  const regions = listTrailRegions(Region);
  expect([regions[0], regions.length]).toEqual([home, count]);
});
