/**
 * Maps a stream with a few calls at a time, keeping its order. Nothing is read ahead of a slow reader: at most
 * `concurrency` items are under way or waiting to be taken.
 *
 * When the reader stops early, or one call fails, the signal that the others were given fires.
 */
export async function* mapInOrder<T, U>(
  items: Iterable<T> | AsyncIterable<T>,
  concurrency: number,
  signal: AbortSignal | undefined,
  map: (item: T, signal: AbortSignal) => Promise<U>,
): AsyncGenerator<U> {
  if (!(concurrency >= 1)) throw new RangeError('concurrency must be at least 1');
  const stop = new AbortController();
  const stopOrSignal = signal === undefined ? stop.signal : AbortSignal.any([stop.signal, signal]);
  const underWay: Promise<U>[] = [];
  try {
    for await (const item of items) {
      const result = map(item, stopOrSignal);
      // A failure is met where the result is taken; until then it must not count as unhandled.
      result.catch(() => undefined);
      underWay.push(result);
      if (underWay.length >= concurrency) yield await takeFirst(underWay);
    }
    while (underWay.length > 0) yield await takeFirst(underWay);
  } finally {
    stop.abort();
  }
}

async function takeFirst<U>(results: Promise<U>[]): Promise<U> {
  const [first] = results.splice(0, 1);
  if (first === undefined) throw new RangeError('nothing is under way');
  return first;
}
