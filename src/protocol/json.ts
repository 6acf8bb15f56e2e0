/** Answers and faults of AWS JSON 1.1. */

import { Secret } from '../secret.ts';
import type { AwsFault } from './fault.ts';
import type { ServiceModel, Shape } from './model.ts';
import { findShape, findStructure } from './model.ts';

/**
 * The answer to an operation that was carried out. Members that are undefined are left out; times are seconds since 1970.
 *
 * Source: https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html
 */
export function writeJsonAnswer(
  model: ServiceModel,
  operationName: string,
  output: Readonly<Record<string, unknown>> | undefined,
): string {
  const shape = findStructure(model, operationName, 'output');
  return JSON.stringify(shape === undefined ? {} : toJson(model, shape, output ?? {}));
}

/** What AWS JSON calls refusals that every service has, where it is not what AWS Query calls them. */
const ownCodes = new Map([
  ['AccessDenied', 'AccessDeniedException'],
  ['ExpiredToken', 'ExpiredTokenException'],
  ['IncompleteSignature', 'IncompleteSignatureException'],
  ['InvalidAction', 'UnknownOperationException'],
  ['InvalidClientTokenId', 'UnrecognizedClientException'],
  ['MalformedInput', 'SerializationException'],
  ['MissingAction', 'UnknownOperationException'],
  ['MissingAuthenticationToken', 'MissingAuthenticationTokenException'],
  ['SignatureDoesNotMatch', 'InvalidSignatureException'],
  ['Throttling', 'ThrottlingException'],
  ['ValidationError', 'ValidationException'],
]);

/** Those of signatures have their message in lower case; all others, and those of the services, do not. */
const aboutSignatures = /Signature|Token|UnrecognizedClient/;

/**
 * The answer to a request that was refused: the code, and the message where there is one.
 *
 * Source: https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html#operation-error-serialization
 */
export function writeJsonFault({ code, message }: Pick<AwsFault, 'code' | 'message'>): string {
  const __type = ownCodes.get(code) ?? code;
  if (message === '' || __type === 'UnknownOperationException') return JSON.stringify({ __type });
  return JSON.stringify({ __type, [aboutSignatures.test(__type) ? 'message' : 'Message']: message });
}

function toJson(model: ServiceModel, shape: Shape, value: unknown): unknown {
  switch (shape.type) {
    case 'structure': {
      const members = Object.entries(shape.members).flatMap(([name, memberShape]) => {
        const member = readMember(value, name);
        return member === undefined ? [] : [[name, toJson(model, findShape(model, memberShape), member)] as const];
      });
      return Object.fromEntries(members);
    }
    case 'list': {
      const member = findShape(model, shape.member);
      return requireArray(value).map((element) => toJson(model, member, element));
    }
    case 'map': {
      const member = findShape(model, shape.value);
      const entries = Object.entries<unknown>({ ...requireObject(value) });
      return Object.fromEntries(entries.map(([key, element]) => [key, toJson(model, member, element)]));
    }
    default:
      return toScalar(value);
  }
}

function toScalar(value: unknown): unknown {
  if (value instanceof Date) return value.getTime() / 1_000;
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (value instanceof Secret) return value.reveal();
  return value;
}

function readMember(value: unknown, name: string): unknown {
  return Reflect.get(requireObject(value), name);
}

function requireObject(value: unknown): object {
  if (typeof value !== 'object' || value === null) throw new TypeError('the value does not have the form of its shape');
  return value;
}

function requireArray(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new TypeError('the value does not have the form of its shape');
  return value;
}
