import { AwsFault } from '../../protocol/fault.ts';
import type { Directory } from '../directory/directory.ts';
import { SeededRandom } from '../seeded-random.ts';
import { compileScope, type Subject } from './scope.ts';
import type { Consistency, Fault, RehearsalTerms } from './terms.ts';
import { Throttle } from './throttle.ts';

/** What is to happen to the answer of a request that is carried out. */
export interface Interruption {
  /** Milliseconds before it is sent. */
  readonly delay: number;
  /** Whether the connection ends in its place. */
  readonly lost: boolean;
  /** What is answered in its place. */
  readonly fault: AwsFault | undefined;
}

/** A fault with what has become of it so far. */
interface FaultInForce {
  readonly fault: Fault;
  readonly isMeant: (subject: Subject) => boolean;
  readonly random: SeededRandom;
  /** Requests in its scope. */
  met: number;
  /** Requests it has hit. */
  hit: number;
}

/**
 * What goes wrong on purpose. There is none unless somebody asked for it, and then nothing looks for it. All chance is
 * drawn from the seed of the terms, for each fault apart, in the order of the requests.
 */
export class Rehearsal {
  readonly terms: RehearsalTerms;
  readonly #directory: Directory;
  readonly #throttles: readonly Throttle[];
  readonly #faults: readonly FaultInForce[];
  readonly #replicas: SeededRandom;

  /** @param directory its changes are known late from now on, if the terms say so */
  constructor(terms: RehearsalTerms, directory: Directory) {
    const draw = (purpose: string) => new SeededRandom(`${terms.seed}/${purpose}`);
    this.terms = terms;
    this.#directory = directory;
    this.#throttles = terms.throttling.map((throttling) => new Throttle(throttling));
    this.#faults = terms.faults.map((fault, index) => ({
      fault,
      isMeant: compileScope(fault),
      random: draw(`fault ${index}`),
      met: 0,
      hit: 0,
    }));
    this.#replicas = draw('replicas');
    if (terms.consistency !== undefined) this.#letChangesLag(terms.consistency, draw('delays'));
  }

  /** How many requests each fault has hit, in their order. */
  get hits(): number[] {
    return this.#faults.map(({ hit }) => hit);
  }

  /** Carries a request out as one of the replicas sees the directory. */
  during<T>(now: Date, work: () => T): T {
    const { consistency } = this.terms;
    if (consistency === undefined) return work();
    const { lag } = this.#directory;
    lag.viewpoint = { replica: this.#replicas.below(consistency.replicas), now };
    try {
      return work();
    } finally {
      lag.viewpoint = undefined;
    }
  }

  /** Lets the request that is being carried out see the truth: what changes something does not do so by hearsay. */
  lookAtTruth(now: Date): void {
    if (this.terms.consistency !== undefined) this.#directory.lag.viewpoint = { replica: undefined, now };
  }

  /**
   * What is to happen to a request of a known caller for an action that there is.
   *
   * @throws AwsFault where it is not to be carried out at all
   */
  interrupt(subject: Subject, now: Date): Interruption | undefined {
    if (this.#throttles.some((throttle) => !throttle.admit(subject, now))) {
      throw new AwsFault('Throttling', 'Rate exceeded');
    }
    let delay = 0;
    let lost = false;
    let failure: AwsFault | undefined;
    for (const { fault, random } of this.#faults.filter((inForce) => hits(inForce, subject))) {
      if (fault.kind === 'latency') delay += fault.delay.from + random.draw() * (fault.delay.to - fault.delay.from);
      else if (fault.kind === 'lost-answer') lost = true;
      else {
        failure = new AwsFault(fault.code, fault.message, fault.status);
        if (!fault.done) throw failure;
      }
    }
    return delay === 0 && !lost && failure === undefined ? undefined : { delay, lost, fault: failure };
  }

  /** Changes are known everywhere again. */
  end(): void {
    this.#directory.lag.clear();
  }

  #letChangesLag({ delay: { from, to }, replicas }: Consistency, random: SeededRandom): void {
    this.#directory.lag.drawDelays = () => Array.from({ length: replicas }, () => from + random.draw() * (to - from));
  }
}

/** Counts a request in. */
function hits(inForce: FaultInForce, subject: Subject): boolean {
  const { fault, isMeant, random } = inForce;
  const { skip = 0, count = Infinity, rate = 1 } = fault;
  if (!isMeant(subject)) return false;
  inForce.met += 1;
  if (inForce.met <= skip || inForce.hit >= count || !(rate === 1 || random.chance(rate))) return false;
  inForce.hit += 1;
  return true;
}
