import type { KeyEvents } from './key-events.ts';
import type { TrailEvent } from './trail-event.ts';

/** One program at one address that called one service: whoever has to be told of a new key, or who has stolen the old. */
export interface KeyCaller {
  /** Absent where the events do not say; for calls of an AWS service, its name. */
  readonly sourceIPAddress?: string | undefined;
  readonly userAgent?: string | undefined;
  readonly EventSource: string;
  readonly calls: number;
  /** How many of them were refused. */
  readonly refused: number;
  readonly first: Date;
  readonly last: Date;
  /** What was called, the most frequent first. */
  readonly EventNames: readonly string[];
}

/** Events grouped by address, program and service; who called last comes first. */
export function summarizeCallers(events: readonly TrailEvent[]): KeyCaller[] {
  const groups = Map.groupBy(events, ({ sourceIPAddress, userAgent, EventSource }) =>
    JSON.stringify([sourceIPAddress, userAgent, EventSource]),
  );
  return [...groups.values()].map(summarizeGroup).sort((a, b) => b.last.getTime() - a.last.getTime());
}

function summarizeGroup(events: readonly TrailEvent[]): KeyCaller {
  const [{ sourceIPAddress, userAgent, EventSource } = { EventSource: '' }] = events;
  const times = events.map(({ EventTime }) => EventTime.getTime());
  const names = [...Map.groupBy(events, ({ EventName }) => EventName)].sort(([, a], [, b]) => b.length - a.length);
  return {
    sourceIPAddress,
    userAgent,
    EventSource,
    calls: events.length,
    refused: events.filter(({ errorCode }) => errorCode !== undefined).length,
    first: new Date(Math.min(...times)),
    last: new Date(Math.max(...times)),
    EventNames: names.map(([name]) => name),
  };
}

/**
 * What CloudTrail's event history does not show, a sentence each: to be said wherever its events are taken for evidence.
 *
 * Sources: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/view-cloudtrail-events.html and
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-data-events-with-cloudtrail.html
 */
export const trailBlindSpots = [
  'only management events: reading S3 objects, invoking Lambda functions or reading DynamoDB items is not in it',
  'only the last 90 days',
  'an event comes up to 15 minutes after the call',
] as const;

/** The blind spots of one lookup: those of every lookup, and what this one did not read. */
export function describeBlindSpots(found: KeyEvents): string[] {
  if (found.Kind === 'unknown') return [`CloudTrail could not be read: ${found.Reason}`];
  const { Regions, unread, hasMore } = found;
  return [
    ...trailBlindSpots,
    `only these Regions were asked: ${Regions.join(', ')}`,
    ...unread.map(({ Region, Reason }) => `${Region} could not be read: ${Reason}`),
    ...(hasMore ? ['there are more events than were read: only the newest are here'] : []),
  ];
}
