import { requireHostSigned, requireScope, requireTimely } from '../../../src/sigv4/claim-requirements.ts';
import { readClaim } from '../../../src/sigv4/claim.ts';
import { SignatureRefusal } from '../../../src/sigv4/refusal.ts';
import type { SignableRequest } from '../../../src/sigv4/request.ts';
import { deriveSigningKey } from '../../../src/sigv4/signing-key.ts';
import { verifySignature } from '../../../src/sigv4/verify.ts';

export const now = new Date('2026-11-23T12:00:00.000Z');

export const credentials = { accessKeyId: 'AKIARZPUZDIKEXAMPLE2', secretAccessKey: 'rehearsal/secret+EXAMPLE' };

export const signingOptions = { ...credentials, region: 'us-east-1', service: 'iam', date: now };

/** An unsigned request of the form IAM's clients send. */
export const listAccessKeys: SignableRequest = {
  method: 'POST',
  path: '/',
  query: '',
  headers: [
    ['Host', 'localhost:7411'],
    ['Content-Type', 'application/x-www-form-urlencoded'],
  ],
  body: Buffer.from('Action=ListAccessKeys&Version=2010-05-08'),
};

/** What a server that knows {@link credentials} alone says to a request: true, false, or its refusal. */
export function judgeRequest(request: SignableRequest, expected = { service: 'iam', now }): boolean | SignatureRefusal {
  try {
    const claim = readClaim(request);
    requireHostSigned(claim);
    requireTimely(claim, expected.now);
    requireScope(claim, expected);
    if (claim.AccessKeyId !== credentials.accessKeyId) return false;
    return verifySignature(request, claim, deriveSigningKey(credentials.secretAccessKey, claim));
  } catch (error) {
    if (error instanceof SignatureRefusal) return error;
    throw error;
  }
}

/** The code, status and message of the refusal a function throws. */
export function catchRefusal(act: () => unknown): { code: string; status: number; message: string } {
  try {
    act();
  } catch (error) {
    if (error instanceof SignatureRefusal) return { code: error.code, status: error.status, message: error.message };
    throw error;
  }
  throw new Error('nothing was refused');
}
