/**
 * From the flat names of AWS Query (`Tags.member.1.Key`) to the value that a shape describes.
 *
 * Every parameter is looked at once for each level of the shape, so reading takes time in proportion to the form. What
 * the shape does not have is ignored. What AWS answers to odd spellings is listed in docs/endpoint.md, "Parameters".
 */

import { refuseMalformed } from './fault.ts';
import type { Form } from './form.ts';
import type { ListShape, MapShape, ServiceModel, Shape, StructureShape } from './model.ts';
import { findShape, findStructure } from './model.ts';
import { readScalar } from './scalar.ts';

/** What is left of a parameter's name below the value being read, undefined when nothing is, and its value. */
interface Field {
  readonly rest: string | undefined;
  readonly value: string;
}

type Fields = readonly Field[];

/** How many elements of a list one parameter may leap over. */
const longestLeap = 10;
const largestIndex = 2 ** 31 - 1;

/**
 * The input of an operation as the form has it, its constraints not yet checked.
 *
 * An element missing before a later one is there: an empty structure, or undefined in a list of scalars.
 *
 * Source: https://smithy.io/2.0/aws/protocols/aws-query-protocol.html
 *
 * @throws AwsFault MalformedInput for a scalar, an index or a nesting that cannot be read
 * @example
 * readInput(iam, 'ListUsers', parseForm('Action=ListUsers&MaxItems=+7')); // refused: ' 7' is no integer
 * readInput(iam, 'ListUsers', parseForm('Action=ListUsers&MaxItems=7'));  // { MaxItems: 7 }
 */
export function readInput(model: ServiceModel, operationName: string, form: Form): Record<string, unknown> {
  const shape = findStructure(model, operationName, 'input');
  if (shape === undefined) return {};
  const fields: Field[] = [];
  for (const [rest, value] of form) fields.push({ rest, value });
  return readStructure(model, shape, fields);
}

function readValue(model: ServiceModel, shape: Shape, fields: Fields): unknown {
  switch (shape.type) {
    case 'structure':
      return readStructure(model, shape, fields);
    case 'list':
      return readList(model, shape, fields);
    case 'map':
      return readMap(model, shape, fields);
    default: {
      const [first] = fields;
      if (first === undefined) return undefined;
      if (fields.some(({ rest }) => rest !== undefined))
        throw refuseMalformed('Start of list found where not expected');
      return readScalar(shape, first.value);
    }
  }
}

function readStructure(model: ServiceModel, shape: StructureShape, fields: Fields): Record<string, unknown> {
  requireNested(fields, 'Unexpected complex element termination');
  if (fields.every(({ rest }) => !rest?.includes('.'))) return readFlatStructure(model, shape, fields);
  const value: Record<string, unknown> = {};
  for (const [name, below] of groupByHead(fields, shape.members)) {
    const memberShape = shape.members[name];
    if (memberShape === undefined) continue;
    const member = readValue(model, findShape(model, memberShape), below);
    if (member !== undefined) value[name] = member;
  }
  return value;
}

/** The same where no name goes further down, as with most requests: nothing has to be gathered. */
function readFlatStructure(model: ServiceModel, { members }: StructureShape, fields: Fields): Record<string, unknown> {
  const value: Record<string, unknown> = {};
  for (const { rest: name, value: text } of fields) {
    const memberShape = name !== undefined && Object.hasOwn(members, name) ? members[name] : undefined;
    // Of a name that comes twice the first counts.
    if (name === undefined || memberShape === undefined || Object.hasOwn(value, name)) continue;
    const member = readValue(model, findShape(model, memberShape), [{ rest: undefined, value: text }]);
    if (member !== undefined) value[name] = member;
  }
  return value;
}

function readList(model: ServiceModel, shape: ListShape, fields: Fields): unknown[] | undefined {
  const memberShape = findShape(model, shape.member);
  return readElements(fields, 'member')?.map((below) => readValue(model, memberShape, below));
}

function readMap(model: ServiceModel, shape: MapShape, fields: Fields): Record<string, unknown> | undefined {
  const entry: StructureShape = { type: 'structure', members: { key: shape.key, value: shape.value } };
  const entries = readElements(fields, 'entry')?.map((below) => readStructure(model, entry, below));
  return entries && Object.fromEntries(entries.map(({ key, value }) => [String(key), value]));
}

/** The fields of each element of a list or map, in order; undefined when there is no list at all. */
function readElements(fields: Fields, wrapper: 'member' | 'entry'): Fields[] | undefined {
  requireNested(fields, 'Unexpected list element termination');
  if (fields.some(({ rest }) => rest === undefined)) return [];
  const wrapped = groupByHead(fields, { [wrapper]: '' }).get(wrapper);
  if (wrapped === undefined) return undefined;
  const byIndex = groupByIndex(wrapped);
  const elements: Fields[] = [];
  for (const index of [...byIndex.keys()].sort((a, b) => a - b)) {
    const leap = index - Math.max(1, elements.length);
    if (leap > longestLeap) throw refuseMalformed(`Excessively sparse input would skip ${leap} list elements`);
    while (elements.length < index - 1) elements.push([]);
    elements.push(byIndex.get(index) ?? []);
  }
  return elements;
}

/** The same position may be spelled in several ways (`1`, `01`); a name that is no number belongs to the first element. */
function groupByIndex(fields: Fields): Map<number, Field[]> {
  const groups = new Map<number, Field[]>();
  for (const field of fields) {
    const [head, below] = splitHead(field);
    if (head?.startsWith('-')) throw refuseMalformed(`Key ${head} may not have a leading '-'`);
    const numbered = head !== undefined && /^\d+$/.test(head);
    const index = numbered ? Number(head) : 1;
    if (index < 1 || index > largestIndex) throw refuseMalformed(`${index} is not a valid index`);
    if (numbered && below.rest !== undefined && /^\d+(?:\.|$)/.test(below.rest)) {
      throw refuseMalformed('Two index elements may not occur back to back');
    }
    addTo(groups, index, numbered ? below : field);
  }
  return groups;
}

function groupByHead(fields: Fields, names: Readonly<Record<string, string>>): Map<string, Field[]> {
  const groups = new Map<string, Field[]>();
  for (const field of fields) {
    const [head, below] = splitHead(field);
    if (head !== undefined && Object.hasOwn(names, head)) addTo(groups, head, below);
  }
  return groups;
}

function addTo<Key>(groups: Map<Key, Field[]>, key: Key, field: Field): void {
  const group = groups.get(key);
  if (group === undefined) groups.set(key, [field]);
  else group.push(field);
}

function splitHead({ rest, value }: Field): [head: string | undefined, below: Field] {
  const dot = rest === undefined ? -1 : rest.indexOf('.');
  if (dot < 0) return [rest, { rest: undefined, value }];
  return [rest?.slice(0, dot), { rest: rest?.slice(dot + 1), value }];
}

/** Where something nested belongs, a bare name may only say that it is empty. */
function requireNested(fields: Fields, otherwise: string): void {
  if (fields.some(({ rest, value }) => rest === undefined && value !== '')) throw refuseMalformed(otherwise);
}
