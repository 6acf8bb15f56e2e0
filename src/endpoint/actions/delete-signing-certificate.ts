import { nameKeyOwner } from './key-owner.ts';
import type { IamAction } from './service-action.ts';
import { findOwnedCertificate } from './signing-certificate.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteSigningCertificate.html */
export const deleteSigningCertificate: IamAction<'DeleteSigningCertificate'> = {
  resource: nameKeyOwner,

  perform(call) {
    call.directory.signingCertificates.delete(findOwnedCertificate(call));
  },
};
