import { readStack } from './command.ts';
import type { Command } from './command.ts';

/** An answer that did not come from the service that was asked, whatever its status says. */
export class ForeignAnswer extends Error {
  readonly $metadata: { readonly httpStatusCode: number | undefined };

  constructor(description: string, httpStatusCode: number | undefined) {
    super(description);
    this.name = 'ForeignAnswer';
    this.$metadata = { httpStatusCode };
  }
}

/**
 * Refuses what the service does not say: HTML, nothing, half an answer. The SDK takes an HTML page with status 200 for an
 * answer with nothing in it, so that a captive portal would "deactivate" a key.
 *
 * IAM and STS answer in XML whose root is named after the action, and refuse in XML whose root is ErrorResponse; CloudTrail
 * and Organizations are asked in JSON and answer in it, a refusal with its type.
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
      const text = bytes.toString('utf8');
      const foreign = isAskedInJson(args.request)
        ? describeForeignJson(text, isRefusal && response.headers?.['x-amzn-errortype'] === undefined)
        : describeForeign(text, isRefusal ? 'ErrorResponse' : `${action}Response`);
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
  headers?: Readonly<Record<string, string | undefined>>;
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

function isAskedInJson(request: unknown): boolean {
  const { headers = {} } = (typeof request === 'object' && request !== null ? request : {}) as HttpResponse;
  return headers['content-type']?.startsWith('application/x-amz-json') === true;
}

/** @param isTyped whether the answer must name a type: a refusal's, where no header does */
function describeForeignJson(text: string, isTyped: boolean): string | undefined {
  if (text.trim() === '') return 'nothing';
  if (/^\s*</.test(text)) return 'a web page';
  try {
    const value: unknown = JSON.parse(text);
    const isOwn = typeof value === 'object' && value !== null && (!isTyped || '__type' in value);
    return isOwn ? undefined : 'something else than a JSON object';
  } catch {
    return 'what is not JSON, or breaks off';
  }
}

function describeForeign(text: string, expected: string): string | undefined {
  if (text.trim() === '') return 'nothing';
  const root = /^\uFEFF?\s*(?:<\?xml[^>]*\?>\s*)?<([A-Za-z]+)[\s/>]/.exec(text)?.[1];
  if (root?.toLowerCase() === 'html' || /^\s*<!doctype html/i.test(text)) return 'a web page';
  if (root !== expected) return `something else than ${expected}`;
  return text.trimEnd().endsWith(`</${root}>`) ? undefined : 'an answer that breaks off';
}
