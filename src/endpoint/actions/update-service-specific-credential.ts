import { nameKeyOwner } from './key-owner.ts';
import { refuse } from './refusals.ts';
import type { IamAction } from './service-action.ts';
import { findOwnedCredential } from './service-credential.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateServiceSpecificCredential.html */
export const updateServiceSpecificCredential: IamAction<'UpdateServiceSpecificCredential'> = {
  resource: nameKeyOwner,

  perform(call) {
    const { Status } = call.input;
    const { credential } = findOwnedCredential(call);
    if (Status === 'Expired') throw refuse('InvalidInput', 'Operation does not support status Expired');
    call.directory.serviceCredentials.setStatus(credential.ServiceSpecificCredentialId, Status);
  },
};
