import { isAccessKeyId } from '../access-key-id.ts';
import { KeyturnError } from '../errors.ts';

/**
 * Refuses an access key id that AWS would refuse, before any call. What was given is not repeated whole: it may be a
 * secret put in the wrong place.
 *
 * @throws TypeError when it is no string
 * @throws KeyturnError ERR_USAGE
 */
export function requireAccessKeyId(AccessKeyId: unknown): string {
  const text = requireString('AccessKeyId', AccessKeyId);
  if (isAccessKeyId(text)) return text;
  throw new KeyturnError('ERR_USAGE', `not an access key id: ${describeText(text)}`, {
    hint: 'an access key id has 16 to 128 letters, digits and underscores, like AKIAIOSFODNN7EXAMPLE',
  });
}

/**
 * Refuses a user name that AWS would refuse, before any call; undefined is the caller's own user.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAccessKeys.html
 * @throws TypeError when it is neither a string nor undefined
 * @throws KeyturnError ERR_USAGE
 */
export function requireUserName(UserName: unknown): string | undefined {
  if (UserName === undefined) return undefined;
  const text = requireString('UserName', UserName);
  if (/^[\w+=,.@-]{1,128}$/.test(text)) return text;
  throw new KeyturnError('ERR_USAGE', `not a user name: ${describeText(text)}`, {
    hint: 'a user name has 1 to 128 letters, digits and any of _+=,.@-',
  });
}

/**
 * Refuses a path prefix that AWS would refuse, before any call.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListUsers.html
 * @throws TypeError when it is neither a string nor undefined
 * @throws KeyturnError ERR_USAGE
 */
export function requirePathPrefix(PathPrefix: unknown): string | undefined {
  if (PathPrefix === undefined) return undefined;
  const text = requireString('PathPrefix', PathPrefix);
  if (/^\/[\u0021-\u007F]{0,511}$/.test(text)) return text;
  throw new KeyturnError('ERR_USAGE', `not a path prefix: ${describeText(text)}`, {
    hint: 'a path prefix begins with / and has at most 512 characters, like /service/',
  });
}

/**
 * Refuses what would not stand in a user agent as it is; undefined adds nothing.
 *
 * @throws TypeError when it is neither a string nor undefined
 * @throws KeyturnError ERR_USAGE
 */
export function requireUserAgent(userAgent: unknown): string | undefined {
  if (userAgent === undefined) return undefined;
  const text = requireString('userAgent', userAgent);
  if (/^[!-~]+( [!-~]+)*$/.test(text) && text.length <= 256) return text;
  throw new KeyturnError('ERR_USAGE', `not a user agent: ${describeText(text)}`, {
    hint: 'a user agent is made of words of ASCII, like keyturn rotation/r-1',
  });
}

function requireString(name: string, value: unknown): string {
  if (typeof value === 'string') return value;
  throw new TypeError(`${name} must be a string`);
}

function describeText(text: string): string {
  if (text === '') return 'an empty text';
  return text.length > 16 ? `${JSON.stringify(text.slice(0, 4))}… (${text.length} characters)` : JSON.stringify(text);
}
