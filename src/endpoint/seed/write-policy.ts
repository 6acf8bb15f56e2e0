import type { PolicyKind } from '../../policy/document.ts';
import { MalformedPolicyDocument } from '../../policy/malformed.ts';
import { parsePolicy } from '../../policy/parse.ts';
import type { Fields } from '../fields.ts';

/**
 * A policy of a document as it is kept.
 *
 * @param fields the object it stands in, and `name` its name there, for messages
 * @throws KeyturnError ERR_USAGE for one that AWS would not take
 */
export function writePolicy(document: unknown, kind: PolicyKind, fields: Fields, name: string): string {
  const text = JSON.stringify(document);
  try {
    parsePolicy(text, kind);
    return text;
  } catch (error) {
    if (error instanceof MalformedPolicyDocument) throw fields.refuse(name, `is no policy: ${error.message}`);
    throw error;
  }
}
