const milliseconds = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/**
 * The milliseconds of a duration such as `90s`, `15m`, `24h` or `7d`; undefined for any other text.
 *
 * @example
 * parseDuration('15m'); // 900000
 */
export function parseDuration(text: string): number | undefined {
  const match = /^(\d{1,9})([smhd])$/.exec(text);
  const unit = match?.[2];
  return unit === 's' || unit === 'm' || unit === 'h' || unit === 'd'
    ? Number(match?.[1]) * milliseconds[unit]
    : undefined;
}
