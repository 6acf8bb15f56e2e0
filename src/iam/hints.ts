import type { AwsErrorCode } from '../errors.ts';

interface Failure {
  readonly awsCode?: string | undefined;
  readonly message: string;
}

const general: Readonly<Record<AwsErrorCode, string | undefined>> = {
  ERR_NO_SUCH_ENTITY: 'check the name and the id, and that these are the credentials of the right account',
  ERR_ACCESS_DENIED: 'ask an administrator for the permission that the message names, or use other credentials',
  ERR_CREDENTIALS: 'check which credentials are in use: this access key is unknown to AWS, Inactive or deleted',
  ERR_EXPIRED_CREDENTIALS: 'sign in again, or get new temporary credentials',
  ERR_CLOCK: 'set the clock of this machine: AWS accepts requests within 15 minutes of its own time',
  ERR_INVALID_INPUT: undefined,
  ERR_CONFLICT: 'look at the present state, then try again',
  ERR_THROTTLED: 'wait a little and try again: AWS limits the rate of calls for the whole account',
  ERR_SERVICE: 'try again later; before a change is made again, look whether it was done',
  ERR_NETWORK: 'check the network, the proxy and the endpoint URL',
  ERR_NOT_IAM: 'check the endpoint URL, and whether a proxy or a sign-in page answers in its place',
  ERR_AWS: undefined,
};

/** What to do next about a failed call, in one line. */
export function adviseOn(code: AwsErrorCode, failure: Failure): string | undefined {
  if (code === 'ERR_CREDENTIALS') return adviseOnCredentials(failure.awsCode) ?? general[code];
  if (code === 'ERR_NETWORK') return adviseOnNetwork(failure.awsCode ?? '') ?? general[code];
  if (/Must specify userName/i.test(failure.message)) return 'name the user: UserName, or --user NAME';
  return general[code];
}

/** What to do next when there are no credentials to make a call with. */
export function adviseOnProvider(reason: string): string {
  if (/assume/i.test(reason)) return 'check that the source credentials of the profile may assume its role';
  if (reason.includes('credential_process'))
    return 'run the credential_process of the profile by hand, and see what it says';
  if (/multi-factor/i.test(reason)) return 'run it on a terminal, where the code of the MFA device can be asked for';
  if (/sso|sign.?in|login|expired/i.test(reason))
    return 'sign in again, with the same profile: aws sso login, or aws login';
  if (/profile/i.test(reason)) return 'complete the profile in the AWS configuration files, or name another one';
  return 'set both AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE, or sign in with aws login';
}

function adviseOnCredentials(awsCode: string | undefined): string | undefined {
  switch (awsCode) {
    case 'SignatureDoesNotMatch':
    case 'InvalidSignatureException':
      return 'the secret does not belong to this access key id, or a proxy changed the request on its way';
    case 'IncompleteSignature':
      return 'look for a space, a quote or a line break in the access key id and the secret';
    case 'MissingAuthenticationToken':
    case 'MissingAuthenticationTokenException':
      return 'the request arrived without a signature: look at what stands between here and AWS';
    default:
      return undefined;
  }
}

function adviseOnNetwork(code: string): string | undefined {
  if (code === 'ECONNREFUSED') return 'nothing listens there: check the endpoint URL and that the endpoint is running';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return 'the name is not known: check the network, the region and the endpoint URL';
  if (code === 'EPROTO') return 'check the endpoint URL: is it http:// rather than https://?';
  if (/CERT|SIGNATURE|SIGNED|ISSUER/.test(code))
    return 'the certificate is not trusted: name your authority in AWS_CA_BUNDLE or NODE_EXTRA_CA_CERTS';
  return undefined;
}
