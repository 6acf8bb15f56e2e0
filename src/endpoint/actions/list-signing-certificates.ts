import { findKeyOwner, nameKeyOwner } from './key-owner.ts';
import { takePage } from './page.ts';
import type { IamAction } from './service-action.ts';
import { describeCertificate } from './signing-certificate.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListSigningCertificates.html */
export const listSigningCertificates: IamAction<'ListSigningCertificates'> = {
  resource: nameKeyOwner,

  perform(call) {
    const { ownerId, UserName } = findKeyOwner(call);
    const all = call.directory.signingCertificates.list(ownerId);
    const selection = ['ListSigningCertificates', ownerId];
    const { items, ...more } = takePage(all, ({ CertificateId }) => CertificateId, selection, call.input);
    return { Certificates: items.map((certificate) => describeCertificate(certificate, UserName)), ...more };
  },
};
