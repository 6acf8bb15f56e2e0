const units = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
] as const;

/**
 * How long ago a time was, in its largest whole unit: `312d`, `5h`, `12m`, `30s`. A time in the future, which a clock
 * that is off makes possible, is `0s`.
 */
export function formatAge(from: Date, now: Date): string {
  const elapsed = Math.max(0, now.getTime() - from.getTime());
  for (const [unit, length] of units) {
    if (elapsed >= length) return `${Math.floor(elapsed / length)}${unit}`;
  }
  return `${Math.floor(elapsed / 1000)}s`;
}

/** A time as AWS writes it: ISO 8601 in UTC, whole seconds: `2026-11-21T20:00:00Z`. */
export function formatTime(time: Date): string {
  return `${time.toISOString().slice(0, 19)}Z`;
}

const exactUnits = [...units, ['s', 1000]] as const;

/** A duration as docs/contract.md writes it, in its largest unit that is whole: `90d`, `36h`, `90s`. */
export function formatDuration(milliseconds: number): string {
  const [unit, length] = exactUnits.find(([, each]) => milliseconds % each === 0 && milliseconds >= each) ?? [
    's',
    1000,
  ];
  return `${milliseconds / length}${unit}`;
}
