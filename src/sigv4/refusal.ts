const statusOf = {
  IncompleteSignature: 400,
  MalformedQueryString: 400,
  MissingAuthenticationToken: 403,
  SignatureDoesNotMatch: 403,
} as const;

export type SignatureRefusalCode = keyof typeof statusOf;

/**
 * A request that is refused for its signature: AWS's code, HTTP status and text. It is the only error this module
 * throws, whatever a request holds.
 */
export class SignatureRefusal extends Error {
  readonly code: SignatureRefusalCode;
  readonly status: 400 | 403;

  constructor(code: SignatureRefusalCode, message: string) {
    super(message);
    this.name = 'SignatureRefusal';
    this.code = code;
    this.status = statusOf[code];
  }
}
