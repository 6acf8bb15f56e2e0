/** The port {@link RotationIam} over the AWS SDK. */
import { KeyturnError, type ErrorCode } from '../errors.ts';
import {
  activateAccessKey,
  createAccessKey,
  deactivateAccessKey,
  deleteAccessKey,
  describeBlindSpots,
  findKeyCreator,
  getAccessKeyLastUsed,
  getUser,
  listAccessKeys,
  listProofRegions,
  lookUpKeyEvents,
  makeKeyTrial,
  summarizeCallers,
  tagUser,
  untagUser,
  type Connection,
  type KeyTrial,
  type User,
} from '../iam/index.ts';
import { retryThrottled } from '../iam/throttling.ts';
import type { Subject } from './event.ts';
import type { Reading } from './gate.ts';
import type { Callers, Effect, Maker, RotationIam } from './ports.ts';
import type { KeyPair } from './sink.ts';

/** What CreateAccessKey of a rotation adds to the user agent, by which CloudTrail's event is known as ours. */
export function nameRotation(id: string): string {
  return `keyturn rotation/${id}`;
}

/** Events of CloudTrail that are looked at for the callers of a key. */
const eventsAtMost = 50;

export class AwsRotationIam implements RotationIam {
  readonly #connectAs: (pair: KeyPair) => Connection;
  #aws: Connection;
  /** Whose time counts until the present connection has had an answer, which tells AWS's. */
  #earlier: Connection | undefined;
  #guard: (() => void) | undefined;

  /** @param connectAs the same connection signed by another pair */
  constructor(aws: Connection, connectAs: (pair: KeyPair) => Connection) {
    this.#connectAs = connectAs;
    this.#aws = aws;
    this.#watchSending();
  }

  /** The connection that signs now. */
  get connection(): Connection {
    return this.#aws;
  }

  now(): Date {
    return (this.#earlier ?? this.#aws).serverTime();
  }

  async signer(): Promise<string> {
    return (await this.#aws.iam.config.credentials()).accessKeyId;
  }

  signWith(pair: KeyPair): void {
    this.#earlier ??= this.#aws;
    this.#aws = this.#connectAs(pair);
    this.#watchSending();
  }

  async findUser(subject: Subject, AccessKeyId: string, signal?: AbortSignal): Promise<Subject | undefined> {
    const known = await unlessAbsent(this.readUser(subject.UserName, signal));
    if (known?.UserId === subject.UserId) return known;
    // Of a key that is gone IAM says AccessDenied.
    const owner = await unlessAbsent(this.#readUse(AccessKeyId, signal), 'ERR_ACCESS_DENIED');
    if (owner?.UserName === undefined) return undefined;
    const renamed = await unlessAbsent(this.readUser(owner.UserName, signal));
    return renamed?.UserId === subject.UserId ? renamed : undefined;
  }

  async listKeys(UserName: string, signal?: AbortSignal) {
    return this.#send(signal, () => listAccessKeys(this.#aws, { UserName, signal }));
  }

  async readLastUsed(AccessKeyId: string, signal?: AbortSignal): Promise<Reading> {
    try {
      const { LastUsed } = await this.#readUse(AccessKeyId, signal);
      return { LastUsed, readAt: this.now() };
    } catch (error) {
      if (!(error instanceof KeyturnError) || error.code === 'ERR_INTERRUPTED') throw error;
      return { LastUsed: { Kind: 'unknown', Reason: error.message }, readAt: this.now() };
    }
  }

  async create(UserName: string, rotation: string, effect: Effect) {
    const { signal } = effect;
    const send = () => createAccessKey(this.#aws, { UserName, userAgent: nameRotation(rotation), signal });
    // What reads before the call may be throttled too.
    return this.#guarded(effect, () => this.#send(signal, send));
  }

  async setStatus(UserName: string, AccessKeyId: string, Status: 'Active' | 'Inactive', effect: Effect): Promise<void> {
    const change = Status === 'Active' ? activateAccessKey : deactivateAccessKey;
    const { signal } = effect;
    const send = () => change(this.#aws, { UserName, AccessKeyId, signal });
    await this.#guarded(effect, () => this.#send(signal, send));
  }

  async delete(UserName: string, AccessKeyId: string, effect: Effect): Promise<void> {
    const { signal } = effect;
    const send = () => deleteAccessKey(this.#aws, { UserName, AccessKeyId, signal });
    await this.#guarded(effect, () => this.#send(signal, send));
  }

  makeTrial(pair: KeyPair, Arn: string, signal?: AbortSignal): KeyTrial {
    let trial: Promise<KeyTrial> | undefined;
    const make = async (): Promise<KeyTrial> => {
      const regions = listProofRegions(await this.#aws.iam.config.region());
      return makeKeyTrial(this.#aws, pair, { Arn, regions, signal });
    };
    return async (attempt, remaining) => (await (trial ??= make()))(attempt, remaining);
  }

  async findMaker(AccessKeyId: string, rotation: string, since: Date, signal?: AbortSignal): Promise<Maker> {
    const from = new Date(since.getTime() - 60_000);
    const userAgentPart = nameRotation(rotation);
    const creator = await findKeyCreator(this.#aws, { AccessKeyId, userAgentPart, since: from, signal });
    if (creator.Kind === 'ours') return { kind: 'ours' };
    if (creator.Kind === 'unknown') return { kind: 'unknown', why: creator.Reason };
    const { sourceIPAddress, userAgent, UserName } = creator.event;
    return { kind: 'another', who: [UserName, sourceIPAddress, userAgent].filter(Boolean).join(', ') };
  }

  async findCallers(AccessKeyId: string, since: Date, signal?: AbortSignal): Promise<Callers> {
    const found = await lookUpKeyEvents(this.#aws, { AccessKeyId, since, limit: eventsAtMost, signal });
    const events = found.Kind === 'read' ? found.Events : [];
    const lines = summarizeCallers(events).map(
      ({ sourceIPAddress = 'unknown address', userAgent = 'unknown program', EventSource, EventNames, calls, last }) =>
        `${last.toISOString()} ${sourceIPAddress} ${userAgent}: ${EventSource.replace('.amazonaws.com', '')} ${EventNames.slice(0, 3).join(', ')} (${calls})`,
    );
    return { lines, blindSpots: describeBlindSpots(found) };
  }

  async moveTag(UserName: string, { from, to }: { from: string; to: string }, { signal }: Effect): Promise<string> {
    const { Tags = [] } = await this.readUser(UserName, signal);
    const Value = Tags.find(({ Key }) => Key === from)?.Value;
    if (Value === undefined) return `there is no tag ${from} any more`;
    await this.#send(signal, () => tagUser(this.#aws, { UserName, Key: to, Value, signal }));
    await this.#send(signal, () => untagUser(this.#aws, { UserName, Key: from, signal }));
    return `the tag that described ${from} describes ${to}`;
  }

  /** A user by its name. @throws AwsError ERR_NO_SUCH_ENTITY, ERR_ACCESS_DENIED */
  async readUser(UserName: string | undefined, signal?: AbortSignal): Promise<Subject & Pick<User, 'Tags'>> {
    const user = await this.#send(signal, () => getUser(this.#aws, { UserName, signal }));
    const { Arn, UserId, UserName: name, Tags } = user;
    return { Account: accountOf(Arn), UserId, UserName: name, Arn, ...(Tags && { Tags }) };
  }

  async #readUse(AccessKeyId: string, signal: AbortSignal | undefined) {
    return this.#send(signal, () => getAccessKeyLastUsed(this.#aws, { AccessKeyId, signal }));
  }

  /** Throttling says nothing about keys: it is waited out. */
  async #send<T>(signal: AbortSignal | undefined, call: () => Promise<T>): Promise<T> {
    return retryThrottled(this.#aws.clock, signal, call);
  }

  /** Lets a call go only while the lease holds, asked at the last moment before it is sent. */
  async #guarded<T>({ requireLease }: Effect, call: () => Promise<T>): Promise<T> {
    this.#guard = requireLease;
    try {
      return await call();
    } finally {
      this.#guard = undefined;
    }
  }

  #watchSending(): void {
    this.#aws.iam.middlewareStack.add(
      (next) => async (args) => {
        this.#guard?.();
        const answer = await next(args);
        this.#earlier = undefined;
        return answer;
      },
      { step: 'deserialize', priority: 'low', name: 'keyturnRequireLease', override: true },
    );
  }
}

export function accountOf(Arn: string): string {
  return /^arn:[^:]+:iam::(\d{12}):/.exec(Arn)?.[1] ?? '';
}

/** What is not there is an answer here; everything else is a failure. */
async function unlessAbsent<T>(answer: Promise<T>, ...alike: ErrorCode[]): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof KeyturnError && ['ERR_NO_SUCH_ENTITY', ...alike].includes(error.code)) return undefined;
    throw error;
  }
}
