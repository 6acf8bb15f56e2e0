import { nameKeyOwner } from './key-owner.ts';
import type { IamAction } from './service-action.ts';
import { findOwnedCredential } from './service-credential.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteServiceSpecificCredential.html */
export const deleteServiceSpecificCredential: IamAction<'DeleteServiceSpecificCredential'> = {
  resource: nameKeyOwner,

  perform(call) {
    const { credential } = findOwnedCredential(call);
    call.directory.serviceCredentials.delete(credential.ServiceSpecificCredentialId);
  },
};
