/** Virtual time: everything that happens is an event, and hours between two events pass in no time. */
interface Scheduled {
  readonly time: number;
  readonly order: number;
  readonly happen: () => void;
  /** Whether promises go on after it. */
  readonly wakes: boolean;
}

export const second = 1000;
export const minute = 60_000;
export const hour = 3_600_000;

export class Scheduler {
  /** Milliseconds since 1970. */
  now = Date.UTC(2026, 0, 1);
  #order = 0;
  readonly #heap: Scheduled[] = [];

  /** Something that resumes an async function. */
  wakeAfter(milliseconds: number, happen: () => void): void {
    this.#push(this.now + Math.max(0, milliseconds), happen, true);
  }

  /** Something that no promise waits for. */
  after(milliseconds: number, happen: () => void): void {
    this.#push(this.now + Math.max(0, milliseconds), happen, false);
  }

  /** Lets everything happen, one after the other, until nothing is left, or the end of time. */
  async run(end: number, afterEach: () => boolean): Promise<void> {
    for (let next = this.#pop(); next !== undefined && next.time <= end; next = this.#pop()) {
      this.now = next.time;
      next.happen();
      // All that the event let go on has gone as far as it can when the next macrotask begins.
      if (next.wakes) await new Promise((resolve) => setImmediate(resolve));
      if (!afterEach()) return;
    }
  }

  #push(time: number, happen: () => void, wakes: boolean): void {
    const heap = this.#heap;
    const event = { time, order: this.#order++, happen, wakes };
    let at = heap.length;
    for (let parent = (at - 1) >> 1; at > 0 && isBefore(event, heap[parent]); parent = (at - 1) >> 1) {
      moveUp(heap, parent, at);
      at = parent;
    }
    heap[at] = event;
  }

  #pop(): Scheduled | undefined {
    const heap = this.#heap;
    const [top] = heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return top;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (isBefore(heap[child + 1], heap[child])) child++;
      if (!isBefore(heap[child], last)) break;
      moveUp(heap, child, at);
      at = child;
    }
    heap[at] = last;
    return top;
  }
}

function moveUp(heap: Scheduled[], from: number, to: number): void {
  const event = heap[from];
  if (event !== undefined) heap[to] = event;
}

/** What is not there comes last. */
function isBefore(a: Scheduled | undefined, b: Scheduled | undefined): boolean {
  if (a === undefined || b === undefined) return a !== undefined;
  return a.time < b.time || (a.time === b.time && a.order < b.order);
}
