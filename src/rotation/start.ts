/** The beginning of a rotation: what is known, what forbids it, and the entry that opens it. Nothing is changed on AWS. */
import { KeyturnError } from '../errors.ts';
import type { AccessKeyMetadata, LastUsed } from '../iam/index.ts';
import { writeEvent, type Opened, type Patience, type Subject } from './event.ts';
import { HeldLease } from './lease.ts';
import type { RotationPorts } from './ports.ts';
import type { Rotation } from './rotation.ts';
import { leaseOf } from './run.ts';
import { requireRotation } from './run-state.ts';
import type { Sink } from './sink.ts';

/** What is known of a user and its keys before a rotation begins. */
export interface StartFacts {
  readonly subject: Subject;
  readonly keys: readonly (AccessKeyMetadata & { readonly LastUsed: LastUsed })[];
  /** Names of the user's tags. */
  readonly tagNames: readonly string[];
  /** By AWS's clock. */
  readonly readAt: Date;
}

export interface StartTerms {
  readonly sinks: readonly Sink[];
  readonly options: Patience;
  readonly sesSmtp?: string | undefined;
  readonly caller: string;
}

/** How late AWS may tell of a use, in milliseconds. No page of AWS gives a number; a reading has to be later than this. */
export const usualLag = 4 * 3_600_000;

/**
 * The first entry of a rotation of the user's one key.
 *
 * @throws KeyturnError ERR_USAGE without a key to replace, ERR_QUOTA where another key takes the second place, ERR_REFUSED
 */
export function openRotation(facts: StartFacts, terms: StartTerms): Opened {
  return describeOpening('rotate', facts, requireOneKey(facts), terms);
}

/** The first entry of a retirement. @throws KeyturnError ERR_NO_SUCH_ENTITY where the user has no such key */
export function openRetirement(facts: StartFacts, AccessKeyId: string, terms: StartTerms): Opened {
  const key = facts.keys.find((each) => each.AccessKeyId === AccessKeyId);
  if (key !== undefined) return describeOpening('retire', facts, key, terms);
  throw new KeyturnError('ERR_NO_SUCH_ENTITY', `${facts.subject.UserName} has no access key ${AccessKeyId}`, {
    hint: `look with keyturn keys list --user ${facts.subject.UserName}`,
  });
}

function describeOpening(
  kind: Opened['kind'],
  { subject, tagNames }: StartFacts,
  { AccessKeyId, Status, CreateDate, LastUsed }: StartFacts['keys'][number],
  { sinks, options, sesSmtp, caller }: StartTerms,
): Opened {
  if (kind === 'rotate' && sinks.length === 0) {
    throw new KeyturnError('ERR_USAGE', 'a rotation needs a place for the new key', { hint: 'name one: --to SINK' });
  }
  const readable = sinks.filter(({ canRead }) => canRead);
  const blind = sinks.filter(({ canRead }) => !canRead);
  return {
    kind,
    subject,
    old: { AccessKeyId, Status, CreateDate },
    LastUsed,
    // From a place that can be read the pair can be had again after a crash; so those come first.
    sinks: [...readable, ...blind].map(({ spec }) => spec),
    readable: readable.map(({ spec }) => spec),
    options,
    sesSmtp,
    describes: tagNames.includes(AccessKeyId),
    caller,
  };
}

function requireOneKey(facts: StartFacts): StartFacts['keys'][number] {
  const { keys, subject } = facts;
  const { UserName } = subject;
  const [first, ...others] = keys;
  if (first === undefined) {
    throw new KeyturnError('ERR_USAGE', `${UserName} has no access key to replace`, {
      hint: 'keyturn keys create --to SINK makes a first one',
    });
  }
  if (others.length > 0) throw describeFullHouse(facts);
  if (first.Status === 'Active') return first;
  throw new KeyturnError(
    'ERR_REFUSED',
    `${first.AccessKeyId} of ${UserName} is ${first.Status}: nothing works with it now`,
    {
      hint: `let it go (keyturn retire ${first.AccessKeyId}) and make another with keyturn keys create --to SINK`,
    },
  );
}

const longUnused = 90 * 86_400_000;

/** An Active key, and one that nobody can account for, is never taken away to make room. */
function describeFullHouse({ subject, keys, readAt }: StartFacts): KeyturnError {
  const { UserName } = subject;
  const lines = keys.map((key) => `${key.AccessKeyId} ${key.Status}, ${describeUse(key.LastUsed)}`);
  const spare = keys.find(
    ({ Status, LastUsed, CreateDate }) => Status === 'Inactive' && isLongUnused(LastUsed, CreateDate, readAt),
  );
  return new KeyturnError(
    'ERR_QUOTA',
    `${UserName} has ${keys.length} access keys, and a rotation needs room for one more: ${lines.join('; ')}`,
    {
      hint:
        spare === undefined
          ? 'find out which one is needed; keyturn retire ID lets the other go with care'
          : `${spare.AccessKeyId} is Inactive and long unused: keyturn keys delete ${spare.AccessKeyId} --user ${UserName}`,
    },
  );
}

function isLongUnused(use: LastUsed, CreateDate: Date, now: Date): boolean {
  if (use.Kind === 'unknown') return false;
  const last = use.Kind === 'used' ? use.LastUsedDate : CreateDate;
  return now.getTime() - last.getTime() > longUnused;
}

function describeUse(use: LastUsed): string {
  if (use.Kind === 'never') return 'never used';
  if (use.Kind === 'unknown') return `last use unknown (${use.Reason})`;
  return `last used ${use.LastUsedDate.toISOString().slice(0, 10)} (${use.ServiceName}, ${use.Region})`;
}

/**
 * Whether so little patience may be had.
 *
 * @param isExact the endpoint tells every use at once, as Keyturn's own does; AWS does not
 * @throws KeyturnError ERR_GATE for a gate that could not mean anything, unless a person forces it
 */
export function requirePatience(
  { soak, evidenceLag, forceGate }: Patience,
  kind: Opened['kind'],
  isExact: boolean,
): void {
  if (isExact || forceGate !== undefined) return;
  const asked = kind === 'rotate' ? Math.min(soak, evidenceLag) : evidenceLag;
  if (asked >= usualLag && soak >= evidenceLag) return;
  const what = soak < evidenceLag ? 'a soak shorter than the evidence lag' : 'an evidence lag below 4h';
  throw new KeyturnError('ERR_GATE', `${what} shows nothing: AWS may tell of a use hours later`, {
    hint: 'leave --soak and --evidence-lag longer, or take it upon yourself: --force-gate REASON',
  });
}

/** A rotation as it will be when it is begun: to plan with, before anything is written. */
export function previewRotation(opened: Opened, now: Date): Rotation {
  const entry = {
    ...writeEvent({ type: 'opened', data: opened }, now),
    record: 'r-',
    subject: leaseOf(opened),
    number: 1,
    closes: false,
    previous: '',
    hash: '',
  };
  return requireRotation('r-', [entry]);
}

/**
 * Writes the first entry, under the lease of the user.
 *
 * @throws KeyturnError ERR_LEASE, ERR_CONFLICTING_RECORD, ERR_JOURNAL
 */
export async function beginRotation(ports: RotationPorts, id: string, opened: Opened): Promise<Rotation> {
  const subject = leaseOf(opened);
  const lease = await HeldLease.take(ports, subject);
  try {
    const entry = await ports.journal.open(
      id,
      subject,
      writeEvent({ type: 'opened', data: { ...opened, host: ports.host } }, ports.iam.now()),
      lease.lease,
    );
    return requireRotation(id, [entry]);
  } finally {
    await lease.release();
  }
}
