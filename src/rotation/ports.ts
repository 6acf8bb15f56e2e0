/** What a rotation asks of the world: AWS's part of it as this module needs it, and everything else that is not pure. */
import type { AccessKeyMetadata, Clock, CreatedAccessKey, KeyTrial, LastUsed } from '../iam/index.ts';
import type { Journal } from '../journal/journal.ts';
import type { Subject } from './event.ts';
import type { Reading } from './gate.ts';
import type { KeyPair, Sink } from './sink.ts';

/** The terms of one effect: it has to be over, or not to have begun, when the lease ends. */
export interface Effect {
  readonly signal: AbortSignal;
  /** Called right before something is sent. @throws KeyturnError ERR_LEASE when the right to send it has run out */
  readonly requireLease: () => void;
}

/** Who made a key, as far as CloudTrail tells. */
export type Maker =
  | { readonly kind: 'ours' }
  | { readonly kind: 'another'; readonly who: string }
  | { readonly kind: 'unknown'; readonly why: string };

/** Who called with a key, for people; or why that cannot be said. */
export interface Callers {
  readonly lines: readonly string[];
  /** What these lines cannot show. */
  readonly blindSpots: readonly string[];
}

/** IAM, STS and CloudTrail for one user's rotation. Every method may throw AwsError. */
export interface RotationIam {
  /** AWS's time: what its times are compared with. */
  now(): Date;
  /** The AccessKeyId that signs the calls. */
  signer(): Promise<string>;
  /** From here on the calls are signed by this pair. */
  signWith(pair: KeyPair): void;
  /** The user by its id, under whatever name it has now; undefined when it is gone. */
  findUser(subject: Subject, AccessKeyId: string, signal?: AbortSignal): Promise<Subject | undefined>;
  listKeys(UserName: string, signal?: AbortSignal): Promise<readonly AccessKeyMetadata[]>;
  /** A failure is `unknown`, with the reason. */
  readLastUsed(AccessKeyId: string, signal?: AbortSignal): Promise<Reading>;
  /** @throws UnknownOutcomeError when the answer was lost */
  create(UserName: string, rotation: string, effect: Effect): Promise<CreatedAccessKey>;
  setStatus(UserName: string, AccessKeyId: string, Status: 'Active' | 'Inactive', effect: Effect): Promise<void>;
  delete(UserName: string, AccessKeyId: string, effect: Effect): Promise<void>;
  /** Tries of a pair, which has to answer as this user; what repeats them is the proof. */
  makeTrial(pair: KeyPair, Arn: string, signal?: AbortSignal): KeyTrial;
  findMaker(AccessKeyId: string, rotation: string, since: Date, signal?: AbortSignal): Promise<Maker>;
  findCallers(AccessKeyId: string, since: Date, signal?: AbortSignal): Promise<Callers>;
  /** Moves the user's tag whose name is the one id to the other. @returns what is to be told of it */
  moveTag(UserName: string, ids: { readonly from: string; readonly to: string }, effect: Effect): Promise<string>;
}

/** What happens on the way, for whoever watches. */
export type Progress =
  | { readonly kind: 'did'; readonly text: string }
  /** Something that takes a while has begun. */
  | { readonly kind: 'waits'; readonly text: string }
  | { readonly kind: 'reading'; readonly LastUsed: LastUsed; readonly text: string }
  | { readonly kind: 'callers'; readonly callers: Callers }
  | { readonly kind: 'note'; readonly text: string };

export interface RotationPorts {
  readonly iam: RotationIam;
  readonly journal: Journal;
  readonly clock: Clock;
  /** A place by its spec; undefined where this machine knows none of that name. */
  findSink(spec: string): Sink | undefined;
  /** This process, for the lease: host and process id. */
  readonly holder: string;
  /** Whether a holder is known to be dead. */
  readonly isGone?: ((holder: string) => boolean) | undefined;
  readonly host: string;
  tell(progress: Progress): void;
}
