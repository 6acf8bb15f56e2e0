import { AwsError } from '../errors.ts';
import { requireAccessKeyId } from './arguments.ts';
import type { Connection } from './connection.ts';
import { logFailure } from './log.ts';
import { lookUpEvents } from './look-up-events.ts';
import type { EventQuery } from './look-up-events.ts';
import type { TrailEvent } from './trail-event.ts';
import { findHomeRegion } from './trail-regions.ts';

export interface KeyEventsOptions {
  readonly AccessKeyId: string;
  readonly since?: Date | undefined;
  readonly until?: Date | undefined;
  /** Which Regions are asked: the connection's own and the one where IAM's events are, by default. */
  readonly regions?: readonly string[] | undefined;
  /** At most so many events of each Region, the newest; 200. */
  readonly limit?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * What CloudTrail shows of a key. `unknown` where no Region could be read, which is not the same as no event. What it never
 * shows is in {@link trailBlindSpots}.
 */
export type KeyEvents =
  | {
      readonly Kind: 'read';
      /** Of all Regions, the newest first. */
      readonly Events: readonly TrailEvent[];
      readonly Regions: readonly string[];
      readonly unread: readonly UnreadRegion[];
      /** Whether there are more than were asked for. */
      readonly hasMore: boolean;
    }
  | { readonly Kind: 'unknown'; readonly Reason: string };

export interface UnreadRegion {
  readonly Region: string;
  readonly Reason: string;
}

/**
 * What was called with a key, as CloudTrail's event history shows it: by whom, from where, with which program. Regions are
 * asked at the same time, each at CloudTrail's pace of two requests a second; Throttling is waited out.
 *
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html
 * @throws KeyturnError ERR_USAGE, ERR_INTERRUPTED; no refusal of AWS: that is `unknown`, or an unread Region
 * @example
 * const found = await lookUpKeyEvents(aws, { AccessKeyId: 'AKIAIOSFODNN7EXAMPLE' });
 * if (found.Kind === 'read') for (const { sourceIPAddress } of summarizeCallers(found.Events)) console.log(sourceIPAddress);
 */
export async function lookUpKeyEvents(aws: Connection, options: KeyEventsOptions): Promise<KeyEvents> {
  const AccessKeyId = requireAccessKeyId(options.AccessKeyId);
  const { since, until, limit = 200, signal } = options;
  const query = {
    attribute: { AttributeKey: 'AccessKeyId' as const, AttributeValue: AccessKeyId },
    since,
    until,
    signal,
  };
  const regions = options.regions ?? (await listOwnRegions(aws));
  const found = await Promise.all([...new Set(regions)].map((Region) => readRegion(aws, Region, query, limit)));
  return joinRegions(found);
}

/** The Region in which IAM's events are, and the connection's own. */
async function listOwnRegions(aws: Connection): Promise<readonly string[]> {
  const own = await aws.iam.config.region();
  return [findHomeRegion(own), own];
}

type RegionFinding = { readonly Region: string } & (
  { readonly Events: readonly TrailEvent[]; readonly hasMore: boolean } | { readonly Reason: string }
);

async function readRegion(aws: Connection, Region: string, query: EventQuery, limit: number): Promise<RegionFinding> {
  const what = `look up the events of access key ${query.attribute.AttributeValue ?? ''} in ${Region}`;
  try {
    return { Region, ...(await logFailure(aws, what, () => takeEvents(lookUpEvents(aws, Region, query), limit))) };
  } catch (error) {
    if (error instanceof AwsError) return { Region, Reason: error.message };
    throw error;
  }
}

async function takeEvents(events: AsyncIterable<TrailEvent>, limit: number) {
  const Events: TrailEvent[] = [];
  for await (const event of events) {
    if (Events.length === limit) return { Events, hasMore: true };
    Events.push(event);
  }
  return { Events, hasMore: false };
}

function joinRegions(findings: readonly RegionFinding[]): KeyEvents {
  const read = findings.filter((finding) => 'Events' in finding);
  const unread = findings.filter((finding) => 'Reason' in finding);
  const [failure] = unread;
  if (read.length === 0) return { Kind: 'unknown', Reason: failure?.Reason ?? 'no Region was asked' };
  return {
    Kind: 'read',
    Events: read.flatMap(({ Events }) => Events).sort((a, b) => b.EventTime.getTime() - a.EventTime.getTime()),
    Regions: read.map(({ Region }) => Region),
    unread,
    hasMore: read.some(({ hasMore }) => hasMore),
  };
}
