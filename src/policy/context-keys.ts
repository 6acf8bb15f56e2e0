/**
 * The keys of a request's context that a policy document asks for: those its conditions test, and those whose values its
 * variables take, in resources and in values of conditions.
 *
 * Source: answers of GetContextKeysForCustomPolicy that stackd (https://github.com/radkawar/stackd, Apache-2.0) captured
 */

import { JsonError } from './json.ts';
import { MalformedPolicyDocument } from './malformed.ts';
import { readShape, ShapeError } from './shape.ts';
import type { DocumentShape, StatementShape } from './shape.ts';

/**
 * Each key once, as it is spelled. What is missing in the document or of a wrong form does not matter as long as its
 * elements are known.
 *
 * @throws MalformedPolicyDocument where elements, operators or effects are unknown, or an effect is missing
 * @example
 * listContextKeys('{"Statement":{"Effect":"Allow","Condition":{"Bool":{"aws:SecureTransport":"true"}}}}');
 * // ['aws:SecureTransport']
 */
export function listContextKeys(text: string): readonly string[] {
  const { Version, statements } = readDocument(text);
  if (!statements.every(({ Effect }) => Effect === 'Allow' || Effect === 'Deny')) throw malformed();
  const variables = Version === '2012-10-17';
  return inOrderOfHashes([...new Set(statements.flatMap((statement) => listKeys(statement, variables)))]);
}

function readDocument(text: string): DocumentShape {
  try {
    return readShape(text);
  } catch (error) {
    throw error instanceof JsonError || error instanceof ShapeError ? malformed(error) : error;
  }
}

function malformed(cause?: Error): MalformedPolicyDocument {
  return new MalformedPolicyDocument('Syntax errors in policy.', { cause });
}

function listKeys({ resources, conditions }: StatementShape, variables: boolean): readonly string[] {
  const texts = [...(resources?.members ?? []), ...conditions.flatMap(({ values }) => values)];
  return [...conditions.map(({ key }) => key), ...(variables ? texts.flatMap(listVariables) : [])];
}

/** The quoted characters `${*}`, `${?}` and `${$}` count as variables here. */
function listVariables(text: string): readonly string[] {
  return Array.from(text.matchAll(/\$\{([^},]*)[^}]*\}/g), ([, name = '']) => name.trim());
}

/** AWS answers in the order in which a Java hash set holds them: of two keys in one place the later comes first. */
function inOrderOfHashes(keys: readonly string[]): readonly string[] {
  let places = 16;
  while (keys.length > places * 0.75) places *= 2;
  const findPlace = (key: string) => {
    const hash = Array.from(key).reduce((sum, character) => (sum * 31 + character.charCodeAt(0)) | 0, 0);
    return (hash ^ (hash >>> 16)) & (places - 1);
  };
  return keys.toReversed().sort((one, other) => findPlace(one) - findPlace(other));
}
