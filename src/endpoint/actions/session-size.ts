/** How long the token of a session is, for those who want to know what their systems can carry. */

import type { SessionCredentials } from '../directory/records.ts';

/** Characters that AWS lets a session token have. */
const longestToken = 4_096;

/**
 * What is said of a token's size. AWS says it of every session since September 2026, which recordings from before do not
 * have, so that it is said here to those who ask for a size.
 *
 * Source: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 *
 * @returns the size in bytes and in percent of what is allowed; nothing where no size was asked for
 */
export function describeSize(
  { MinimumSessionTokenSize }: { readonly MinimumSessionTokenSize?: number | undefined },
  { SessionToken }: SessionCredentials,
): { readonly SessionTokenSize?: number; readonly SessionTokenUtilization?: number } {
  if (MinimumSessionTokenSize === undefined) return {};
  const SessionTokenSize = SessionToken.reveal().length;
  return { SessionTokenSize, SessionTokenUtilization: Math.ceil((SessionTokenSize / longestToken) * 100) };
}
