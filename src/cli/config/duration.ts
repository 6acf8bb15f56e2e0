import * as v from 'valibot';

const units = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** A duration as docs/contract.md writes it, `90s 15m 24h 7d`, in milliseconds. */
export const duration = v.pipe(
  v.string('is not a duration: write it as in 90s, 15m, 24h, 7d'),
  v.regex(/^\d{1,9}[smhd]$/, 'is not a duration: write it as in 90s, 15m, 24h, 7d'),
  v.transform((text) => Number(text.slice(0, -1)) * units[text.slice(-1) as keyof typeof units]),
);
