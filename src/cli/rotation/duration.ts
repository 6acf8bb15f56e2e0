import { parseDuration } from '../../endpoint/duration.ts';
import { KeyturnError } from '../../errors.ts';

/** For an option that takes a duration: its milliseconds. @throws {KeyturnError} `ERR_USAGE` */
export function takeDuration(text: string): number {
  const duration = parseDuration(text);
  if (duration !== undefined) return duration;
  throw new KeyturnError('ERR_USAGE', `${JSON.stringify(text)} is not a duration`, {
    hint: 'write it as in 90s, 15m, 24h, 7d',
  });
}
