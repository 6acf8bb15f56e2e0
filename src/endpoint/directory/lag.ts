/** What replicas of the directory have not heard of yet: off unless a rehearsal asks for it. */

/** Where reads stand: at a replica, or at the truth; and when it is. */
export interface Viewpoint {
  /** Undefined: the truth. */
  readonly replica: number | undefined;
  readonly now: Date;
}

/** Milliseconds until each replica hears of a change. */
export type DrawDelays = () => readonly number[];

interface Change<T> {
  /** What there was before; undefined for something new. */
  readonly before: T | undefined;
  /** By replica, in milliseconds since 1970. */
  readonly knownAt: readonly number[];
}

/** One viewpoint and one way to draw delays for everything in a directory. */
export class Lag {
  /** Undefined: changes are known everywhere at once. */
  drawDelays: DrawDelays | undefined;
  /** Undefined between requests: what changes then is known everywhere at once. */
  viewpoint: Viewpoint | undefined;
  readonly #all: LaggingRows<unknown>[] = [];

  /** Rows of one kind, by their ids. */
  follow<T>(): LaggingRows<T> {
    const rows = new LaggingRows<T>(this);
    this.#all.push(rows);
    return rows;
  }

  /** All replicas know everything, and whatever changes from now on. */
  clear(): void {
    this.drawDelays = undefined;
    this.viewpoint = undefined;
    for (const rows of this.#all) rows.clear();
  }
}

/** The changes of one kind of rows that some replica does not know yet. */
export class LaggingRows<T> {
  readonly #lag: Lag;
  readonly #changes = new Map<string, Change<T>[]>();

  constructor(lag: Lag) {
    this.#lag = lag;
  }

  /** Whether every reader sees the truth: nothing else costs anything then. */
  get quiet(): boolean {
    return this.#changes.size === 0 || this.#lag.viewpoint?.replica === undefined;
  }

  /** To be told before a row is changed or deleted, or when it is made. @param readBefore the row as it is; undefined for a new one */
  note(id: string, readBefore: () => T | undefined): void {
    const { drawDelays, viewpoint } = this.#lag;
    if (drawDelays === undefined || viewpoint === undefined) return;
    const now = viewpoint.now.getTime();
    this.#forgetBefore(now);
    const changes = this.#changes.get(id) ?? [];
    const last = changes.at(-1);
    const knownAt = drawDelays().map((delay, replica) => Math.max(now + delay, last?.knownAt[replica] ?? 0));
    this.#changes.set(id, [...changes, { before: readBefore(), knownAt }]);
  }

  /** A row as it is seen from where the reader stands. @param truth as it is; undefined where there is none */
  see(id: string, truth: T | undefined): T | undefined {
    const { viewpoint } = this.#lag;
    if (viewpoint?.replica === undefined) return truth;
    const { replica, now } = viewpoint;
    const unknown = this.#changes.get(id)?.find(({ knownAt }) => (knownAt[replica] ?? 0) > now.getTime());
    return unknown === undefined ? truth : unknown.before;
  }

  /** The ids of all rows that may be seen differently. */
  ids(): readonly string[] {
    return [...this.#changes.keys()];
  }

  clear(): void {
    this.#changes.clear();
  }

  #forgetBefore(now: number): void {
    for (const [id, changes] of this.#changes) {
      if (changes.every(({ knownAt }) => knownAt.every((time) => time <= now))) this.#changes.delete(id);
    }
  }
}
