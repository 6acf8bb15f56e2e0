const basicFormat = /^\d{8}T\d{6}Z$/;
const httpDate = /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d (?:GMT|[+-]0000)$/;

/**
 * A time in the ISO 8601 basic format, UTC, whole seconds: AWS's form of a time of signing.
 *
 * @example
 * formatTimestamp(new Date('2015-08-30T12:36:00Z')); // '20150830T123600Z'
 */
export function formatTimestamp(time: Date): string {
  return `${time.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
}

/** The last text that was a time: all clients sign with the same one, second by second. */
let latest: { readonly text: string; readonly time: number } | undefined;

/** Milliseconds since the epoch of a time in the basic format; undefined when it has another form or no such time. */
export function parseTimestamp(text: string): number | undefined {
  if (latest?.text === text) return latest.time;
  if (!basicFormat.test(text)) return undefined;
  const day = `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6, 8)}`;
  const time = Date.parse(`${day}T${text.slice(9, 11)}:${text.slice(11, 13)}:${text.slice(13)}`);
  // Date.parse reads 31 February as 3 March.
  const isReal = new Date(time).getUTCDate() === Number(text.slice(6, 8));
  if (!isReal) return undefined;
  // A text of its own: as a part of a header it would keep all of it in memory.
  latest = { text: formatTimestamp(new Date(time)), time };
  return time;
}

/**
 * The time of a `Date` header in the basic format where the header holds an HTTP date (RFC 9110, section 5.6.7; with
 * `-0000` for `GMT` too, as botocore writes it). Any other text, and none, comes back as it is.
 */
export function readHttpDate(text: string | undefined): string | undefined {
  if (text === undefined || !httpDate.test(text)) return text;
  const time = Date.parse(text);
  return Number.isNaN(time) ? text : formatTimestamp(new Date(time));
}
