/**
 * CloudTrail's event history: what was called in the last 90 days, by Region, 50 events a page and two pages a second.
 *
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html
 */
import type { CloudTrailClient, LookupAttribute, LookupEventsCommandInput } from '@aws-sdk/client-cloudtrail';
import { AwsError } from '../errors.ts';
import { pause } from './clock.ts';
import type { Connection } from './connection.ts';
import { readTrailEvent } from './trail-event.ts';
import type { TrailEvent } from './trail-event.ts';
import { send } from './send.ts';
import { retryThrottled } from './throttling.ts';

export interface EventQuery {
  readonly attribute: Required<LookupAttribute>;
  readonly since?: Date | undefined;
  readonly until?: Date | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Milliseconds between two requests to one Region. */
const pace = 500;
/** When the next request to a Region may go, by the connection's clock. */
const dues = new WeakMap<CloudTrailClient, number>();

/**
 * The events of one Region, the newest first, read a page at a time as they are taken.
 *
 * @throws AwsError ERR_ACCESS_DENIED and any other answer of CloudTrail
 * @throws KeyturnError ERR_INTERRUPTED
 */
export async function* lookUpEvents(
  aws: Connection,
  Region: string,
  { attribute, since, until, signal }: EventQuery,
): AsyncGenerator<TrailEvent, void> {
  const client = await aws.cloudtrail(Region);
  const input = { LookupAttributes: [attribute], StartTime: since, EndTime: until, MaxResults: 50 };
  const seen = new Set<string>();
  let NextToken: string | undefined;
  do {
    const page = await readPage(aws, client, { ...input, NextToken }, signal);
    for (const event of page.Events ?? []) yield readTrailEvent(event, Region);
    NextToken = page.NextToken;
    if (NextToken !== undefined && seen.has(NextToken)) {
      throw new AwsError(
        'ERR_NOT_IAM',
        'the list has no end: CloudTrail promised more of it and gave the same NextToken',
      );
    }
    if (NextToken !== undefined) seen.add(NextToken);
  } while (NextToken !== undefined);
}

async function readPage(
  aws: Connection,
  client: CloudTrailClient,
  input: LookupEventsCommandInput,
  signal: AbortSignal | undefined,
) {
  const { LookupEventsCommand } = await import('./cloudtrail-client.ts');
  return retryThrottled(aws.clock, signal, async () => {
    await waitForTurn(aws, client, signal);
    const command = new LookupEventsCommand(input);
    return send(client, command, signal, (options) => client.send(command, options));
  });
}

/** Requests that are made at the same time take turns, too: each takes its place before it waits. */
async function waitForTurn({ clock }: Connection, client: CloudTrailClient, signal: AbortSignal | undefined) {
  const now = clock.now().getTime();
  const turn = Math.max(now, Math.min(dues.get(client) ?? 0, now + 60_000));
  dues.set(client, turn + pace);
  if (turn > now) await pause(clock, turn - now, signal);
}
