import { nameKeyOwner } from './key-owner.ts';
import type { IamAction } from './service-action.ts';
import { findOwnedCredential } from './service-credential.ts';
import { requireSettable } from './settable-status.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateServiceSpecificCredential.html */
export const updateServiceSpecificCredential: IamAction<'UpdateServiceSpecificCredential'> = {
  resource: nameKeyOwner,

  perform(call) {
    const { credential } = findOwnedCredential(call);
    const status = requireSettable(call.input.Status);
    call.directory.serviceCredentials.setStatus(credential.ServiceSpecificCredentialId, status);
  },
};
