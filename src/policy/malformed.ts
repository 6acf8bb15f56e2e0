/** A document AWS would refuse with the code MalformedPolicyDocument (400); the message is AWS's. */
export class MalformedPolicyDocument extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'MalformedPolicyDocument';
  }
}
