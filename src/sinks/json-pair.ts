/** A key pair as two members of a JSON object, the others kept: how Secrets Manager and Parameter Store hold one. */
import { isDeepStrictEqual } from 'node:util';

import { KeyturnError } from '../errors.ts';
import type { KeyPair } from '../rotation/sink.ts';
import type { HeldKey } from './key-pair.ts';

/** The names of the members. */
export interface MemberNames {
  readonly id: string;
  readonly secret: string;
}

/** What containers and `envFrom` take as they are: the names of the variables that AWS tools read. */
export const usualMembers: MemberNames = { id: 'AWS_ACCESS_KEY_ID', secret: 'AWS_SECRET_ACCESS_KEY' };

const smtpMember = 'SES_SMTP_PASSWORD';

type Members = Readonly<Record<string, unknown>>;

/**
 * @param place for messages
 * @throws KeyturnError ERR_REFUSED where the text is no JSON object
 */
export function readJsonPair(text: string | undefined, names: MemberNames, place: string): HeldKey {
  const members = parseMembers(text, place);
  const read = (name: string): string | undefined => {
    const value = Object.hasOwn(members, name) ? members[name] : undefined;
    return typeof value === 'string' ? value : undefined;
  };
  return { AccessKeyId: read(names.id), SecretAccessKey: read(names.secret), SmtpPassword: read(smtpMember) };
}

/**
 * The text with the pair in it. Of a pair without an SMTP password, one that is there stays, or goes where `isWhole`.
 *
 * @throws KeyturnError ERR_REFUSED where the text is no JSON object
 */
export function writeJsonPair(
  text: string,
  names: MemberNames,
  { AccessKeyId, SecretAccessKey, SmtpPassword }: KeyPair,
  { place, isWhole = false }: { place: string; isWhole?: boolean },
): string {
  const members: Record<string, unknown> = { ...parseMembers(text, place) };
  members[names.id] = AccessKeyId;
  members[names.secret] = SecretAccessKey.reveal();
  if (SmtpPassword !== undefined) members[smtpMember] = SmtpPassword.reveal();
  else if (isWhole) members[smtpMember] = undefined;
  return JSON.stringify(members, undefined, text.includes('\n') ? 2 : undefined);
}

/** The member that holds an id, where it is another than the names say. */
export function findOtherMember(text: string, AccessKeyId: string, place: string): string | undefined {
  return Object.entries(parseMembers(text, place)).find(([, value]) => value === AccessKeyId)?.[0];
}

/** Whether two texts say the same, in whatever order and layout. */
export function isSameJson(one: string, other: string): boolean {
  return isDeepStrictEqual(JSON.parse(one), JSON.parse(other));
}

interface RawJson {
  rawJSON(text: string): unknown;
  parse(text: string, revive: (key: string, value: unknown, context: { source?: string }) => unknown): unknown;
}

/** Numbers are kept as they are written: one of more digits than JavaScript can hold would come out as another. */
function parseMembers(text: string | undefined, place: string): Members {
  const json = JSON as unknown as RawJson;
  let value: unknown;
  try {
    value = json.parse(text ?? '', (_, each, { source }) =>
      typeof each === 'number' ? json.rawJSON(source ?? '') : each,
    );
  } catch {
    value = undefined;
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Members;
  throw new KeyturnError('ERR_REFUSED', `${place} does not hold a JSON object`, {
    hint: 'make it {}, if nothing in it is needed, or name another place',
  });
}
