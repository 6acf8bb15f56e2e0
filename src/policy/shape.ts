/**
 * The shape every kind of document shares: its elements, their types, and which exclude one another. What the elements say
 * is the grammars' concern.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
import type { ConditionTest, Listed, Principal } from './document.ts';
import { readJson } from './json.ts';
import type { Json, JsonObject, Position } from './json.ts';
import { findOperator } from './operators.ts';

export interface DocumentShape {
  readonly Version: string | undefined;
  readonly statements: readonly StatementShape[];
}

/** A statement whose elements have the right types, and may still be missing or wrong. */
export interface StatementShape {
  readonly Sid: string | undefined;
  readonly Effect: string | undefined;
  readonly principals: Listed<Principal> | undefined;
  readonly actions: Listed<string> | undefined;
  readonly resources: Listed<string> | undefined;
  readonly conditions: readonly ConditionShape[];
  readonly StartPosition: Position;
  readonly EndPosition: Position;
}

export type ConditionShape = Omit<ConditionTest, 'values'> & { readonly values: readonly string[] };

export class ShapeError extends Error {}

const documentElements = ['Version', 'Id', 'Statement'];
const pairs = ['Principal', 'Action', 'Resource'];
const statementElements = ['Sid', 'Effect', 'Condition', ...pairs, ...pairs.map((name) => `Not${name}`)];
const principalTypes = ['AWS', 'Service', 'Federated', 'CanonicalUser'] as const;
const operatorForm = /^(?:(?<qualifier>ForAllValues|ForAnyValue):)?(?<name>\w+?)(?<ifExists>IfExists)?$/i;

/**
 * @throws JsonError where the text is not JSON
 * @throws ShapeError where an element is unknown, of a wrong type, or stands beside one that excludes it
 */
export function readShape(text: string): DocumentShape {
  const document = asObject(readJson(text), documentElements);
  readText(document.members.get('Id'));
  return {
    Version: readText(document.members.get('Version')),
    statements: readStatements(document.members.get('Statement')),
  };
}

/**
 * AWS counts a statement from where its reading begins: behind the brace of a lone one, in a list behind the bracket or the
 * statement before. (The positions in the AWS CLI's examples of simulate-custom-policy and simulate-principal-policy.)
 */
function readStatements(json: Json | undefined): readonly StatementShape[] {
  if (json === undefined) return [];
  if (json.kind === 'object') return [readStatement(json, json.inside)];
  if (json.kind !== 'array') throw new ShapeError('Statement is neither a statement nor a list');
  return json.elements.map((element, index) => readStatement(element, json.elements[index - 1]?.end ?? json.inside));
}

function readStatement(json: Json, StartPosition: Position): StatementShape {
  const { members, end } = asObject(json, statementElements);
  return {
    Sid: readText(members.get('Sid')),
    Effect: readText(members.get('Effect')),
    principals: readPair(members, 'Principal', readPrincipals),
    actions: readPair(members, 'Action', readTexts),
    resources: readPair(members, 'Resource', readTexts),
    conditions: readConditions(members.get('Condition')),
    StartPosition,
    EndPosition: end,
  };
}

function readPair<T>(
  members: ReadonlyMap<string, Json>,
  name: string,
  read: (json: Json) => readonly T[],
): Listed<T> | undefined {
  const [plain, negated] = [members.get(name), members.get(`Not${name}`)];
  if (plain !== undefined && negated !== undefined) throw new ShapeError(`${name} excludes Not${name}`);
  if (plain !== undefined) return { negated: false, members: read(plain) };
  return negated === undefined ? undefined : { negated: true, members: read(negated) };
}

function readPrincipals(json: Json): readonly Principal[] {
  if (json.kind === 'string' && json.text === '*') return [{ type: 'Any', name: '*' }];
  const { members } = asObject(json, principalTypes);
  return principalTypes.flatMap((type) => {
    const names = members.get(type);
    return names === undefined ? [] : readTexts(names).map((name) => ({ type, name }));
  });
}

/** An operator without keys tests nothing, and AWS does not look at its name. */
function readConditions(json: Json | undefined): readonly ConditionShape[] {
  if (json === undefined) return [];
  return [...asObject(json).members].flatMap(([name, keys]) => {
    const tests = [...asObject(keys).members];
    return tests.map(([key, values]) => ({ ...readOperator(name), key, values: readScalars(values) }));
  });
}

function readOperator(text: string): Pick<ConditionShape, 'qualifier' | 'operator' | 'ifExists'> {
  const { qualifier, name = '', ifExists } = operatorForm.exec(text)?.groups ?? {};
  const operator = findOperator(name);
  if (operator === undefined) throw new ShapeError(`${text} is no operator`);
  if (operator.kind === 'null' && ifExists !== undefined) throw new ShapeError('Null asks for existence already');
  return { qualifier: readQualifier(qualifier), operator, ifExists: ifExists !== undefined };
}

function readQualifier(text: string | undefined): ConditionTest['qualifier'] {
  if (text === undefined) return undefined;
  return text.toLowerCase() === 'forallvalues' ? 'ForAllValues' : 'ForAnyValue';
}

function asObject(json: Json, known?: readonly string[]): JsonObject {
  if (json.kind !== 'object') throw new ShapeError('an object is expected');
  for (const name of json.members.keys()) {
    if (known?.includes(name) === false) throw new ShapeError(`${name} is no element`);
  }
  return json;
}

function readText(json: Json | undefined): string | undefined {
  if (json !== undefined && json.kind !== 'string') throw new ShapeError('a string is expected');
  return json?.text;
}

/** One string or a list of strings, among which AWS passes over null. */
function readTexts(json: Json): readonly string[] {
  const elements = json.kind === 'array' ? json.elements.filter(({ kind }) => kind !== 'null') : [json];
  return elements.map((element) => {
    if (element.kind !== 'string') throw new ShapeError('a string is expected');
    return element.text;
  });
}

/** One value or a list; numbers and booleans may stand without quotation marks. */
function readScalars(json: Json): readonly string[] {
  return (json.kind === 'array' ? json.elements : [json]).map((element) => {
    if (element.kind === 'object' || element.kind === 'array' || element.kind === 'null') {
      throw new ShapeError('a string, a number or a boolean is expected');
    }
    return element.text;
  });
}
