import type { Event as Answered } from '@aws-sdk/client-cloudtrail';
import { AwsError } from '../errors.ts';

/** A call as CloudTrail keeps it, in its own words; what an event does not say is absent. */
export interface TrailEvent {
  readonly EventId?: string | undefined;
  readonly EventName: string;
  /** The service: `iam.amazonaws.com`. */
  readonly EventSource: string;
  readonly EventTime: Date;
  readonly AccessKeyId?: string | undefined;
  readonly UserName?: string | undefined;
  readonly sourceIPAddress?: string | undefined;
  readonly userAgent?: string | undefined;
  /** Of a call that was refused. */
  readonly errorCode?: string | undefined;
  readonly awsRegion: string;
  /** Who called. */
  readonly Arn?: string | undefined;
  /** The access key that the call made: a user's by CreateAccessKey, a session's by AssumeRole and the like. */
  readonly MadeAccessKeyId?: string | undefined;
  /** Of a call that made a session: whose it is, such as the role that was assumed. */
  readonly MadeArn?: string | undefined;
  /** Whether it only looked. */
  readonly isReadOnly: boolean;
}

/**
 * Reads an event: what LookupEvents says itself, and the rest from the record in CloudTrailEvent.
 *
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 * @throws AwsError ERR_NOT_IAM where it does not say what was called, where and when
 */
export function readTrailEvent(event: Answered, Region: string): TrailEvent {
  const { EventName, EventTime, EventSource } = event;
  if (EventName === undefined || EventTime === undefined || EventSource === undefined) {
    throw new AwsError('ERR_NOT_IAM', 'CloudTrail told an event without its EventName, EventTime or EventSource');
  }
  const record = readRecord(event.CloudTrailEvent);
  const identity = readObject(record.userIdentity);
  const { accessKey, credentials, assumedRoleUser, federatedUser } = readObject(record.responseElements);
  return {
    EventId: event.EventId,
    EventName,
    EventSource,
    EventTime,
    AccessKeyId: event.AccessKeyId ?? readText(identity.accessKeyId),
    UserName: event.Username ?? readText(identity.userName),
    sourceIPAddress: readText(record.sourceIPAddress),
    userAgent: readText(record.userAgent),
    errorCode: readText(record.errorCode),
    awsRegion: readText(record.awsRegion) ?? Region,
    Arn: readText(identity.arn),
    MadeAccessKeyId: readText(readObject(accessKey ?? credentials).accessKeyId),
    MadeArn: readText(readObject(assumedRoleUser ?? federatedUser).arn),
    isReadOnly: event.ReadOnly === 'true',
  };
}

type JsonObject = Readonly<Record<string, unknown>>;

/** A record that cannot be read says nothing; the event is still there. */
function readRecord(text: string | undefined): JsonObject {
  try {
    return readObject(JSON.parse(text ?? '{}'));
  } catch {
    return {};
  }
}

function readObject(value: unknown): JsonObject {
  return typeof value === 'object' && value !== null ? (value as JsonObject) : {};
}

function readText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
