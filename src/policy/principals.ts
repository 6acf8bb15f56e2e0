/**
 * Principals: whom a trust or resource policy means.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html and
 * reference_policies_elements_notprincipal.html; messages of IAM as public logs show them
 */
import type { Listed, Principal } from './document.ts';
import { MalformedPolicyDocument } from './malformed.ts';

/** Who makes a request. */
export interface Caller {
  /** As GetCallerIdentity gives it: of the user, the root user, the role session or the federated user. */
  readonly arn: string;
  readonly accountId: string;
  /** Of a session: the ARN of the role, or of the user who federated. */
  readonly issuerArn?: string | undefined;
  /** The unique id of the user or role (`AIDA…`, `AROA…`), by which a trust policy goes on knowing it. */
  readonly uniqueId?: string | undefined;
}

/**
 * How a policy means a caller, which decides what else must allow the request in the resource's own account: `direct` by its
 * very ARN or as one of everyone, `issuer` by its role or federating user, `account` as one of its account.
 */
export type Reach = 'direct' | 'issuer' | 'account';

/** How Principal means a caller, or undefined where it does not. */
export function findReach(principals: readonly Principal[], caller: Caller): Reach | undefined {
  const names = principals.filter(({ type }) => type === 'Any' || type === 'AWS').map(({ name }) => name);
  const identity = caller.issuerArn === undefined ? 'direct' : 'issuer';
  if (names.includes('*') || names.includes(caller.arn)) return 'direct';
  if ([caller.issuerArn, caller.uniqueId].some((name) => name !== undefined && names.includes(name))) return identity;
  return names.some((name) => isAccount(name, caller.accountId)) ? 'account' : undefined;
}

/**
 * Whether NotPrincipal spares a caller: it must name the account, the issuer of a session, and the caller itself. A caller
 * with a permissions boundary is never spared.
 */
export function isSpared(principals: readonly Principal[], caller: Caller, bounded: boolean): boolean {
  if (bounded) return false;
  const names = principals.map(({ name }) => name);
  const itself = [caller.arn, caller.issuerArn].filter((name) => name !== undefined);
  const named = itself.every((name) => names.includes(name)) && names.some((name) => isAccount(name, caller.accountId));
  return named || names.includes('*');
}

/** Whether the Principal or NotPrincipal of a statement is about a caller. */
export function coversCaller(principals: Listed<Principal>, caller: Caller | undefined, bounded: boolean): boolean {
  if (caller === undefined) return false;
  if (principals.negated) return !isSpared(principals.members, caller, bounded);
  return findReach(principals.members, caller) !== undefined;
}

function isAccount(name: string, accountId: string): boolean {
  return name === accountId || /^arn:[\w-]+:iam::(\d{12}):root$/.exec(name)?.[1] === accountId;
}

/**
 * The error for a principal that AWS cannot resolve: of a wrong form, or (which only a directory can tell) one that does not
 * exist.
 */
export function invalidPrincipal({ type, name }: Pick<Principal, 'type' | 'name'>): MalformedPolicyDocument {
  return new MalformedPolicyDocument(`Invalid principal in policy: "${type.toUpperCase()}":"${name}"`);
}

const iamPrincipal = /^arn:[\w-]+:iam::\d{12}:(root|(user|role)\/[\w+=,.@/-]+)$/;
const stsPrincipal = /^arn:[\w-]+:sts::\d{12}:(assumed-role|federated-user)\/[\w+=,.@/-]+$/;
const principalId = /^A(IDA|ROA)[A-Z0-9]{12,}$/;

/** A star stands for everyone, never for a part of a name. */
export function isPrincipal({ type, name }: Principal): boolean {
  if (type === 'Service') return /^[\w.-]+\.amazonaws\.com(\.cn)?$/.test(name);
  if (type !== 'AWS') return name !== '';
  return (
    name === '*' || /^\d{12}$/.test(name) || [iamPrincipal, stsPrincipal, principalId].some((form) => form.test(name))
  );
}
