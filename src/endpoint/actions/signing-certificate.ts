import { createHash, X509Certificate } from 'node:crypto';
import type { AwsFault } from '../../protocol/fault.ts';
import type { Call } from '../action.ts';
import type { SigningCertificate } from '../directory/signing-certificates.ts';
import { encodeBase32 } from '../mfa/base32.ts';
import { findKeyOwner } from './key-owner.ts';
import { refuse } from './refusals.ts';

/** The id of a certificate, the same whenever it is uploaded. @throws AwsFault MalformedCertificate, for one that has expired too */
export function composeCertificateId(body: string, now: Date): string {
  const certificate = readCertificate(body);
  if (new Date(certificate.validTo) < now) throw refuseMalformed(body);
  return encodeBase32(createHash('sha1').update(certificate.raw).digest());
}

function readCertificate(body: string): X509Certificate {
  try {
    return new X509Certificate(body);
  } catch {
    throw refuseMalformed(body);
  }
}

function refuseMalformed(body: string): AwsFault {
  return refuse('MalformedCertificate', `Certificate ${body} is malformed.`);
}

/** A certificate of the owner that a request means. @throws AwsFault NoSuchEntity, and as {@link findKeyOwner} */
export function findOwnedCertificate(
  call: Call<{ readonly UserName?: string | undefined; readonly CertificateId: string }>,
): SigningCertificate {
  const { ownerId } = findKeyOwner(call);
  const { CertificateId: id } = call.input;
  const certificate = call.directory.signingCertificates.find(call.caller.accountId, id);
  if (certificate?.ownerId !== ownerId) {
    throw refuse('NoSuchEntity', `The Certificate with id ${id} cannot be found.`);
  }
  return certificate;
}

/** What IAM shows of a certificate. @param UserName absent for the root user's */
export function describeCertificate(certificate: SigningCertificate, UserName: string | undefined) {
  const { CertificateId, CertificateBody, Status, UploadDate } = certificate;
  return { UserName, CertificateId, CertificateBody, Status, UploadDate };
}
