import type { IAMClient } from '@aws-sdk/client-iam';

/** A command of either client, as far as what is done with its answer is concerned. */
export interface Command {
  readonly middlewareStack: { use(plugin: never): void };
}

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
 * An answer is XML whose root is named after the action, or ErrorResponse.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html
 */
export function requireOwnAnswer(command: Command): void {
  readStack(command).add(
    (next, context) => async (args) => {
      const result = await next(args);
      const response = readResponse(result.response);
      const bytes = await collectBytes(response.body);
      const action = String(context.commandName).replace(/Command$/, '');
      const foreign = describeForeign(bytes.toString('utf8'), action);
      if (foreign !== undefined) throw new ForeignAnswer(foreign, response.statusCode);
      response.body = bytes;
      return result;
    },
    // Below the SDK's own deserializer, and below its retries: every attempt's answer is looked at.
    { step: 'deserialize', priority: 'low', name: 'keyturnRequireOwnAnswer', override: true },
  );
}

/** Takes the place of the SDK's retries for one command, and leaves the client as it is: one attempt, whatever comes. */
export function sendOnce(command: Command): void {
  readStack(command).add((next) => (args) => next(args), {
    step: 'finalizeRequest',
    priority: 'high',
    name: 'retryMiddleware',
    override: true,
  });
}

/** Commands differ in the types of their input and output, which nothing here looks at. */
function readStack(command: Command): IAMClient['middlewareStack'] {
  return command.middlewareStack as IAMClient['middlewareStack'];
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

function describeForeign(text: string, action: string): string | undefined {
  if (text.trim() === '') return 'nothing';
  const root = /^\uFEFF?\s*(?:<\?xml[^>]*\?>\s*)?<([A-Za-z]+)[\s/>]/.exec(text)?.[1];
  if (root === 'html' || /^\s*<!doctype html/i.test(text)) return 'a web page';
  if (root !== `${action}Response` && root !== 'ErrorResponse') return `something else than ${action} answers`;
  return text.trimEnd().endsWith(`</${root}>`) ? undefined : 'an answer that breaks off';
}
