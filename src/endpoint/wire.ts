/** The two ways in which services are spoken to: AWS Query with XML answers, and AWS JSON. */

import type { AwsFault } from '../protocol/fault.ts';
import { parseForm, type Form } from '../protocol/form.ts';
import { readInput } from '../protocol/input.ts';
import { readJsonInput } from '../protocol/json-input.ts';
import { writeJsonAnswer, writeJsonFault } from '../protocol/json.ts';
import type { ServiceModel } from '../protocol/model.ts';
import { writeAnswer, writeFault } from '../protocol/xml.ts';
import { findHeader, type SignableRequest } from '../sigv4/request.ts';
import { findTargetedAction } from './targeted-action.ts';

/** What a request asks for, its input not yet read. */
export interface Wish {
  readonly action: string | undefined;
  readonly version: string | undefined;
  /** @throws AwsFault MalformedInput */
  readInput(operationName: string): Record<string, unknown>;
}

export interface Wire {
  readonly contentType: string;
  /** @throws AwsFault MalformedInput */
  readWish(model: ServiceModel, request: SignableRequest): Wish;
  writeAnswer(
    model: ServiceModel,
    operationName: string,
    output: Readonly<Record<string, unknown>> | undefined,
    requestId: string,
  ): string;
  /** @param xmlns the namespace, where it is not the service's own */
  writeFault(
    model: ServiceModel,
    fault: AwsFault,
    about: { requestId: string; xmlns?: string | undefined },
  ): { status: number; body: string };
}

/** https://smithy.io/2.0/aws/protocols/aws-query-protocol.html */
export const queryWire: Wire = {
  contentType: 'text/xml',

  readWish(model, request) {
    const form = readForm(request);
    return {
      action: form.get('Action'),
      version: form.get('Version'),
      readInput: (operationName) => readInput(model, operationName, form),
    };
  },

  writeAnswer,

  writeFault(model, fault, { requestId, xmlns = model.xmlns ?? '' }) {
    return { status: fault.status, body: writeFault(fault, { xmlns, requestId }) };
  },
};

/** https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html */
export const jsonWire: Wire = {
  contentType: 'application/x-amz-json-1.1',

  readWish(model, request) {
    return {
      action: findTargetedAction(findHeader(request, 'x-amz-target'), model.targetPrefix ?? ''),
      version: model.apiVersion,
      readInput: (operationName) => readJsonInput(model, operationName, request.body),
    };
  },

  writeAnswer: (model, operationName, output) => writeJsonAnswer(model, operationName, output),

  writeFault({ ownFaults }, fault) {
    // What the caller is to blame for is a 400, whatever it is.
    return { status: fault.status < 500 ? 400 : fault.status, body: writeJsonFault(ownFaults?.[fault.code] ?? fault) };
  },
};

/** Parameters may stand in the query, in the body, or in both; the query's come first. */
function readForm({ query, body }: SignableRequest): Form {
  const text = body.length === 0 ? '' : Buffer.from(body.buffer, body.byteOffset, body.length).toString();
  return parseForm(query === '' ? text : `${query}&${text}`);
}
