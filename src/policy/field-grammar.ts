/**
 * The grammar of trust policies, session policies and resource policies: the newer validator of IAM and STS, which speaks of
 * fields and goes through the statements one after the other.
 */
import { findActionFault } from './actions.ts';
import { hasRepeatedSid, isKnownVersion } from './identity-grammar.ts';
import { MalformedPolicyDocument } from './malformed.ts';
import { compilePattern, matchesPattern } from './pattern.ts';
import { invalidPrincipal, isPrincipal } from './principals.ts';
import { findResourceFault } from './resources.ts';
import type { DocumentShape, StatementShape } from './shape.ts';

type Kind = 'trust' | 'session' | 'resource';

/** @throws MalformedPolicyDocument with the first fault in AWS's order */
export function checkFields({ Version, statements }: DocumentShape, kind: Kind): void {
  if (!isKnownVersion(Version)) refuse('The policy must contain a valid version string');
  if (statements.length === 0) refuse('Could not parse the policy: Statement is empty!');
  for (const statement of statements) {
    checkEffect(statement);
    checkPrincipals(statement, kind);
    checkActions(statement, kind);
    checkResources(statement, kind);
  }
  if (hasRepeatedSid(statements)) refuse('The Statement Ids in the policy are not unique');
}

function refuse(message: string): never {
  throw new MalformedPolicyDocument(message);
}

function checkEffect({ Effect }: StatementShape): void {
  if (Effect === undefined) refuse('Missing required field Effect');
  if (Effect !== 'Allow' && Effect !== 'Deny') refuse(`Invalid effect: ${Effect}`);
}

function checkPrincipals({ Effect, principals }: StatementShape, kind: Kind): void {
  if (kind === 'session') {
    if (principals !== undefined) refuse(`Has prohibited field ${principals.negated ? 'NotPrincipal' : 'Principal'}`);
    return;
  }
  if (principals === undefined) refuse('Missing required field Principal');
  if (principals.members.length === 0) refuse('Missing required field Principal cannot be empty!');
  if (principals.negated && Effect === 'Allow') refuse('Allow with NotPrincipal is not allowed.');
  if (principals.negated && kind === 'trust') refuse('AssumeRole policy must not contain NotPrincipal field.');
  const unknown = principals.members.find((principal) => !isPrincipal(principal));
  if (unknown !== undefined) throw invalidPrincipal(unknown);
  if (kind === 'trust' && principals.members.some(({ type }) => type === 'Any')) {
    refuse('AssumeRolepolicy contained an invalid principal: "STAR":"*".');
  }
}

const foreignAction = 'AssumeRole policy may only specify STS AssumeRole actions.';

/** What a role may be asked to be assumed with; others of STS are foreign to a trust policy too. */
const trustActions = [
  'sts:assumerole',
  'sts:assumerolewithsaml',
  'sts:assumerolewithwebidentity',
  'sts:setcontext',
  'sts:setsourceidentity',
  'sts:tagsession',
];

function isTrustAction(action: string): boolean {
  const pattern = compilePattern(action.toLowerCase());
  return /^sts:/i.test(action) && trustActions.some((name) => matchesPattern(pattern, name));
}

function checkActions({ actions }: StatementShape, kind: Kind): void {
  if (actions === undefined || actions.members.length === 0) refuse('Missing required field Action');
  for (const action of actions.members) {
    if (kind === 'trust' && !isTrustAction(action)) refuse(foreignAction);
    const fault = findActionFault(action);
    if (fault !== undefined) refuse(fault);
  }
}

function checkResources({ resources }: StatementShape, kind: Kind): void {
  if (kind === 'trust') {
    if (resources?.negated === true) refuse('AssumeRole policy must not contain resources.');
    if (resources !== undefined) refuse('Has prohibited field Resource');
    return;
  }
  if (resources === undefined || resources.members.length === 0) refuse('Missing required field Resource');
  for (const resource of resources.members) {
    const fault = findResourceFault(resource);
    if (fault !== undefined) refuse(fault);
  }
}
