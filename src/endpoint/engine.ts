import { establish, type Administrator } from './administrator.ts';
import { answerRequest, beginAnswer, type Answer, type AnswerContext } from './answer.ts';
import { AnsweredRequests, type AnsweredRequest } from './answered-requests.ts';
import { openDirectory, type Directory } from './directory/directory.ts';
import type { RandomBytes } from './directory/identifiers.ts';
import { EventHistory } from './event-history.ts';
import type { Log } from './event.ts';
import { MovableClock } from './movable-clock.ts';
import type { Settings } from './options.ts';
import type { ReceivedRequest } from './received-request.ts';
import { Permissions } from './permissions.ts';
import { readTerms } from './rehearsal/read-terms.ts';
import { Rehearsal } from './rehearsal/rehearsal.ts';
import { plant, type Planted } from './seed/plant.ts';
import { readFleet } from './seed/read-fleet.ts';
import { SigningKeys } from './signing-keys.ts';

/** Milliseconds for which the death of the process may cost last uses. */
const flushInterval = 500;
const keptRequests = 1_000;
const keptSigningKeys = 10_000;
const keptEvents = 10_000;
const granularityHeaderName = 'x-keyturn-last-used-granularity';

/** Where ids and secrets come from: node:crypto outside tests. */
export interface Randomness {
  readonly random: RandomBytes;
  readonly drawRequestId: () => string;
}

/** The endpoint without its server: its data, its clock, what it was asked, and the answers. */
export class Engine implements AnswerContext {
  readonly directory: Directory;
  readonly permissions: Permissions;
  readonly accountId: string;
  readonly administrator: Administrator;
  readonly clock: MovableClock;
  readonly answered = new AnsweredRequests(keptRequests);
  readonly history = new EventHistory(keptEvents);
  readonly signingKeys = new SigningKeys(keptSigningKeys);
  readonly authorization: boolean;
  readonly usersQuota: number;
  readonly drawRequestId: () => string;
  readonly random: RandomBytes;
  readonly log: Log;
  /** What the seed of the settings became, where the directory was new. */
  readonly planted: Planted | undefined;
  readonly #granularityHeader: readonly string[];
  #rehearsal: Rehearsal | undefined;
  readonly #flushing: NodeJS.Timeout;

  /** @throws KeyturnError ERR_FILE or ERR_USAGE when the data folder cannot be used, or holds something else than asked */
  constructor(settings: Settings, { random, drawRequestId }: Randomness) {
    const { data: folder, lastUsedGranularity, authorization, usersQuota, log } = settings;
    this.clock = new MovableClock(settings.now);
    this.random = random;
    this.drawRequestId = drawRequestId;
    this.authorization = authorization;
    this.usersQuota = usersQuota;
    this.log = log;
    this.#granularityHeader = [granularityHeaderName, String(lastUsedGranularity / 1_000)];
    const onAccessKeyChange = (AccessKeyId: string) => {
      this.signingKeys.drop(AccessKeyId);
    };
    const schedule = (work: () => void) => {
      setImmediate(() => {
        this.#carryOut(work);
      });
    };
    this.directory = openDirectory({ folder, lastUsedGranularity, random, schedule, onAccessKeyChange });
    this.permissions = new Permissions(this.directory);
    const { accountId, administrator, planted } = this.#establish(settings);
    this.accountId = accountId;
    this.administrator = administrator;
    this.planted = planted;
    this.#flushing = setInterval(() => {
      this.#carryOut(() => {
        this.directory.flush();
      });
    }, flushInterval).unref();
  }

  now(): Date {
    return this.clock.now();
  }

  get rehearsal(): Rehearsal | undefined {
    return this.#rehearsal;
  }

  /**
   * How exact last uses are, in seconds, for clients that wait for AWS's delays where nobody says so. Nothing is promised
   * while changes are known late on purpose: a replica that has not heard of a key does not tell of its use either.
   */
  get ownHeaders(): readonly string[] {
    return this.#rehearsal?.terms.consistency === undefined ? this.#granularityHeader : [];
  }

  /**
   * Begins a rehearsal in place of the one before; one that asks for nothing ends it.
   *
   * @throws KeyturnError ERR_USAGE that names the place where it cannot be meant
   */
  rehearse(document: unknown): void {
    const terms = readTerms(document);
    this.#rehearsal?.end();
    this.#rehearsal = terms && new Rehearsal(terms, this.directory);
  }

  /** Answers a request to one of the services; never throws. */
  answer(request: ReceivedRequest): Answer {
    return answerRequest(request, this);
  }

  /**
   * Answers requests that came together; never throws. What they change is committed together, before any is answered.
   * Where that fails each is answered by itself, so that each meets its own failure.
   */
  answerTogether(requests: readonly ReceivedRequest[]): readonly Answer[] {
    if (requests.length === 1) return requests.map((request) => this.answer(request));
    const begun = this.#beginTogether(requests);
    return begun?.map((conclude) => conclude()) ?? requests.map((request) => this.answer(request));
  }

  /** Undefined where nothing of it could be kept. */
  #beginTogether(requests: readonly ReceivedRequest[]): readonly (() => Answer)[] | undefined {
    try {
      return this.directory.writeGroup.run(requests.map((request) => () => beginAnswer(request, this)));
    } catch {
      this.directory.forget();
      this.signingKeys.clear();
      return undefined;
    }
  }

  onAnswered(request: AnsweredRequest): void {
    this.answered.add(request);
    this.log({ kind: 'answered', request });
  }

  /**
   * Writes a seed document into the directory, all of it or nothing.
   *
   * @throws KeyturnError ERR_USAGE that names the place where it cannot be meant, or what is there already
   */
  plant(document: unknown): Planted {
    const now = this.now();
    const fleet = readFleet(document, { now, random: this.random });
    return this.directory.transact(() => plant(this.directory, fleet, now));
  }

  /** Back to what the first start made, and to the real time; nothing goes wrong any more. */
  reset(): void {
    this.rehearse({});
    this.directory.reset();
    this.signingKeys.clear();
    this.clock.reset();
    this.answered.clear();
    this.history.clear();
  }

  /** Writes what waits in memory and lets go of the data folder. */
  close(): void {
    clearInterval(this.#flushing);
    this.directory.close();
  }

  #establish(settings: Settings) {
    try {
      const isNew = this.directory.origin() === undefined;
      const established = establish(this.directory, settings, this.now());
      const planted = isNew && settings.seed !== undefined ? this.plant(settings.seed) : undefined;
      if (settings.rehearsal !== undefined) this.rehearse(settings.rehearsal);
      return { ...established, planted };
    } catch (error) {
      this.directory.close();
      throw error;
    }
  }

  /** Does work that nobody waits for. */
  #carryOut(work: () => void): void {
    try {
      work();
    } catch (cause) {
      this.log({ kind: 'not-written', cause });
    }
  }
}
