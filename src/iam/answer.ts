import { readStack } from './command.ts';
import type { Command } from './command.ts';

/** An answer that did not come from IAM or STS, whatever its status says. */
export class ForeignAnswer extends Error {
  readonly $metadata: { readonly httpStatusCode: number | undefined };

  constructor(description: string, httpStatusCode: number | undefined) {
    super(description);
    this.name = 'ForeignAnswer';
    this.$metadata = { httpStatusCode };
  }
}

/**
 * Refuses what IAM and STS do not say: HTML, JSON, nothing, half an answer. The SDK takes an HTML page with status 200
 * for an answer with nothing in it, so that a captive portal would "deactivate" a key.
 *
 * An answer is XML whose root is named after the action, and a refusal XML whose root is ErrorResponse.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html
 */
export function requireOwnAnswer(command: Command): void {
  readStack(command).add(
    (next, context) => async (args) => {
      const result = await next(args);
      const response = readResponse(result.response);
      const bytes = await collectBytes(response.body);
      const action = String(context.commandName).replace(/Command$/, '');
      const isRefusal = response.statusCode !== undefined && response.statusCode >= 300;
      const foreign = describeForeign(bytes.toString('utf8'), isRefusal ? 'ErrorResponse' : `${action}Response`);
      if (foreign !== undefined) throw new ForeignAnswer(foreign, response.statusCode);
      response.body = bytes;
      return result;
    },
    // Below the SDK's own deserializer, and below its retries: every attempt's answer is looked at.
    { step: 'deserialize', priority: 'low', name: 'keyturnRequireOwnAnswer', override: true },
  );
}

interface HttpResponse {
  statusCode?: number;
  body?: unknown;
}

function readResponse(response: unknown): HttpResponse {
  return typeof response === 'object' && response !== null ? response : {};
}

async function collectBytes(body: unknown): Promise<Buffer> {
  if (body instanceof Uint8Array) return Buffer.from(body);
  if (typeof body !== 'object' || body === null || !(Symbol.asyncIterator in body)) return Buffer.alloc(0);
  const chunks: Uint8Array[] = [];
  for await (const chunk of body as AsyncIterable<Uint8Array>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function describeForeign(text: string, expected: string): string | undefined {
  if (text.trim() === '') return 'nothing';
  const root = /^\uFEFF?\s*(?:<\?xml[^>]*\?>\s*)?<([A-Za-z]+)[\s/>]/.exec(text)?.[1];
  if (root?.toLowerCase() === 'html' || /^\s*<!doctype html/i.test(text)) return 'a web page';
  if (root !== expected) return `something else than ${expected}`;
  return text.trimEnd().endsWith(`</${root}>`) ? undefined : 'an answer that breaks off';
}
