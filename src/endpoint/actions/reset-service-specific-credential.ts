import { nameKeyOwner } from './key-owner.ts';
import type { IamAction } from './service-action.ts';
import { describeCredentialWithSecret, findOwnedCredential } from './service-credential.ts';

/**
 * A new secret at once; the old one is gone. An Inactive credential stays Inactive.
 *
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_ResetServiceSpecificCredential.html
 */
export const resetServiceSpecificCredential: IamAction<'ResetServiceSpecificCredential'> = {
  resource: nameKeyOwner,

  perform(call) {
    const { directory, now } = call;
    const { credential, UserName } = findOwnedCredential(call);
    const password = directory.serviceCredentials.drawPassword();
    return { ServiceSpecificCredential: describeCredentialWithSecret(credential, UserName, password, now) };
  },
};
