import type { SigningCertificate } from '../directory/signing-certificates.ts';
import { findKeyOwner, nameKeyOwner } from './key-owner.ts';
import { quotas } from './quotas.ts';
import { refuse } from './refusals.ts';
import type { IamAction } from './service-action.ts';
import { composeCertificateId, describeCertificate } from './signing-certificate.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UploadSigningCertificate.html */
export const uploadSigningCertificate: IamAction<'UploadSigningCertificate'> = {
  resource: nameKeyOwner,

  perform(call) {
    const { caller, directory, now } = call;
    const { accountId } = caller;
    const { CertificateBody } = call.input;
    const { ownerId, UserName } = findKeyOwner(call);
    const CertificateId = composeCertificateId(CertificateBody, now);
    const known = directory.signingCertificates.find(accountId, CertificateId);
    if (known !== undefined && known.ownerId !== ownerId) {
      throw refuse('DuplicateCertificate', 'Duplicate certificate uploaded.');
    }
    // nothing changes, and yet it is said to be Active
    if (known !== undefined) return { Certificate: describeCertificate({ ...known, Status: 'Active' }, UserName) };
    const quota = quotas.SigningCertificatesPerUserQuota;
    if (directory.signingCertificates.list(ownerId).length >= quota) {
      throw refuse('LimitExceeded', `Cannot exceed quota for CertificatesPerUser: ${quota}`);
    }
    const told = { CertificateId, CertificateBody, Status: 'Active', UploadDate: now } as const;
    const certificate: SigningCertificate = { accountId, ownerId, ...told };
    directory.signingCertificates.create(certificate);
    return { Certificate: describeCertificate(certificate, UserName) };
  },
};
