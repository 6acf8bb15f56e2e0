/** What a request asked for and was told, as CloudTrail writes it: its own casing, its own dates, nothing secret. */

import { Secret } from '../secret.ts';

const hidden = 'HIDDEN_DUE_TO_SECURITY_REASONS';

/**
 * The input of a request, or null where there is none.
 *
 * @example
 * describeParameters({ UserName: 'bob' }); // { userName: 'bob' }
 */
export function describeParameters(input: Readonly<Record<string, unknown>>): object | null {
  const members = toMembers(input, hidden);
  return Object.keys(members).length === 0 ? null : members;
}

/** The answer to a request that changed something, without what is secret in it; null where it says nothing. */
export function describeElements(output: Readonly<Record<string, unknown>> | undefined): object | null {
  const members = toMembers(output ?? {}, undefined);
  return Object.keys(members).length === 0 ? null : members;
}

function toMembers(value: object, secret: string | undefined): Record<string, unknown> {
  const members: Record<string, unknown> = {};
  for (const [name, member] of Object.entries<unknown>({ ...value })) {
    const described = describe(member, secret);
    if (described !== undefined) members[`${name.charAt(0).toLowerCase()}${name.slice(1)}`] = described;
  }
  return members;
}

function describe(value: unknown, secret: string | undefined): unknown {
  if (value instanceof Secret) return secret;
  if (value instanceof Date) return writeTime(value);
  if (value instanceof Uint8Array) return undefined;
  if (Array.isArray(value)) return value.map((element) => describe(element, secret));
  return typeof value === 'object' && value !== null ? toMembers(value, secret) : value;
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `Mar 24, 2014 9:11:59 PM`, in UTC. */
function writeTime(time: Date): string {
  const hour = time.getUTCHours();
  const clock = [time.getUTCMinutes(), time.getUTCSeconds()].map((part) => String(part).padStart(2, '0'));
  const day = `${months[time.getUTCMonth()] ?? ''} ${time.getUTCDate()}, ${time.getUTCFullYear()}`;
  return `${day} ${hour % 12 === 0 ? 12 : hour % 12}:${clock.join(':')} ${hour < 12 ? 'AM' : 'PM'}`;
}
