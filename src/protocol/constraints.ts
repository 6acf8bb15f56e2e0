/** Whether an input satisfies its shapes, and AWS's words for it when it does not. */

import { Secret } from '../secret.ts';
import { AwsFault } from './fault.ts';
import type { IntegerShape, ListShape, ServiceModel, Shape, StringShape, StructureShape } from './model.ts';
import { findShape, findStructure } from './model.ts';
import { compilePattern, findRules } from './rules.ts';

/** AWS reports no more violations than this, however many there are. */
const mostReported = 10;
const notNull = 'Member must not be null';

/** One request's check: what was found so far, as whole sentences. */
interface Check {
  readonly model: ServiceModel;
  readonly found: string[];
}

/**
 * Refuses an input that breaks a constraint of its operation, with all violations in one message.
 *
 * Where the service has its own words for a value's form, they are the whole message.
 *
 * @throws AwsFault ValidationError
 * @example
 * requireValid(iam, 'GetAccessKeyLastUsed', {});
 * // ValidationError: 1 validation error detected: Value at 'accessKeyId' failed to satisfy constraint: Member must not be null
 */
export function requireValid(
  model: ServiceModel,
  operationName: string,
  input: Readonly<Record<string, unknown>>,
): void {
  const shape = findStructure(model, operationName, 'input');
  if (shape === undefined) return;
  const check: Check = { model, found: [] };
  checkStructure(check, shape, '', input);
  const { found } = check;
  if (found.length === 0) return;
  const count = found.length === 1 ? '1 validation error' : `${found.length} validation errors`;
  throw new AwsFault('ValidationError', `${count} detected: ${found.join('; ')}`);
}

function checkStructure(check: Check, shape: StructureShape, path: string, value: unknown): void {
  for (const name of shape.checkOrder ?? Object.keys(shape.members)) {
    const memberShape = shape.members[name];
    if (memberShape === undefined) continue;
    const member = readMember(value, name);
    const memberPath = path + lowerFirst(name);
    if (member !== undefined) checkValue(check, findShape(check.model, memberShape), memberPath, member);
    else if (shape.required?.includes(name)) report(check, memberPath, undefined, notNull);
  }
}

function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

function readMember(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function checkValue(check: Check, shape: Shape, path: string, value: unknown): void {
  if (shape.type === 'structure') checkStructure(check, shape, `${path}.`, value);
  else if (shape.type === 'list' && Array.isArray(value)) checkList(check, shape, path, value);
  else if (shape.type === 'string' || shape.type === 'integer') checkScalar(check, shape, path, value);
}

function checkList(check: Check, shape: ListShape, path: string, value: readonly unknown[]): void {
  const { min = 0, max = Infinity } = shape;
  if (value.length < min) report(check, path, value, `Member must have length greater than or equal to ${min}`);
  if (value.length > max) report(check, path, value, `Member must have length less than or equal to ${max}`);
  const member = findShape(check.model, shape.member);
  if (member.type === 'string' || member.type === 'integer') {
    checkScalars(check, shape, member, path, value);
    return;
  }
  for (const [index, element] of value.entries()) {
    if (check.found.length === mostReported) return;
    checkValue(check, member, `${path}.${index + 1}.member`, element);
  }
}

/** AWS reports a list of scalars once, with every rule for its members, however many members break one. */
function checkScalars(
  check: Check,
  { silentOnNull }: ListShape,
  shape: StringShape | IntegerShape,
  path: string,
  value: readonly unknown[],
): void {
  const rules = findRules(shape);
  if (value.every((element) => element !== undefined && rules.every((rule) => rule.holds(reveal(element))))) return;
  const silent = silentOnNull ?? (shape.type === 'string' && shape.enum !== undefined);
  const words = [...rules.map((rule) => rule.words), ...(silent ? [] : [notNull])].join(', ');
  report(check, path, value, `Member must satisfy constraint: [${words}]`);
}

function checkScalar(check: Check, shape: StringShape | IntegerShape, path: string, value: unknown): void {
  const scalar = reveal(value);
  if (shape.type === 'string' && shape.ownWords && !compilePattern(shape.ownWords.pattern).test(String(scalar))) {
    throw new AwsFault('ValidationError', `The specified value for ${path} is invalid. ${shape.ownWords.must}`);
  }
  for (const rule of findRules(shape)) {
    if (!rule.holds(scalar)) report(check, path, value, rule.words);
  }
}

function reveal(value: unknown): string | number {
  if (value instanceof Secret) return value.reveal();
  return typeof value === 'number' ? value : String(value);
}

function report({ model, found }: Check, path: string, value: unknown, rule: string): void {
  if (found.length === mostReported) return;
  const echo = model.echoesValues ? ` ${echoValue(value)}` : '';
  found.push(`Value${echo} at '${path}' failed to satisfy constraint: ${rule}`);
}

/** As AWS's Java prints it; a secret stays `***`. */
function echoValue(value: unknown): string {
  return value === undefined ? 'null' : `'${print(value)}'`;
}

function print(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(print).join(', ')}]`;
  if (value instanceof Secret || typeof value !== 'object' || value === null) return String(value);
  const members = Object.entries<unknown>({ ...value });
  return `{${members.map(([name, member]) => `${lowerFirst(name)}=${print(member)}`).join(', ')}}`;
}
