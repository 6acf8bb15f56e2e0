/** From the body of an AWS JSON request to the value that a shape describes. What the shape does not have is ignored. */

import { Secret } from '../secret.ts';
import { refuseMalformed, type AwsFault } from './fault.ts';
import type { ListShape, MapShape, ServiceModel, Shape, StructureShape } from './model.ts';
import { findShape, findStructure } from './model.ts';

/**
 * The input of an operation as the body has it, its constraints not yet checked. A null is no value.
 *
 * Source: https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html
 *
 * @throws AwsFault MalformedInput for a body that is no JSON object, or a value of another type than its shape's
 * @example
 * readJsonInput(organizations, 'ListAccounts', Buffer.from('{"MaxResults":5}')); // { MaxResults: 5 }
 */
export function readJsonInput(model: ServiceModel, operationName: string, body: Uint8Array): Record<string, unknown> {
  const value = parse(body);
  const shape = findStructure(model, operationName, 'input') ?? { type: 'structure', members: {} };
  if (typeof value !== 'object' || value === null) throw refuseUnreadable();
  return readStructure(model, shape, value);
}

function parse(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    throw refuseUnreadable();
  }
}

/** AWS answers this one without a message. */
function refuseUnreadable(): AwsFault {
  return refuseMalformed('');
}

function readValue(model: ServiceModel, shape: Shape, value: unknown): unknown {
  switch (shape.type) {
    case 'structure':
      return readStructure(model, shape, value);
    case 'list':
      return readList(model, shape, value);
    case 'map':
      return readMap(model, shape, value);
    case 'string':
      if (typeof value !== 'string') throw refuseType(value, 'a String');
      return shape.sensitive ? new Secret(value) : value;
    case 'integer':
      if (typeof value !== 'number' || !Number.isInteger(value)) throw refuseType(value, 'an Integer');
      return value;
    case 'boolean':
      if (typeof value !== 'boolean') throw refuseType(value, 'a Boolean');
      return value;
    case 'timestamp':
      return readTimestamp(value);
    case 'blob':
      if (typeof value !== 'string') throw refuseType(value, 'a Blob');
      return Buffer.from(value, 'base64');
  }
}

function readStructure(model: ServiceModel, shape: StructureShape, value: unknown): Record<string, unknown> {
  const object = requireObject(value);
  const structure: Record<string, unknown> = {};
  for (const [name, memberShape] of Object.entries(shape.members)) {
    const member: unknown = Object.hasOwn(object, name) ? Reflect.get(object, name) : undefined;
    if (member !== undefined && member !== null) {
      structure[name] = readValue(model, findShape(model, memberShape), member);
    }
  }
  return structure;
}

/** A null in a list is an element with nothing in it. */
function readList(model: ServiceModel, shape: ListShape, value: unknown): unknown[] {
  if (!Array.isArray(value)) throw refuseMalformed('Expected list or null');
  const memberShape = findShape(model, shape.member);
  return value.map((element) => (element === null ? undefined : readValue(model, memberShape, element)));
}

function readMap(model: ServiceModel, shape: MapShape, value: unknown): Record<string, unknown> {
  const valueShape = findShape(model, shape.value);
  const entries = Object.entries<unknown>({ ...requireObject(value) });
  return Object.fromEntries(
    entries
      .filter(([, element]) => element !== null)
      .map(([key, element]) => [key, readValue(model, valueShape, element)]),
  );
}

function requireObject(value: unknown): object {
  if (Array.isArray(value)) throw refuseMalformed('Start of list found where not expected');
  if (typeof value !== 'object' || value === null) throw refuseMalformed('Expected structure or null');
  return value;
}

/** Seconds since 1970, with a fraction or without. */
function readTimestamp(value: unknown): Date {
  const time = typeof value === 'number' ? new Date(value * 1_000) : undefined;
  if (time === undefined || Number.isNaN(time.getTime())) throw refuseType(value, 'a Timestamp');
  return time;
}

function refuseType(value: unknown, kind: string): AwsFault {
  if (Array.isArray(value)) return refuseMalformed('Start of list found where not expected');
  if (typeof value === 'object') return refuseMalformed('Start of structure or map found where not expected.');
  const found = typeof value === 'boolean' ? String(value) : typeof value;
  return refuseMalformed(`${found.toUpperCase()}_VALUE can not be converted to ${kind}`);
}
