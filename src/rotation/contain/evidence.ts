/** What CloudTrail shows of a leaked key: who called with it, what was changed, and the sessions that were made with it. */
import {
  describeBlindSpots,
  listTrailRegions,
  lookUpKeyEvents,
  summarizeCallers,
  type Connection,
  type KeyCaller,
  type KeyEvents,
  type TrailEvent,
} from '../../iam/index.ts';

export interface MadeSession {
  readonly AccessKeyId: string;
  /** `GetSessionToken`, `AssumeRole`, … */
  readonly EventName: string;
  readonly EventTime: Date;
  /** Whose it is: the assumed role's session. Absent for the user's own. */
  readonly Arn?: string | undefined;
  /** The key or session that made it. */
  readonly madeWith: string;
}

export interface Change {
  readonly EventTime: Date;
  readonly EventName: string;
  readonly EventSource: string;
  readonly sourceIPAddress?: string | undefined;
  readonly errorCode?: string | undefined;
}

export type KeyEvidence =
  | {
      readonly Kind: 'read';
      readonly callers: readonly KeyCaller[];
      /** What was changed or tried to be, the newest first. */
      readonly changes: readonly Change[];
      readonly sessions: readonly MadeSession[];
      /** What is not in it, a sentence each. */
      readonly blindSpots: readonly string[];
    }
  | { readonly Kind: 'unknown'; readonly Reason: string };

/** Sessions that are followed, those that they made among them: each costs a request in every Region. */
const followed = 20;
/** What only makes a session changes nothing by itself. */
const makesSession = /^(GetSessionToken|GetFederationToken|AssumeRole\w*)$/;

/** Reads every Region that accounts of the partition have: a thief does not stay in ours. */
export async function readEvidence(
  aws: Connection,
  AccessKeyId: string,
  signal: AbortSignal | undefined,
): Promise<KeyEvidence> {
  const regions = listTrailRegions(await aws.iam.config.region());
  const look = (id: string) => lookUpKeyEvents(aws, { AccessKeyId: id, regions, signal });
  const first = await look(AccessKeyId);
  if (first.Kind === 'unknown') return first;
  const { lookups, sessions } = await followSessions(AccessKeyId, first, look);
  const events = lookups.flatMap((found) => (found.Kind === 'read' ? found.Events : []));
  const unfollowed = sessions.length - (lookups.length - 1);
  const blindSpots = new Set(lookups.flatMap(describeBlindSpots));
  if (unfollowed > 0) blindSpots.add(`${unfollowed} of the sessions were not looked into`);
  return {
    Kind: 'read',
    callers: summarizeCallers(events),
    changes: events.filter(({ isReadOnly, EventName }) => !isReadOnly && !makesSession.test(EventName)).map(toChange),
    sessions,
    blindSpots: [...blindSpots],
  };
}

async function followSessions(AccessKeyId: string, first: KeyEvents, look: (id: string) => Promise<KeyEvents>) {
  const lookups = [first];
  const sessions = listSessions(AccessKeyId, first);
  for (let next = 0; next < Math.min(sessions.length, followed); next++) {
    const id = sessions[next]?.AccessKeyId ?? '';
    const found = await look(id);
    lookups.push(found);
    const known = new Set(sessions.map((session) => session.AccessKeyId));
    sessions.push(...listSessions(id, found).filter((session) => !known.has(session.AccessKeyId)));
  }
  return { lookups, sessions };
}

function listSessions(madeWith: string, found: KeyEvents): MadeSession[] {
  if (found.Kind === 'unknown') return [];
  return found.Events.flatMap(({ MadeAccessKeyId, MadeArn, EventName, EventTime }) =>
    MadeAccessKeyId?.startsWith('ASIA') === true
      ? [{ AccessKeyId: MadeAccessKeyId, EventName, EventTime, Arn: MadeArn, madeWith }]
      : [],
  );
}

function toChange({ EventTime, EventName, EventSource, sourceIPAddress, errorCode }: TrailEvent): Change {
  return { EventTime, EventName, EventSource, sourceIPAddress, errorCode };
}
