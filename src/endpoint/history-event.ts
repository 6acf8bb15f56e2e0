/** What happened, as an event of CloudTrail. */

import type { AwsFault } from '../protocol/fault.ts';
import { findHeader } from '../sigv4/request.ts';
import type { Caller } from './caller.ts';
import type { HistoryEvent } from './event-history.ts';
import { describeElements, describeParameters } from './event-parameters.ts';
import type { Operation } from './operation.ts';
import { isReadOnly } from './read-only.ts';
import type { ReceivedRequest } from './received-request.ts';

export interface Happened {
  readonly requestId: string;
  readonly time: Date;
  readonly caller: Caller;
  readonly operation: Operation;
  /** Of the scope that the request was signed for. */
  readonly region: string;
  readonly output: Readonly<Record<string, unknown>> | undefined;
  readonly fault: AwsFault | undefined;
}

/** Bytes of a request whose parameters are kept. */
const longestParameters = 4_096;
/** Characters of a user agent and of an error's message. */
const longestText = 1_024;

/** @param drawId draws the event's own id, beside that of the request */
export function describeEvent(request: ReceivedRequest, happened: Happened, drawId: () => string): HistoryEvent {
  return new RequestEvent(request, happened, drawId);
}

/** Most events are never looked at, so what takes time and needs no secret to be kept is worked out when it is asked for. */
class RequestEvent implements HistoryEvent {
  readonly requestId: string;
  readonly time: Date;
  readonly region: string;
  readonly service: string;
  readonly name: string;
  readonly caller: Caller;
  readonly sourceAddress: string;
  readonly userAgent: string;
  readonly responseElements: object | null;
  readonly error: { readonly code: string; readonly message: string } | undefined;
  readonly #drawId: () => string;
  /** Of what only reads the input itself, in which nothing is secret; of all else what is told of it. */
  readonly #parameters: object | null;
  readonly #isRead: boolean;
  #id: string | undefined;

  constructor(request: ReceivedRequest, happened: Happened, drawId: () => string) {
    const { operation, output, fault } = happened;
    const { service } = operation.service.model;
    this.requestId = happened.requestId;
    this.time = happened.time;
    this.region = findHomeRegion(service, happened.region);
    this.service = service;
    this.name = operation.name;
    this.caller = happened.caller;
    this.sourceAddress = request.sourceAddress;
    this.userAgent = cut(findHeader(request, 'user-agent') ?? '');
    this.error = fault && { code: nameError(operation, fault.code), message: cut(fault.message) };
    this.#drawId = drawId;
    // parameters may stand in the query, too
    const originalSize = request.query.length + request.body.length;
    const isShort = originalSize <= longestParameters;
    const isRead = isReadOnly(service, operation.name) && service !== 'sts';
    this.responseElements = !isRead && fault === undefined ? describeElements(output) : null;
    this.#isRead = isRead && isShort;
    if (this.#isRead) this.#parameters = operation.input;
    else if (isShort) this.#parameters = describeParameters(operation.input);
    else this.#parameters = { omitted: true, originalSize, reason: 'requestParameters too large' };
  }

  get id(): string {
    return (this.#id ??= this.#drawId());
  }

  get requestParameters(): object | null {
    return this.#isRead ? describeParameters({ ...this.#parameters }) : this.#parameters;
  }
}

/** A part of a longer text would keep all of it in memory, so it becomes a text of its own. */
function cut(text: string): string {
  return text.length > longestText ? Buffer.from(text.slice(0, longestText)).toString() : text;
}

/**
 * STS keeps its events in the Region that was called; IAM and Organizations in the one Region of their partition.
 *
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-concepts.html#cloudtrail-concepts-global-service-events
 */
function findHomeRegion(service: string, region: string): string {
  if (service !== 'iam' && service !== 'organizations') return region;
  if (region.startsWith('cn-')) return 'cn-north-1';
  return region.startsWith('us-gov-') ? 'us-gov-west-1' : 'us-east-1';
}

/** Errors that a service's table declares are told by the names of their shapes. */
function nameError({ service: { model } }: Operation, code: string): string {
  if (code === 'ValidationError') return 'ValidationException';
  return Object.hasOwn(model.faults, code) && !code.endsWith('Exception') ? `${code}Exception` : code;
}
