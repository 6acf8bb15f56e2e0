import { AwsError, KeyturnError } from '../errors.ts';

/** Failures before the first byte of a request: no connection, or none that is trusted. */
const unsent = /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|EPROTO|ERR_TLS_.*|.*CERT.*|.*ISSUER.*)$/;

/**
 * Whether a call that failed may have been done all the same. An answer of AWS below 500 means that it was not; an answer
 * of 500 and above, one that is not AWS's, and no answer leave it open.
 */
export function mayBeDone(error: unknown): boolean {
  if (!(error instanceof KeyturnError)) return false;
  switch (error.code) {
    case 'ERR_SERVICE':
    case 'ERR_NOT_IAM':
    case 'ERR_INTERRUPTED':
      return true;
    case 'ERR_NETWORK':
      return !(error instanceof AwsError && unsent.test(error.awsCode ?? ''));
    default:
      return false;
  }
}
