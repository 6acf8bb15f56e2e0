/**
 * Dates as policies and requests write them: seconds since 1970, or one of the ISO 8601 forms of the W3C note, whose parts
 * may be short (a year alone stands before a `T` or with a month, since a bare number is seconds).
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Date;
 * https://www.w3.org/TR/NOTE-datetime
 */
const seconds = /^\+?\d+$/;
const latestSecond = 9_223_372_036_854_775_807n;

const date = /^(?<year>-?\d{1,9})(?:-(?<month>\d{1,2})(?:-(?<day>\d{1,2}))?)?(?:t(?<time>.*))?$/is;
const time =
  /^(?<hour>\d{1,2})(?::(?<minute>\d{1,2})(?::(?<second>\d{1,2})(?:\.(?<fraction>\d{1,9}))?)?)?(?:z|(?<zone>[+-]\d\d(?::?\d\d)?))?$/i;

/**
 * Milliseconds since 1970, or undefined where the text is no date. (NaN, which compares with nothing, for a year that IAM
 * takes and a Date cannot hold.)
 */
export function readInstant(text: string): number | undefined {
  if (seconds.test(text)) return BigInt(text.replace('+', '')) <= latestSecond ? Number(text) * 1000 : undefined;
  if (!/[t-]/i.test(text)) return undefined;
  const groups = date.exec(text)?.groups;
  if (groups === undefined) return undefined;
  const { year = '', month = '1', day = '1', time: clock = '' } = groups;
  const timeOfDay = clock === '' ? 0 : readTime(clock);
  if (timeOfDay === undefined || !within(month, 1, 12) || !within(day, 1, 31)) return undefined;
  const midnight = new Date(0);
  midnight.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  return midnight.getTime() + timeOfDay;
}

function readTime(text: string): number | undefined {
  const groups = time.exec(text)?.groups;
  if (groups === undefined) return undefined;
  const { hour = '0', minute = '0', second = '0', fraction = '0', zone } = groups;
  if (!within(hour, 0, 23) || !within(minute, 0, 59) || !within(second, 0, 59)) return undefined;
  const offset = zone === undefined ? 0 : readZone(zone);
  if (offset === undefined) return undefined;
  const sinceMidnight = ((Number(hour) * 60 + Number(minute)) * 60 + Number(second)) * 1000;
  return sinceMidnight + Math.trunc(Number(`0.${fraction}`) * 1000) - offset;
}

/** Milliseconds that a zone is ahead of UTC. */
function readZone(zone: string): number | undefined {
  const hours = zone.slice(1, 3);
  const minutes = zone.length > 3 ? zone.slice(-2) : '0';
  if (!within(hours, 0, 23) || !within(minutes, 0, 59)) return undefined;
  const ahead = (Number(hours) * 60 + Number(minutes)) * 60_000;
  return zone.startsWith('-') ? -ahead : ahead;
}

function within(digits: string, least: number, most: number): boolean {
  const number = Number(digits);
  return number >= least && number <= most;
}
