/** Answers and faults as AWS writes them: two spaces a level, a newline at the end, no prolog. */

import { Secret } from '../secret.ts';
import { blobMark, BlobParts } from './blob-parts.ts';
import type { AwsFault } from './fault.ts';
import type { ServiceModel, Shape, StructureShape } from './model.ts';
import { findShape, findStructure } from './model.ts';

/**
 * The answer to an operation that was carried out.
 *
 * Members that are undefined are left out; a list that is empty is an empty element. Secrets are revealed here, into the
 * one answer that shows them.
 *
 * Source: https://smithy.io/2.0/aws/protocols/aws-query-protocol.html#response-serialization
 *
 * @example
 * writeAnswer(iam, 'DeleteAccessKey', undefined, requestId); // 210 bytes
 */
export function writeAnswer(
  model: ServiceModel,
  operationName: string,
  output: Readonly<Record<string, unknown>> | undefined,
  requestId: string,
): string {
  const shape = findStructure(model, operationName, 'output');
  const result = shape === undefined ? '' : writeElement(model, shape, `${operationName}Result`, output ?? {}, '  ');
  return `<${operationName}Response xmlns="${model.xmlns ?? ''}">
${result}  <ResponseMetadata>
    <RequestId>${escapeText(requestId)}</RequestId>
  </ResponseMetadata>
</${operationName}Response>
`;
}

/**
 * The answer to a request that was refused.
 *
 * Source: https://smithy.io/2.0/aws/protocols/aws-query-protocol.html#operation-error-serialization
 */
export function writeFault(fault: AwsFault, { xmlns, requestId }: { xmlns: string; requestId: string }): string {
  const message = fault.message === '' ? '' : `    <Message>${escapeText(fault.message)}</Message>\n`;
  return `<ErrorResponse xmlns="${xmlns}">
  <Error>
    <Type>${fault.fault}</Type>
    <Code>${escapeText(fault.code)}</Code>
${message}  </Error>
  <RequestId>${escapeText(requestId)}</RequestId>
</ErrorResponse>
`;
}

function writeElement(model: ServiceModel, shape: Shape, name: string, value: unknown, indent: string): string {
  if (value instanceof BlobParts) return `${indent}<${name}>${blobMark}</${name}>\n`;
  const inner = writeInner(model, shape, value, indent);
  if (inner === undefined) return `${indent}<${name}>${escapeText(writeScalar(value))}</${name}>\n`;
  return inner === '' ? `${indent}<${name}/>\n` : `${indent}<${name}>\n${inner}${indent}</${name}>\n`;
}

/** The elements within an element; undefined for a scalar, which has text instead. */
function writeInner(model: ServiceModel, shape: Shape, value: unknown, indent: string): string | undefined {
  switch (shape.type) {
    case 'structure':
      return writeMembers(model, shape, value, `${indent}  `);
    case 'list': {
      const member = findShape(model, shape.member);
      let text = '';
      for (const element of requireArray(value)) text += writeElement(model, member, 'member', element, `${indent}  `);
      return text;
    }
    case 'map': {
      const entry: StructureShape = { type: 'structure', members: { key: shape.key, value: shape.value } };
      let text = '';
      for (const [key, element] of Object.entries<unknown>({ ...requireObject(value) })) {
        text += writeElement(model, entry, 'entry', { key, value: element }, `${indent}  `);
      }
      return text;
    }
    default:
      return undefined;
  }
}

function writeMembers(model: ServiceModel, shape: StructureShape, value: unknown, indent: string): string {
  const members = requireObject(value);
  let text = '';
  for (const name in shape.members) {
    const member: unknown = Reflect.get(members, name);
    const memberShape = shape.members[name];
    if (member === undefined || memberShape === undefined) continue;
    text += writeElement(model, findShape(model, memberShape), name, member, indent);
  }
  return text;
}

function writeScalar(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value instanceof Date) return `${value.toISOString().slice(0, 19)}Z`;
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (value instanceof Secret) return value.reveal();
  return String(value);
}

function requireObject(value: unknown): object {
  if (typeof value !== 'object' || value === null) throw new TypeError('the value does not have the form of its shape');
  return value;
}

function requireArray(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new TypeError('the value does not have the form of its shape');
  return value;
}

/** Most texts have nothing special: seeing that is cheaper than replacing nothing. */
const hasSpecial = /[&<>"\u0000-\u0008\u000B-\u001F\uFFFE\uFFFF]/;
const special = new RegExp(hasSpecial, 'g');
const replacements = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ['\r', '&#xD;'],
]);

/**
 * What XML 1.0 cannot hold at all becomes U+FFFD, as half a surrogate pair does when the text becomes UTF-8.
 *
 * Source: https://www.w3.org/TR/xml/#charsets
 */
function escapeText(text: string): string {
  if (!hasSpecial.test(text)) return text;
  return text.replace(special, (character) => replacements.get(character) ?? '\uFFFD');
}
