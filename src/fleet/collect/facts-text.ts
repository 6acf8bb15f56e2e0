/** Facts as the text that a store keeps, and back. */

/** A time, told apart from the texts that look like one: a tag may be called CreateDate and hold anything. */
interface Time {
  readonly $time: number;
}

/** @param facts plain data and Dates */
export function writeFacts(facts: object): string {
  return JSON.stringify(facts, function (this: Readonly<Record<string, unknown>>, name: string, value: unknown) {
    // JSON.stringify has made a text of a Date before it asks.
    const own = this[name];
    return own instanceof Date ? ({ $time: own.getTime() } satisfies Time) : value;
  });
}

/** What {@link writeFacts} wrote: whoever asks knows of what. */
export function readFacts(text: string): unknown {
  return JSON.parse(text, (_name, value: unknown) => (isTime(value) ? new Date(value.$time) : value));
}

function isTime(value: unknown): value is Time {
  return typeof value === 'object' && value !== null && '$time' in value && typeof value.$time === 'number';
}
