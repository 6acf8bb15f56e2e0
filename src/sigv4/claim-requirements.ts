/**
 * What a claim has to fulfil before anyone looks for its key, each with AWS's refusal, to be called in AWS's order:
 * host, time, scope.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html
 */
import type { Claim } from './claim.ts';
import { SignatureRefusal } from './refusal.ts';
import { scopeTerminator } from './signing-key.ts';
import { formatTimestamp, parseTimestamp } from './timestamp.ts';

const skewMinutes = 15;
const skew = skewMinutes * 60_000;
const regionForm = /^[a-z]{2,4}(?:-[a-z]{2,12}){1,2}-\d{1,2}$/;

/**
 * The host is signed, so that a request made for one endpoint is no good at another.
 *
 * @throws SignatureRefusal SignatureDoesNotMatch
 */
export function requireHostSigned(claim: Claim): void {
  if (claim.signedHeaders.includes('host') || claim.signedHeaders.includes(':authority')) return;
  const message = "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.";
  throw new SignatureRefusal('SignatureDoesNotMatch', message);
}

/**
 * The time of signing is at most 15 minutes from now, in either direction. That goes for presigned requests too: IAM
 * and STS pay no heed to `X-Amz-Expires`.
 *
 * @throws SignatureRefusal IncompleteSignature for a text that is no time, SignatureDoesNotMatch for another time
 */
export function requireTimely(claim: Claim, now: Date): void {
  const { timestamp } = claim;
  const time = parseTimestamp(timestamp);
  if (time === undefined) {
    const problem = `Date must be in ISO-8601 'basic format'. Got '${timestamp}'.`;
    throw new SignatureRefusal('IncompleteSignature', `${problem} See http://en.wikipedia.org/wiki/ISO_8601`);
  }
  const second = now.getTime() - now.getUTCMilliseconds();
  if (time < second - skew) {
    const limit = `${formatTimestamp(new Date(second - skew))} (${formatTimestamp(now)} - ${skewMinutes} min.)`;
    throw new SignatureRefusal('SignatureDoesNotMatch', `Signature expired: ${timestamp} is now earlier than ${limit}`);
  }
  if (time > second + skew) {
    const limit = `${formatTimestamp(new Date(second + skew))} (${formatTimestamp(now)} + ${skewMinutes} min.)`;
    const message = `Signature not yet current: ${timestamp} is still later than ${limit}`;
    throw new SignatureRefusal('SignatureDoesNotMatch', message);
  }
}

/**
 * The credential names a key and the scope it signs for: any region that is shaped like one, this service, the day of
 * the signature. All that is wrong with a scope is said at once, each sentence with a space after it.
 *
 * @throws SignatureRefusal IncompleteSignature for a credential without five parts, SignatureDoesNotMatch
 */
export function requireScope(claim: Claim, expected: { readonly service: string }): void {
  const { credential, date, region, terminator, timestamp } = claim;
  if (credential.split('/').length !== 5) {
    const form = 'exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term';
    throw new SignatureRefusal('IncompleteSignature', `Credential must have ${form}, got '${credential}'`);
  }
  const wrong: string[] = [];
  if (!regionForm.test(region)) wrong.push('Credential should be scoped to a valid region.');
  if (claim.service !== expected.service) {
    wrong.push(`Credential should be scoped to correct service: '${expected.service}'.`);
  }
  if (terminator !== scopeTerminator) {
    wrong.push(`Credential should be scoped with a valid terminator: '${scopeTerminator}', not '${terminator}'.`);
  }
  const day = timestamp.slice(0, 8);
  if (date !== day) {
    const rule = 'Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP';
    wrong.push(`${rule}: '${date}' != '${day}', from '${timestamp}'.`);
  }
  if (wrong.length > 0)
    throw new SignatureRefusal('SignatureDoesNotMatch', wrong.map((sentence) => `${sentence} `).join(''));
}
