/**
 * A value out of JSON with its times as dates again.
 *
 * @param names of the members that hold times, at any depth
 * @example
 * reviveTimes({ CreateDate: '2026-11-23T10:00:00.000Z' }, ['CreateDate']); // { CreateDate: a Date }
 */
export function reviveTimes(value: unknown, names: readonly string[]): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((element) => reviveTimes(element, names));
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      names.includes(name) && typeof member === 'string' ? new Date(member) : reviveTimes(member, names),
    ]),
  );
}
