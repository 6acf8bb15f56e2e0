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

/** @param id the event's own, beside that of the request */
export function describeEvent(request: ReceivedRequest, happened: Happened, id: string): HistoryEvent {
  const { requestId, time, caller, operation, output, fault } = happened;
  const { service } = operation.service.model;
  // parameters may stand in the query, too
  const originalSize = request.query.length + request.body.length;
  const changes = !isReadOnly(service, operation.name) || service === 'sts';
  return {
    id,
    requestId,
    time,
    region: findHomeRegion(service, happened.region),
    service,
    name: operation.name,
    caller,
    sourceAddress: request.sourceAddress,
    userAgent: cut(findHeader(request, 'user-agent') ?? ''),
    requestParameters:
      originalSize > longestParameters
        ? { omitted: true, originalSize, reason: 'requestParameters too large' }
        : describeParameters(operation.input),
    responseElements: changes && fault === undefined ? describeElements(output) : null,
    error: fault && { code: nameError(operation, fault.code), message: cut(fault.message) },
  };
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
