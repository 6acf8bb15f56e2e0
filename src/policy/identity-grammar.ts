/**
 * The grammar of users', groups' and roles' policies: IAM's older validator, in its order. Each check goes over the whole
 * document before the next begins.
 */
import { findActionFault } from './actions.ts';
import { MalformedPolicyDocument } from './malformed.ts';
import { findResourceFault, legacyFailure } from './resources.ts';
import type { ConditionShape, DocumentShape, StatementShape } from './shape.ts';

/** @throws MalformedPolicyDocument with the first fault in IAM's order */
export function checkIdentityPolicy(
  { Version, statements }: DocumentShape,
  kind: 'inline' | 'managed' | 'simulated',
): void {
  const resourceFault = statements
    .flatMap(({ resources }) => resources?.members ?? [])
    .filter((resource) => kind !== 'simulated' || !resource.includes('${'))
    .map(findResourceFault)
    .find(isFault);
  const actions = statements.flatMap((statement) => statement.actions?.members ?? []);

  refuseIf(!isKnownVersion(Version), 'Syntax errors in policy.');
  refuseIf(statements.length === 0 || !statements.every(hasEffect), 'Syntax errors in policy.');
  refuseIf(kind === 'managed' && Version !== '2012-10-17', 'Policy document must be version 2012-10-17 or greater.');
  refuseIf(statements.some(hasPrincipal), 'Policy document should not specify a principal.');
  const passes = (statement: StatementShape) => passesLegacyParser(statement, kind === 'simulated');
  refuseIf(!statements.every(passes) || resourceFault === legacyFailure, legacyFailure);
  refuseIf(!statements.every(hasPlainSid), sidForm);
  refuseIf(hasRepeatedSid(statements), 'Statement IDs (SID) in a single policy must be unique.');
  refuseIf(!statements.every(hasActions), 'Policy statement must contain actions.');
  refuseIf(!statements.every(hasResources), 'Policy statement must contain resources.');
  refuse(resourceFault);
  refuse(actions.map(findActionFault).find(isFault));
}

const sidForm =
  'Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*';

function refuse(message: string | undefined): void {
  if (message !== undefined) throw new MalformedPolicyDocument(message);
}

function refuseIf(wrong: boolean, message: string): void {
  if (wrong) refuse(message);
}

function isFault(fault: string | undefined): fault is string {
  return fault !== undefined;
}

export function isKnownVersion(version: string | undefined): boolean {
  return version === undefined || version === '2012-10-17' || version === '2008-10-17';
}

/** A Sid may be empty any number of times. */
export function hasRepeatedSid(statements: readonly StatementShape[]): boolean {
  const sids = statements.map(({ Sid }) => Sid).filter((sid) => sid !== undefined && sid !== '');
  return new Set(sids).size < sids.length;
}

const hasEffect = ({ Effect }: StatementShape): boolean => /^(allow|deny)$/i.test(Effect ?? '');
const hasPrincipal = ({ principals }: StatementShape): boolean => principals !== undefined;
const hasPlainSid = ({ Sid = '' }: StatementShape): boolean => /^[0-9A-Za-z]*$/.test(Sid);
const hasActions = ({ actions }: StatementShape): boolean => (actions?.members.length ?? 0) > 0;
const hasResources = ({ resources }: StatementShape): boolean => (resources?.members.length ?? 0) > 0;

/** The legacy parser, unlike the first one, minds the case of Effect and the form of numbers, dates, addresses and so on. */
function passesLegacyParser({ Effect, conditions }: StatementShape, simulated: boolean): boolean {
  const readable = (condition: ConditionShape) => hasReadableValues(condition, simulated);
  return (Effect === 'Allow' || Effect === 'Deny') && conditions.every(readable);
}

/** What a variable will make of a value is not known; what fails a test in simulations may stand there. */
function hasReadableValues({ operator, values }: ConditionShape, simulated: boolean): boolean {
  if (simulated && operator.unread === 'fails') return true;
  return values.every((value) => (operator.variables && value.includes('${')) || operator.reads(value));
}
