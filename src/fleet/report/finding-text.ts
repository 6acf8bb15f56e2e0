/** A finding as text and back, for where it waits until all are known; and what tells it from every other one. */
import { createHash } from 'node:crypto';
import type { Finding } from '../rules/index.ts';

type Written = Omit<Finding, 'since' | 'evidence'> & {
  readonly since?: string;
  readonly evidence: readonly (Omit<Finding['evidence'][number], 'at'> & { readonly at: string })[];
};

export function writeFinding(finding: Finding): string {
  return JSON.stringify(finding);
}

export function readFinding(text: string): Finding {
  const { since, evidence, ...rest } = JSON.parse(text) as Written;
  return {
    ...rest,
    ...(since !== undefined && { since: new Date(since) }),
    evidence: evidence.map((each) => ({ ...each, at: new Date(each.at) })),
  };
}

/** The same for a finding in every audit, as long as it stands: neither time nor wording is in it. */
export function fingerprint(finding: Finding): string {
  const { rule, Account, UserName, AccessKeyId, ServiceSpecificCredentialId, keyMark } = finding;
  const subject = AccessKeyId ?? ServiceSpecificCredentialId ?? keyMark ?? '';
  return createHash('sha256')
    .update(JSON.stringify(['keyturn/1', rule, Account, UserName.toLowerCase(), subject]))
    .digest('hex');
}
