/**
 * One request from its bytes to its answer, synchronously and in AWS's order: what is wrong with the signature, with the
 * action, with its input, with the permissions, and last what the action itself refuses. The types of the steps leave no
 * other order: what is performed was authorized, and what was authorized is valid and authenticated.
 */

import { isAccessKeyId } from '../access-key-id.ts';
import { AwsFault } from '../protocol/fault.ts';
import { parseForm, type Form } from '../protocol/form.ts';
import { writeAnswer, writeFault } from '../protocol/xml.ts';
import type { Claim } from '../sigv4/claim.ts';
import { SignatureRefusal } from '../sigv4/refusal.ts';
import type { SignableRequest } from '../sigv4/request.ts';
import { services, type Service } from './actions/actions.ts';
import type { AnsweredRequest } from './answered-requests.ts';
import { authenticate, findServiceName } from './authenticate.ts';
import { authorize, type AuthorizedOperation } from './authorize.ts';
import type { Directory } from './directory/directory.ts';
import type { Log } from './event.ts';
import { readOperation, UnknownAction } from './operation.ts';
import type { SigningKeys } from './signing-keys.ts';

/** What a request meets on its way. */
export interface AnswerContext {
  readonly directory: Directory;
  readonly signingKeys: SigningKeys;
  readonly authorization: boolean;
  readonly now: () => Date;
  readonly drawRequestId: () => string;
  readonly log: Log;
  readonly onAnswered: (request: AnsweredRequest) => void;
}

export interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
  readonly requestId: string;
  /** The time of the answer, by the endpoint's clock. */
  readonly date: Date;
}

/** What has become known of a request so far: enough to refuse it at any step, and to say afterwards what it was. */
interface Trail {
  readonly id: string;
  readonly time: Date;
  service: Service;
  /** What it claims, whether or not that holds. */
  claim: Claim | undefined;
  action: string | undefined;
  AccessKeyId: string | undefined;
}

/** Of errors that belong to no service. */
export const faultNamespace = 'http://webservices.amazon.com/AWSFault/2005-15-09';
const longestKept = 128;

/** Answers a request; never throws. */
export function answerRequest(request: SignableRequest, context: AnswerContext): Answer {
  const trail: Trail = {
    id: context.drawRequestId(),
    time: context.now(),
    service: findService('iam'),
    claim: undefined,
    action: undefined,
    AccessKeyId: undefined,
  };
  let status = 200;
  let body: string;
  try {
    body = carryOut(request, context, trail);
  } catch (error) {
    trail.action ??= findAction(request);
    trail.AccessKeyId ??= findAccessKeyId(trail.claim);
    const fault = toFault(error, context, trail);
    status = fault.status;
    const xmlns = fault instanceof UnknownAction ? faultNamespace : trail.service.model.xmlns;
    body = writeFault(fault, { xmlns, requestId: trail.id });
  }
  const { id, time, action, AccessKeyId } = trail;
  context.onAnswered({ id, time, action, AccessKeyId, status });
  return { status, contentType: 'text/xml', body, requestId: id, date: time };
}

function carryOut(request: SignableRequest, context: AnswerContext, trail: Trail): string {
  const { directory, signingKeys, authorization } = context;
  const { time: now } = trail;
  const authenticated = authenticate(request, {
    directory,
    signingKeys,
    now,
    onClaim(claim) {
      trail.claim = claim;
      trail.service = findService(findServiceName(claim));
    },
  });
  const { claim, caller } = authenticated;
  trail.AccessKeyId = caller.accessKeyId;
  if (!caller.temporary) {
    const use = { LastUsedDate: now, Region: claim.region, ServiceName: claim.service };
    directory.lastUses.record(caller.accessKeyId, use);
  }
  const form = readForm(request);
  trail.action = keepText(form.get('Action'));
  const operation = readOperation(trail.service, form);
  return perform(authorize(authenticated, operation, { directory, now, authorization }), trail.id);
}

function perform({ operation, call }: AuthorizedOperation, requestId: string): string {
  const { service, name, action } = operation;
  return writeAnswer(service.model, name, action.perform(call), requestId);
}

/** Parameters may stand in the query, in the body, or in both; the query's come first. */
function readForm({ query, body }: SignableRequest): Form {
  const text = body.length === 0 ? '' : Buffer.from(body.buffer, body.byteOffset, body.length).toString();
  return parseForm(query === '' ? text : `${query}&${text}`);
}

/** What a refused request would have wanted, for those who look at the requests afterwards. */
function findAction(request: SignableRequest): string | undefined {
  try {
    return keepText(readForm(request).get('Action'));
  } catch {
    return undefined;
  }
}

/** A short text of its own: as a part of a longer one it would keep a whole request in memory. */
function keepText<T extends string | undefined>(text: T): T | string {
  return text === undefined ? text : Buffer.from(text.slice(0, longestKept)).toString();
}

function findAccessKeyId(claim: Claim | undefined): string | undefined {
  return claim !== undefined && isAccessKeyId(claim.AccessKeyId) ? keepText(claim.AccessKeyId) : undefined;
}

function findService(name: 'iam' | 'sts'): Service {
  const service = services.get(name);
  if (service === undefined) throw new TypeError(`there is no service ${name}`);
  return service;
}

/** What we did not expect is for the log; the caller learns that something went wrong, and the request's id. */
function toFault(error: unknown, { log }: AnswerContext, trail: Trail): AwsFault {
  if (error instanceof UnknownAction) {
    const [action, version] = [keepText(error.action), keepText(error.version)];
    log({ kind: 'unknown-action', requestId: trail.id, service: trail.service.model.service, action, version });
    return error;
  }
  if (error instanceof AwsFault) return error;
  if (error instanceof SignatureRefusal) return new AwsFault(error.code, error.message, error.status);
  log({ kind: 'failed', requestId: trail.id, cause: error });
  const code = trail.service.model.service === 'iam' ? 'ServiceFailure' : 'InternalFailure';
  const message = 'The request processing has failed because of an unknown error, exception or failure.';
  return new AwsFault(code, message, 500);
}
