/** Measures several things in turn, so that what else happens on the machine meets all of them alike. */
export async function takeTurns<Name extends string, T>(
  rounds: number,
  cases: Readonly<Record<Name, () => T | Promise<T>>>,
): Promise<Readonly<Record<Name, T[]>>> {
  const entries = Object.entries<() => T | Promise<T>>(cases);
  const results = Object.fromEntries(entries.map(([name]) => [name, [] as T[]]));
  for (let round = 1; round <= rounds; round += 1) {
    for (const [name, measure] of entries) results[name]?.push(await measure());
    console.error(`round ${round} of ${rounds}`);
  }
  return results as Record<Name, T[]>;
}

/** The one in the middle; of an even number, the higher of the two. */
export function findMedian(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}
