/** IAM, STS and CloudTrail as one process meets them: at some replica, throttled at times, and with answers that get lost. */
import type { AccessKeyMetadata, CreatedAccessKey, KeyTrial } from '../../src/iam/index.ts';
import type {
  Callers,
  Effect,
  KeyPair,
  Maker,
  RotationIam,
  Subject as RotationSubject,
} from '../../src/rotation/index.ts';
import { lastVisibleUse, nameOf, statusAt, type Account, type Key, type Pair, type User } from './account.ts';
import type { SimulatedProcess } from './process.ts';
import { second } from './scheduler.ts';
import type { Subject } from './subject.ts';

type Reading = Awaited<ReturnType<RotationIam['readLastUsed']>>;

export interface Trail {
  /** Whether this account's CloudTrail may be read at all. */
  readonly isReadable: boolean;
}

/** Told of every call that is signed: by whom, in which process. */
export type SigningWatch = (AccessKeyId: string, action: string) => void;

export interface IamParts {
  readonly account: Account;
  readonly process: SimulatedProcess;
  readonly subject: Subject;
  /** The rotation in whose name the process acts. */
  readonly author: string;
  readonly trail: Trail;
  /** The pair that signs at first; undefined for somebody else's who may do everything. */
  readonly operator: Pair | undefined;
  readonly onSigned: SigningWatch;
}

export class SimulatedIam implements RotationIam {
  readonly #parts: IamParts;
  #operator: Pair | undefined;
  /** How far behind AWS's time is taken to be: answers tell it in whole seconds. */
  readonly #behind: number;

  constructor(parts: IamParts) {
    this.#parts = parts;
    this.#operator = parts.operator;
    this.#behind = parts.process.parts.random.between(0, second);
  }

  now(): Date {
    return new Date(this.#parts.account.now - this.#behind);
  }

  signer(): Promise<string> {
    return Promise.resolve(this.#operator?.AccessKeyId ?? 'AKIAOPERATOR');
  }

  signWith(pair: KeyPair): void {
    this.#operator = { AccessKeyId: pair.AccessKeyId, secret: pair.SecretAccessKey.reveal() };
  }

  async findUser(subject: RotationSubject, AccessKeyId: string): Promise<RotationSubject | undefined> {
    const { account } = this.#parts;
    return this.#ask('GetUser', (replica) => {
      const known = account.findUser(subject.UserName, replica);
      if (known?.UserId === subject.UserId) return { ...subject };
      // The owner of a key is told under the name it has there; the name is looked up at another replica.
      const key = account.findKey(AccessKeyId);
      if (key === undefined || !['Active', 'Inactive'].includes(statusAt(key, replica, account.now) ?? '')) return;
      const renamed = account.findUser(nameOf(key.user), account.replica());
      return renamed?.UserId === subject.UserId ? { ...subject, UserName: nameOf(renamed) } : undefined;
    });
  }

  async listKeys(UserName: string): Promise<readonly AccessKeyMetadata[]> {
    return this.#ask('ListAccessKeys', (replica) =>
      this.#parts.account
        .listKeys(this.#requireUser(UserName, replica), replica)
        .map((key) => describeKey(key, UserName, statusAt(key, replica, this.#parts.account.now) ?? '')),
    );
  }

  async readLastUsed(AccessKeyId: string): Promise<Reading> {
    const { account, subject } = this.#parts;
    try {
      return await this.#ask('GetAccessKeyLastUsed', (replica) => {
        const key = account.findKey(AccessKeyId);
        if (key === undefined || !['Active', 'Inactive'].includes(statusAt(key, replica, account.now) ?? '')) {
          throw new subject.AwsError('ERR_ACCESS_DENIED', 'not authorized, or there is no such key');
        }
        const use = lastVisibleUse(key, account.now);
        if (use === undefined) return { LastUsed: { Kind: 'never' as const }, readAt: this.now() };
        const { at, ServiceName } = use;
        const LastUsed = { Kind: 'used' as const, LastUsedDate: new Date(at), Region: 'us-east-1', ServiceName };
        return { LastUsed, readAt: this.now() };
      });
    } catch (error) {
      if (!(error instanceof subject.KeyturnError) || error.code === 'ERR_INTERRUPTED') throw error;
      return { LastUsed: { Kind: 'unknown', Reason: error.message }, readAt: this.now() };
    }
  }

  async create(UserName: string, rotation: string, effect: Effect): Promise<CreatedAccessKey> {
    const { account, subject } = this.#parts;
    try {
      return await this.#change('CreateAccessKey', effect, (replica) => {
        const key = account.createKey(this.#requireUser(UserName, replica), rotation);
        if (key === undefined)
          throw new subject.KeyturnError('ERR_QUOTA', 'two keys are the limit', { hint: 'one has to go' });
        return { ...describeKey(key, UserName, 'Active'), SecretAccessKey: new subject.Secret(key.secret) };
      });
    } catch (error) {
      if (!(error instanceof subject.AwsError) || error.code !== 'ERR_NETWORK') throw error;
      throw new subject.UnknownOutcomeError({ UserName, NewAccessKeyIds: undefined }, error);
    }
  }

  async setStatus(UserName: string, AccessKeyId: string, Status: 'Active' | 'Inactive', effect: Effect): Promise<void> {
    await this.#change('UpdateAccessKey', effect, (replica) => {
      const key = this.#requireKey(UserName, AccessKeyId, replica);
      this.#parts.account.change(key, Status, this.#parts.author);
    });
  }

  async delete(UserName: string, AccessKeyId: string, effect: Effect): Promise<void> {
    await this.#change('DeleteAccessKey', effect, (replica) => {
      const key = this.#requireKey(UserName, AccessKeyId, replica);
      this.#parts.account.change(key, 'gone', this.#parts.author);
    });
  }

  makeTrial(pair: KeyPair, _Arn: string, signal?: AbortSignal): KeyTrial {
    const { account, process, subject } = this.#parts;
    const signed = { AccessKeyId: pair.AccessKeyId, secret: pair.SecretAccessKey.reveal() };
    return async () => {
      if (signal?.aborted) throw new subject.KeyturnError('ERR_INTERRUPTED', 'interrupted');
      const works = await process.send('GetCallerIdentity', () => account.sign(signed, account.replica(), 'sts'));
      return works ? undefined : { isFinal: false, why: 'InvalidClientTokenId' };
    };
  }

  async findMaker(AccessKeyId: string, rotation: string): Promise<Maker> {
    const { account, trail } = this.#parts;
    return this.#ask('LookupEvents', () => {
      const key = account.findKey(AccessKeyId);
      if (!trail.isReadable) return { kind: 'unknown', why: 'CloudTrail may not be read' };
      if (key === undefined || account.now < key.trailAt)
        return { kind: 'unknown', why: 'CloudTrail has no event yet' };
      return key.maker === rotation ? { kind: 'ours' } : { kind: 'another', who: key.maker };
    });
  }

  async findCallers(): Promise<Callers> {
    const { subject, trail } = this.#parts;
    return this.#ask('LookupEvents', () => {
      if (trail.isReadable) return { lines: [], blindSpots: [] };
      throw new subject.AwsError('ERR_ACCESS_DENIED', 'not authorized to perform cloudtrail:LookupEvents');
    });
  }

  async moveTag(UserName: string, { from, to }: { from: string; to: string }, effect: Effect): Promise<string> {
    return this.#change('TagUser', effect, (replica) => {
      const user = this.#requireUser(UserName, replica);
      if (user.tag === from) user.tag = to;
      return 'the tag is moved';
    });
  }

  #requireUser(UserName: string, replica: number): User {
    const user = this.#parts.account.findUser(UserName, replica);
    if (user !== undefined) return user;
    throw this.#noSuchEntity(`the user with name ${UserName} cannot be found`);
  }

  #requireKey(UserName: string, AccessKeyId: string, replica: number): Key {
    const { account } = this.#parts;
    const key = account
      .listKeys(this.#requireUser(UserName, replica), replica)
      .find((each) => each.AccessKeyId === AccessKeyId);
    if (key !== undefined) return key;
    throw this.#noSuchEntity(`the access key with id ${AccessKeyId} cannot be found`);
  }

  #noSuchEntity(message: string): Error {
    return new this.#parts.subject.AwsError('ERR_NO_SUCH_ENTITY', message, { hint: 'look for it' });
  }

  /** A call that changes nothing. */
  #ask<T>(action: string, answer: (replica: number) => T): Promise<T> {
    const { random, faults } = this.#parts.process.parts;
    const fails = random.chance(faults.refused);
    return this.#parts.process.send(action, () => {
      const replica = this.#admit(action);
      if (fails) throw new this.#parts.subject.AwsError('ERR_SERVICE', 'internal failure', { hint: 'try again' });
      return answer(replica);
    });
  }

  /** A call that changes something, once at the most; its answer may be lost whether it did or not. */
  #change<T>(action: string, { signal, requireLease }: Effect, act: (replica: number) => T): Promise<T> {
    const { process, subject, account } = this.#parts;
    const { random, faults, name, log } = process.parts;
    const isLost = random.chance(faults.lost);
    const isDone = !isLost || random.chance(0.5);
    return process.send(
      action,
      () => {
        const replica = this.#admit(action);
        log(
          `${name}: ${action} at replica ${replica}${isLost ? `, answer lost, ${isDone ? 'done' : 'not done'}` : ''}`,
        );
        const done = isDone ? act(replica) : undefined;
        if (isLost) throw new subject.AwsError('ERR_NETWORK', 'socket hang up', { hint: 'look what became of it' });
        return done as T;
      },
      () => {
        if (signal.aborted) throw new subject.KeyturnError('ERR_INTERRUPTED', 'interrupted', { cause: account.now });
        requireLease();
      },
    );
  }

  /** @returns the replica that answers a call that is signed by a key that works there */
  #admit(action: string): number {
    const { account, process, subject, onSigned } = this.#parts;
    const { random, faults } = process.parts;
    const replica = account.replica();
    const operator = this.#operator;
    onSigned(operator?.AccessKeyId ?? '', action);
    if (operator !== undefined && !account.sign(operator, replica, 'iam')) {
      throw new subject.AwsError('ERR_CREDENTIALS', 'the security token is invalid', { hint: 'sign with another key' });
    }
    if (random.chance(faults.throttled)) throw new subject.AwsError('ERR_THROTTLED', 'rate exceeded', { hint: 'wait' });
    return replica;
  }
}

function describeKey({ AccessKeyId, createdAt }: Key, UserName: string, Status: string): AccessKeyMetadata {
  return { UserName, AccessKeyId, Status, CreateDate: new Date(createdAt) };
}
