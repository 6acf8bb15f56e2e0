import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { deleteSigningCertificate } from '../../../../src/endpoint/actions/delete-signing-certificate.ts';
import { deleteSshPublicKey } from '../../../../src/endpoint/actions/delete-ssh-public-key.ts';
import { deleteUser } from '../../../../src/endpoint/actions/delete-user.ts';
import { getAccountSummary } from '../../../../src/endpoint/actions/get-account-summary.ts';
import { getSshPublicKey } from '../../../../src/endpoint/actions/get-ssh-public-key.ts';
import { listSigningCertificates } from '../../../../src/endpoint/actions/list-signing-certificates.ts';
import { listSshPublicKeys } from '../../../../src/endpoint/actions/list-ssh-public-keys.ts';
import { updateSigningCertificate } from '../../../../src/endpoint/actions/update-signing-certificate.ts';
import { updateSshPublicKey } from '../../../../src/endpoint/actions/update-ssh-public-key.ts';
import { uploadSigningCertificate } from '../../../../src/endpoint/actions/upload-signing-certificate.ts';
import { uploadSshPublicKey } from '../../../../src/endpoint/actions/upload-ssh-public-key.ts';
import { accountId, now, openAccount, refusal, root } from './rehearsal.ts';
import { certificates, sshFingerprint, sshKey } from './uploads.ts';

const UserName = 'bob';

function openWithUser() {
  const account = openAccount();
  account.addUser('Bob');
  const upload = (SSHPublicKeyBody: string) =>
    account.perform(uploadSshPublicKey, { UserName, SSHPublicKeyBody }).SSHPublicKey;
  return { ...account, upload };
}

function makePem(modulusLength = 2048): string {
  return generateKeyPairSync('rsa', { modulusLength }).publicKey.export({ type: 'spki', format: 'pem' }).toString();
}

describe('SSH public keys', () => {
  it('are told as they were uploaded, and shown in either form without a comment', () => {
    const { perform, upload } = openWithUser();
    const body = `${sshKey} bob@desk`;
    const { SSHPublicKeyId = '', ...rest } = upload(body) ?? {};
    expect(SSHPublicKeyId).toMatch(/^APKA[A-Z2-7]{17}$/);
    const shown = { UserName: 'Bob', Status: 'Active', UploadDate: now, Fingerprint: sshFingerprint };
    expect(rest).toEqual({ ...shown, SSHPublicKeyBody: body });
    const get = (Encoding: 'SSH' | 'PEM', id = SSHPublicKeyId) =>
      perform(getSshPublicKey, { UserName, SSHPublicKeyId: id, Encoding }).SSHPublicKey?.SSHPublicKeyBody ?? '';
    expect(get('SSH')).toBe(sshKey);
    const pem = get('PEM');
    expect(pem).toMatch(/^-----BEGIN PUBLIC KEY-----\n/);
    perform(deleteSshPublicKey, { UserName, SSHPublicKeyId });
    const again = upload(pem);
    expect(again?.Fingerprint).toBe(sshFingerprint);
    expect([get('PEM', again?.SSHPublicKeyId), get('SSH', again?.SSHPublicKeyId)]).toEqual([pem, sshKey]);
  });

  it('are listed, set to a status and deleted', () => {
    const { perform, attempt, upload } = openWithUser();
    const { SSHPublicKeyId = '' } = upload(sshKey) ?? {};
    perform(updateSshPublicKey, { UserName, SSHPublicKeyId, Status: 'Inactive' });
    const listed = { UserName: 'Bob', SSHPublicKeyId, Status: 'Inactive', UploadDate: now };
    expect(perform(listSshPublicKeys, { UserName })).toEqual({ SSHPublicKeys: [listed], IsTruncated: false });
    const expired = attempt(updateSshPublicKey, { UserName, SSHPublicKeyId, Status: 'Expired' });
    expect(expired).toThrow(refusal('InvalidInput', 400, 'Operation does not support status Expired'));
    const remove = attempt(deleteUser, { UserName });
    const conflict = 'Cannot delete entity, must remove referenced objects first.';
    expect(remove).toThrow(refusal('DeleteConflict', 409, conflict));
    perform(deleteSshPublicKey, { UserName, SSHPublicKeyId });
    expect(remove).not.toThrow();
  });

  it('belong to one user', () => {
    const { attempt, upload, addUser } = openWithUser();
    const { SSHPublicKeyId = '' } = upload(sshKey) ?? {};
    addUser('eve');
    const unknown = refusal('NoSuchEntity', 404, `User has no Public Key with id ${SSHPublicKeyId}.`);
    expect(attempt(deleteSshPublicKey, { UserName: 'eve', SSHPublicKeyId })).toThrow(unknown);
  });

  it('are refused twice, and beyond five', () => {
    const { upload } = openWithUser();
    upload(sshKey);
    const twice = refusal('DuplicateSSHPublicKey', 400, 'Duplicate SSH public key uploaded.');
    expect(() => upload(`${sshKey} again`)).toThrow(twice);
    for (let count = 1; count < 5; count++) upload(makePem());
    const quota = 'Cannot exceed quota for SSHPublicKeysPerUser: 5';
    expect(() => upload(makePem())).toThrow(refusal('LimitExceeded', 409, quota));
  });

  it.each([
    ['words', 'no key'],
    ['nothing after its name', 'ssh-rsa '],
    ['a field cut off', sshKey.slice(0, 80)],
    [
      'a key of another kind',
      generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    ],
  ])('are refused with %s', (_, body) => {
    expect(() => openWithUser().upload(body)).toThrow(
      refusal('UnrecognizedPublicKeyEncoding', 400, 'Invalid public key uploaded.'),
    );
  });

  it('are refused when they are short', () => {
    expect(() => openWithUser().upload(makePem(1024))).toThrow(
      refusal('InvalidPublicKey', 400, 'Invalid body for public key'),
    );
  });
});

describe('signing certificates', () => {
  it('have an id of their own, again and again', () => {
    const { perform } = openWithUser();
    const upload = () => perform(uploadSigningCertificate, { UserName, CertificateBody: certificates[0] }).Certificate;
    const { CertificateId, ...rest } = upload();
    expect(CertificateId).toMatch(/^[A-Z2-7]{32}$/);
    expect(rest).toEqual({ UserName: 'Bob', CertificateBody: certificates[0], Status: 'Active', UploadDate: now });
    perform(deleteSigningCertificate, { UserName, CertificateId });
    expect(upload().CertificateId).toBe(CertificateId);
  });

  it('are in an account once', () => {
    const { perform, attempt } = openWithUser();
    const upload = () => perform(uploadSigningCertificate, { UserName, CertificateBody: certificates[0] }).Certificate;
    const first = upload();
    const { CertificateId } = first;
    perform(updateSigningCertificate, { UserName, CertificateId, Status: 'Inactive' });
    expect(upload()).toEqual(first);
    expect(perform(listSigningCertificates, { UserName }).Certificates).toEqual([{ ...first, Status: 'Inactive' }]);
    const again = attempt(uploadSigningCertificate, { CertificateBody: certificates[0] });
    expect(again).toThrow(refusal('DuplicateCertificate', 409, 'Duplicate certificate uploaded.'));
  });

  it('are refused once they have expired', () => {
    const CertificateBody = certificates[0];
    const upload = () =>
      openWithUser().performAt(new Date('2037-01-01T00:00:00Z'), uploadSigningCertificate, { CertificateBody });
    expect(upload).toThrow(refusal('MalformedCertificate', 400, `Certificate ${CertificateBody} is malformed.`));
  });

  it('keep their user from being deleted', () => {
    const { perform, attempt } = openWithUser();
    perform(uploadSigningCertificate, { UserName, CertificateBody: certificates[0] });
    const words = 'Cannot delete entity, must delete certificates first.';
    expect(attempt(deleteUser, { UserName })).toThrow(refusal('DeleteConflict', 409, words));
  });

  it('may be the root user’s, which the summary tells', () => {
    const { directory, perform } = openWithUser();
    const { Certificate } = perform(uploadSigningCertificate, { CertificateBody: certificates[1] }, root);
    expect(Certificate.UserName).toBeUndefined();
    const { CertificateId } = Certificate;
    perform(updateSigningCertificate, { CertificateId, Status: 'Inactive' }, root);
    expect(perform(listSigningCertificates, {}, root).Certificates).toEqual([{ ...Certificate, Status: 'Inactive' }]);
    expect(perform(getAccountSummary, {}).SummaryMap).toMatchObject({ AccountSigningCertificatesPresent: 1 });
    const [first, bob] = [...directory.credentialReports.subjects(accountId, now)];
    expect([first?.certificates, bob?.certificates]).toEqual([[{ active: false, UploadDate: now }], []]);
  });
});
