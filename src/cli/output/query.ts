import { KeyturnError } from '../../errors.ts';
import type { JsonArray, JsonObject, JsonValue } from './json.ts';

/** A `--query`, read: applies a JMESPath expression to a document. */
export type Query = (document: JsonObject) => JsonValue;

/** Stands for a secret in {@link sampleDocument}, so that a query which would print one can be told from one which would not. */
const sampleSecret = 'a secret that is not one';

/** What the commands answer, all in one object: enough to try an expression on before any call is made. */
const sampleDocument: JsonObject = {
  AccessKeys: [
    {
      UserName: 'alice',
      AccessKeyId: 'AKIAIOSFODNN7EXAMPLE',
      Status: 'Active',
      CreateDate: '2026-01-01T00:00:00.000Z',
      LastUsed: { Kind: 'used', LastUsedDate: '2026-01-01T00:00:00.000Z', Region: 'us-east-1', ServiceName: 'iam' },
    },
  ],
  AccessKey: {
    UserName: 'alice',
    AccessKeyId: 'AKIAIOSFODNN7EXAMPLE',
    Status: 'Active',
    SecretAccessKey: sampleSecret,
    CreateDate: '2026-01-01T00:00:00.000Z',
  },
  UserId: 'AIDAIOSFODNN7EXAMPLE',
  Account: '123456789012',
  Arn: 'arn:aws:iam::123456789012:user/alice',
};

/**
 * Reads a JMESPath expression (https://jmespath.org/specification.html).
 *
 * @throws {KeyturnError} `ERR_USAGE` where it is not one, or calls a function that does not exist; the query itself
 * throws the same where the document has not the types that it asks for.
 */
export async function readQuery(expression: string): Promise<Query> {
  const { search } = (await import('jmespath')).default;
  const run: Query = (document) => {
    try {
      // Through JSON and back, as the library would also give out what objects inherit (`constructor`).
      const [value = null] = JSON.parse(JSON.stringify([search(document, expression)])) as JsonArray;
      return value;
    } catch (cause) {
      throw new KeyturnError('ERR_USAGE', `--query cannot be applied to this answer: ${messageOf(cause)}`, { cause });
    }
  };
  try {
    search(sampleDocument, expression);
  } catch (cause) {
    if (!isTypeMismatch(cause)) {
      throw new KeyturnError('ERR_USAGE', `--query is not a JMESPath expression: ${messageOf(cause)}`, {
        cause,
        hint: "see https://jmespath.org, for example --query 'AccessKeys[].AccessKeyId'",
      });
    }
  }
  return run;
}

/** Whether a query on the answer of `keys create` keeps the secret in what it prints. */
export function keepsSecret(query: Query): boolean {
  return JSON.stringify(query(sampleDocument)).includes(sampleSecret);
}

/** A function was given another type than it takes: the real document may have the right one. */
function isTypeMismatch(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('TypeError');
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
