import { nameKeyOwner } from './key-owner.ts';
import type { IamAction } from './service-action.ts';
import { requireSettable } from './settable-status.ts';
import { findOwnedCertificate } from './signing-certificate.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateSigningCertificate.html */
export const updateSigningCertificate: IamAction<'UpdateSigningCertificate'> = {
  resource: nameKeyOwner,

  perform(call) {
    const status = requireSettable(call.input.Status);
    call.directory.signingCertificates.setStatus(findOwnedCertificate(call), status);
  },
};
