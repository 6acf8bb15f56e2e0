import { establish, type Administrator } from './administrator.ts';
import { answerRequest, type Answer, type AnswerContext } from './answer.ts';
import { AnsweredRequests, type AnsweredRequest } from './answered-requests.ts';
import { openDirectory, type Directory } from './directory/directory.ts';
import type { RandomBytes } from './directory/identifiers.ts';
import type { Log } from './event.ts';
import { MovableClock } from './movable-clock.ts';
import type { Settings } from './options.ts';
import { SigningKeys } from './signing-keys.ts';
import type { SignableRequest } from '../sigv4/request.ts';

/** Milliseconds for which the death of the process may cost last uses. */
const flushInterval = 500;
const keptRequests = 1_000;
const keptSigningKeys = 10_000;

/** Where ids and secrets come from: node:crypto outside tests. */
export interface Randomness {
  readonly random: RandomBytes;
  readonly drawRequestId: () => string;
}

/** The endpoint without its server: its data, its clock, what it was asked, and the answers. */
export class Engine implements AnswerContext {
  readonly directory: Directory;
  readonly accountId: string;
  readonly administrator: Administrator;
  readonly clock: MovableClock;
  readonly answered = new AnsweredRequests(keptRequests);
  readonly signingKeys = new SigningKeys(keptSigningKeys);
  readonly authorization: boolean;
  readonly drawRequestId: () => string;
  readonly random: RandomBytes;
  readonly log: Log;
  readonly #flushing: NodeJS.Timeout;

  /** @throws KeyturnError ERR_FILE or ERR_USAGE when the data folder cannot be used, or holds something else than asked */
  constructor(settings: Settings, { random, drawRequestId }: Randomness) {
    const { data: folder, lastUsedGranularity, authorization, log } = settings;
    this.clock = new MovableClock(settings.now);
    this.random = random;
    this.drawRequestId = drawRequestId;
    this.authorization = authorization;
    this.log = log;
    const onAccessKeyChange = (AccessKeyId: string) => {
      this.signingKeys.drop(AccessKeyId);
    };
    this.directory = openDirectory({ folder, lastUsedGranularity, random, onAccessKeyChange });
    const { accountId, administrator } = this.#establish(settings);
    this.accountId = accountId;
    this.administrator = administrator;
    this.#flushing = setInterval(() => {
      this.#flush();
    }, flushInterval).unref();
  }

  now(): Date {
    return this.clock.now();
  }

  /** Answers a request to IAM or STS; never throws. */
  answer(request: SignableRequest): Answer {
    return answerRequest(request, this);
  }

  onAnswered(request: AnsweredRequest): void {
    this.answered.add(request);
    this.log({ kind: 'answered', request });
  }

  /** Back to what the first start made, and to the real time. */
  reset(): void {
    this.directory.reset();
    this.signingKeys.clear();
    this.clock.reset();
    this.answered.clear();
  }

  /** Writes what waits in memory and lets go of the data folder. */
  close(): void {
    clearInterval(this.#flushing);
    this.directory.close();
  }

  #establish(settings: Settings) {
    try {
      return establish(this.directory, settings, this.now());
    } catch (error) {
      this.directory.close();
      throw error;
    }
  }

  #flush(): void {
    try {
      this.directory.lastUses.flush();
    } catch (cause) {
      this.log({ kind: 'not-written', cause });
    }
  }
}
