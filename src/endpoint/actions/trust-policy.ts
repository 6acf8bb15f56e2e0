import type { Principal } from '../../policy/document.ts';
import { parsePolicy } from '../../policy/parse.ts';
import { invalidPrincipal } from '../../policy/principals.ts';
import type { Call } from '../action.ts';
import { countCharacters, requirePolicy } from './policy-text.ts';
import { quotas } from './quotas.ts';
import { refuse } from './refusals.ts';

/** @throws AwsFault MalformedPolicyDocument, for a principal that does not exist too; LimitExceeded */
export function requireTrustPolicy(call: Call<unknown>, document: string): void {
  requirePolicy(document, 'trust');
  const unknown = parsePolicy(document, 'trust')
    .statements.flatMap(({ principals }) => principals?.members ?? [])
    .find((principal) => !mayExist(call, principal));
  if (unknown !== undefined) throw refuse('MalformedPolicyDocument', invalidPrincipal(unknown).message);
  const quota = quotas.AssumeRolePolicySizeQuota;
  if (countCharacters(document) > quota) {
    throw refuse('LimitExceeded', `Cannot exceed quota for ACLSizePerRole: ${quota}`);
  }
}

/** Users and roles of accounts in the directory are there or not; of other accounts nothing is known. */
function mayExist({ directory }: Call<unknown>, { type, name }: Principal): boolean {
  if (type !== 'AWS') return true;
  const pattern = /^arn:aws:iam::(?<accountId>\d{12}):(?<kind>user|role)\/(?:.*\/)?(?<named>[^/]+)$/;
  const { accountId, kind, named } = pattern.exec(name)?.groups ?? {};
  const { accounts, users, roles } = directory;
  if (accountId === undefined || named === undefined || accounts.find(accountId) === undefined) return true;
  return (kind === 'user' ? users.find(accountId, named) : roles.find(accountId, named))?.Arn === name;
}
