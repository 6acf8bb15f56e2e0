/** From the text of a policy document to the value the evaluator works on. */
import { compileActions } from './actions.ts';
import type { ConditionTest, Listed, Policy, PolicyKind, Statement } from './document.ts';
import { checkFields } from './field-grammar.ts';
import { checkIdentityPolicy } from './identity-grammar.ts';
import { JsonError } from './json.ts';
import { MalformedPolicyDocument } from './malformed.ts';
import { compileResource } from './resources.ts';
import { readShape, ShapeError } from './shape.ts';
import type { ConditionShape, DocumentShape, StatementShape } from './shape.ts';
import { compileTemplate } from './template.ts';

/**
 * Reads and validates a policy document of a kind.
 *
 * Whether the principals of a trust policy exist is not checked: that takes a directory (see `invalidPrincipal`).
 *
 * @throws MalformedPolicyDocument with AWS's message where AWS would refuse the document
 * @example
 * parsePolicy('{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"iam:GetUser","Resource":"*"}}', 'managed');
 */
export function parsePolicy(text: string, kind: PolicyKind): Policy {
  const document = readDocument(text, kind);
  const variables = document.Version === '2012-10-17';
  return { statements: document.statements.map((statement) => compileStatement(statement, variables)) };
}

function readDocument(text: string, kind: PolicyKind): DocumentShape {
  try {
    const document = readShape(text);
    check(document, kind);
    return document;
  } catch (error) {
    if (!isFault(error)) throw error;
    throw new MalformedPolicyDocument(wordFault(error, kind), { cause: error });
  }
}

function check(document: DocumentShape, kind: PolicyKind): void {
  if (kind === 'inline' || kind === 'managed' || kind === 'simulated') checkIdentityPolicy(document, kind);
  else if (kind === 'scp') checkIdentityPolicy(document, 'managed');
  else checkFields(document, kind);
}

type Fault = JsonError | ShapeError | MalformedPolicyDocument;

function isFault(error: unknown): error is Fault {
  return error instanceof JsonError || error instanceof ShapeError || error instanceof MalformedPolicyDocument;
}

/** Organizations says the same of every fault; IAM's older validator does not tell JSON from shape. */
function wordFault(fault: Fault, kind: PolicyKind): string {
  if (kind === 'scp')
    return 'The provided policy document does not meet the requirements of the specified policy type.';
  if (fault instanceof MalformedPolicyDocument) return fault.message;
  if (kind === 'inline' || kind === 'managed' || kind === 'simulated') return 'Syntax errors in policy.';
  return fault instanceof JsonError ? 'This policy contains invalid Json' : 'Syntax error in policy.';
}

function compileStatement(shape: StatementShape, variables: boolean): Statement {
  return {
    Sid: shape.Sid,
    Effect: shape.Effect === 'Allow' ? 'Allow' : 'Deny',
    principals: shape.principals,
    actions: compileActions(shape.actions ?? { negated: false, members: [] }),
    resources: shape.resources && mapListed(shape.resources, (resource) => compileResource(resource, variables)),
    conditions: shape.conditions.map((condition) => compileCondition(condition, variables)),
    StartPosition: shape.StartPosition,
    EndPosition: shape.EndPosition,
  };
}

function mapListed<From, To>({ negated, members }: Listed<From>, convert: (member: From) => To): Listed<To> {
  return { negated, members: members.map(convert) };
}

function compileCondition(condition: ConditionShape, variables: boolean): ConditionTest {
  const filled = variables && condition.operator.variables;
  return { ...condition, values: condition.values.map((value) => compileTemplate(value, filled ? 0 : Infinity)) };
}
