import { AwsError } from '../errors.ts';
import { requireAccessKeyId } from './arguments.ts';
import type { Connection } from './connection.ts';
import { logFailure } from './log.ts';
import { lookUpEvents } from './look-up-events.ts';
import type { TrailEvent } from './trail-event.ts';
import { findHomeRegion } from './trail-regions.ts';

export interface FindKeyCreatorOptions {
  readonly AccessKeyId: string;
  /** What the user agent of our own call contains: `keyturn rotation/r-abc`. */
  readonly userAgentPart: string;
  /** Only events from here on: a little before the key was made. */
  readonly since?: Date | undefined;
  readonly until?: Date | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Who made a key: the call with our user agent, another one, or not known (yet). */
export type KeyCreator =
  | { readonly Kind: 'ours' | 'another'; readonly event: TrailEvent }
  | { readonly Kind: 'unknown'; readonly Reason: string };

/**
 * Who made an access key, as CloudTrail's CreateAccessKey event for it says. The event comes up to 15 minutes late.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-integration.html
 * @throws KeyturnError ERR_USAGE, ERR_INTERRUPTED; no refusal of AWS: that is `unknown`
 * @example
 * const creator = await findKeyCreator(aws, { AccessKeyId, userAgentPart: 'keyturn rotation/r-abc' });
 */
export async function findKeyCreator(aws: Connection, options: FindKeyCreatorOptions): Promise<KeyCreator> {
  const AccessKeyId = requireAccessKeyId(options.AccessKeyId);
  const event = await findCreation(aws, AccessKeyId, options);
  if (event instanceof AwsError) return { Kind: 'unknown', Reason: `CloudTrail could not be read: ${event.message}` };
  if (event === undefined) return { Kind: 'unknown', Reason: 'CloudTrail has no event of its creation, or not yet' };
  return { Kind: containsWords(event.userAgent, options.userAgentPart) ? 'ours' : 'another', event };
}

async function findCreation(
  aws: Connection,
  AccessKeyId: string,
  { since, until, signal }: FindKeyCreatorOptions,
): Promise<TrailEvent | AwsError | undefined> {
  const attribute = { AttributeKey: 'EventName' as const, AttributeValue: 'CreateAccessKey' };
  try {
    return await logFailure(aws, `find out who made access key ${AccessKeyId}`, async () => {
      const Region = findHomeRegion(await aws.iam.config.region());
      for await (const event of lookUpEvents(aws, Region, { attribute, since, until, signal })) {
        if (event.MadeAccessKeyId === AccessKeyId) return event;
      }
      return undefined;
    });
  } catch (error) {
    if (error instanceof AwsError) return error;
    throw error;
  }
}

/** Whole words: r-1 is not r-12. CloudTrail puts some user agents in brackets. */
function containsWords(text: string | undefined, part: string): boolean {
  return ` ${(text ?? '').replace(/[[\]]/g, ' ')} `.includes(` ${part} `);
}
