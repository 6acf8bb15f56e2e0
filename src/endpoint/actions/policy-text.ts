/** Policy documents on their way in and out. */

import type { PolicyKind } from '../../policy/document.ts';
import { MalformedPolicyDocument } from '../../policy/malformed.ts';
import { parsePolicy } from '../../policy/parse.ts';
import { refuse } from './refusals.ts';

/** @throws AwsFault MalformedPolicyDocument */
export function requirePolicy(document: string, kind: PolicyKind): void {
  try {
    parsePolicy(document, kind);
  } catch (error) {
    if (error instanceof MalformedPolicyDocument) throw refuse('MalformedPolicyDocument', error.message);
    throw error;
  }
}

/** The characters that count for a quota: AWS leaves out white space. */
export function countCharacters(document: string): number {
  return document.replace(/\s/g, '').length;
}

/**
 * As IAM answers with documents.
 *
 * Source: https://www.rfc-editor.org/rfc/rfc3986#section-2.1
 */
export function encodeDocument(document: string): string {
  return encodeURIComponent(document).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
