/**
 * One request from its bytes to its answer, synchronously and in AWS's order: what is wrong with the signature, with the
 * action, with its input, with the permissions, and last what the action itself refuses. The types of the steps leave no
 * other order: what is performed was authorized, and what was authorized is valid and authenticated.
 */

import { isAccessKeyId } from '../access-key-id.ts';
import { cutAtBlob, type PartedText } from '../protocol/blob-parts.ts';
import { AwsFault } from '../protocol/fault.ts';
import type { Claim } from '../sigv4/claim.ts';
import { SignatureRefusal } from '../sigv4/refusal.ts';
import { services, type Service } from './actions/actions.ts';
import type { AnsweredRequest } from './answered-requests.ts';
import { BoundedMap } from './bounded-map.ts';
import { authenticate, type AuthenticatedRequest } from './authenticate.ts';
import { authorize } from './authorize.ts';
import type { Caller } from './caller.ts';
import type { Directory } from './directory/directory.ts';
import type { EventHistory } from './event-history.ts';
import type { Log } from './event.ts';
import { describeEvent } from './history-event.ts';
import { readOperation, UnknownAction, type Operation } from './operation.ts';
import { isReadOnly } from './read-only.ts';
import type { ReceivedRequest } from './received-request.ts';
import type { Interruption, Rehearsal } from './rehearsal/rehearsal.ts';
import { findServiceName } from './service-name.ts';
import type { Permissions } from './permissions.ts';
import type { SigningKeys } from './signing-keys.ts';

/** What a request meets on its way. */
export interface AnswerContext {
  readonly directory: Directory;
  readonly permissions: Permissions;
  readonly signingKeys: SigningKeys;
  readonly authorization: boolean;
  /** How many users an account may have. */
  readonly usersQuota: number;
  readonly history: EventHistory;
  /** Headers, names and values in turn, that AWS does not send. */
  readonly ownHeaders: readonly string[];
  /** What goes wrong on purpose; undefined where nothing is to. */
  readonly rehearsal: Rehearsal | undefined;
  readonly now: () => Date;
  readonly drawRequestId: () => string;
  readonly log: Log;
  readonly onAnswered: (request: AnsweredRequest) => void;
}

/** Its text is `body` and then `tail`, which is made as it is sent. */
export interface Answer extends PartedText {
  readonly status: number;
  readonly contentType: string;
  readonly requestId: string;
  /** The time of the answer, by the endpoint's clock. */
  readonly date: Date;
  /** Names and values in turn. */
  readonly ownHeaders?: readonly string[];
  /** What a rehearsal does to it on its way. */
  readonly interruption?: Interruption | undefined;
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
  region: string;
  caller?: Caller;
  operation?: Operation;
  output?: Readonly<Record<string, unknown>> | undefined;
  interruption?: Interruption | undefined;
}

/** Of errors that belong to no service. */
export const faultNamespace = 'http://webservices.amazon.com/AWSFault/2005-15-09';
const longestKept = 128;

/** Answers a request; never throws. */
export function answerRequest(request: ReceivedRequest, context: AnswerContext): Answer {
  return beginAnswer(request, context)();
}

/**
 * Does what a request asks for; never throws.
 *
 * @returns what puts it on record and gives its answer, to be called when what it has changed is kept
 */
export function beginAnswer(request: ReceivedRequest, context: AnswerContext): () => Answer {
  const trail: Trail = {
    id: context.drawRequestId(),
    time: context.now(),
    service: services[findServiceName(request)],
    claim: undefined,
    action: undefined,
    AccessKeyId: undefined,
    region: '',
  };
  let answer: PartedText & { status: number };
  let fault: AwsFault | undefined;
  try {
    const work = () => carryOut(request, context, trail);
    const text = context.rehearsal === undefined ? work() : context.rehearsal.during(trail.time, work);
    answer = { status: 200, ...cutAtBlob(text, trail.output) };
  } catch (error) {
    trail.action ??= findAction(request, trail);
    trail.AccessKeyId ??= findAccessKeyId(trail.claim);
    fault = toFault(error, context, trail);
    const { wire, model } = trail.service;
    const xmlns = fault instanceof UnknownAction ? faultNamespace : undefined;
    answer = wire.writeFault(model, fault, { requestId: trail.id, xmlns });
  }
  return () => {
    putOnRecord(request, context, trail, { status: answer.status, fault });
    const { id: requestId, time: date, interruption } = trail;
    const { contentType } = trail.service.wire;
    return { ...answer, contentType, requestId, date, ownHeaders: context.ownHeaders, interruption };
  };
}

/** The event history has the requests of known callers, the list of requests has all. */
function putOnRecord(
  request: ReceivedRequest,
  context: AnswerContext,
  { id, time, action, AccessKeyId, caller, operation, region, output }: Trail,
  { status, fault }: { readonly status: number; readonly fault: AwsFault | undefined },
): void {
  if (caller !== undefined && operation !== undefined) {
    const happened = { requestId: id, time, caller, operation, region, output, fault };
    context.history.add(describeEvent(request, happened, context.drawRequestId));
  }
  context.onAnswered({ id, time, action, AccessKeyId, status });
}

function carryOut(request: ReceivedRequest, context: AnswerContext, trail: Trail): string {
  const { directory, permissions, signingKeys, authorization, usersQuota, history } = context;
  const { time: now } = trail;
  const authenticated = authenticate(request, {
    directory,
    signingKeys,
    now,
    onClaim(claim) {
      trail.claim = claim;
      trail.service = services[findServiceName(request, claim)];
    },
  });
  const { claim, caller } = authenticated;
  trail.caller = caller;
  trail.AccessKeyId = caller.accessKeyId;
  trail.region = keepText(claim.region);
  recordUse(authenticated, context.directory, now);
  const { service } = trail;
  const wish = service.wire.readWish(service.model, request);
  trail.action = keepText(wish.action);
  if (context.rehearsal !== undefined) rehearse(context.rehearsal, trail, caller);
  const operation = readOperation(service, wish);
  trail.operation = operation;
  const authorizationContext = { directory, permissions, request, now, authorization, usersQuota, history };
  const { call } = authorize(authenticated, operation, authorizationContext);
  if (!isReadOnly(service.model.service, operation.name)) directory.writeGroup.join();
  trail.output = operation.action.perform(call);
  if (trail.interruption?.fault !== undefined) throw trail.interruption.fault;
  return service.wire.writeAnswer(service.model, operation.name, trail.output, trail.id);
}

/** Of a long-term key, or of the role behind a temporary one. */
function recordUse({ caller, claim }: AuthenticatedRequest, directory: Directory, LastUsedDate: Date): void {
  const { region: Region, service: ServiceName } = claim;
  if (!caller.temporary) directory.lastUses.record(caller.accessKeyId, { LastUsedDate, Region, ServiceName });
  else if (caller.kind === 'role') directory.roles.recordUse(caller.issuerId, { LastUsedDate, Region });
}

/** @throws AwsFault where the rehearsal does not let it come to pass */
function rehearse(rehearsal: Rehearsal, trail: Trail, { accountId }: Caller): void {
  const { service, action, time } = trail;
  if (action === undefined || !service.actions.has(action)) return;
  trail.interruption = rehearsal.interrupt({ service: service.model.service, action, accountId }, time);
  if (!isReadOnly(service.model.service, action)) rehearsal.lookAtTruth(time);
}

/** What a refused request would have wanted, for those who look at the requests afterwards. */
function findAction(request: ReceivedRequest, { service }: Trail): string | undefined {
  try {
    return keepText(service.wire.readWish(service.model, request).action);
  } catch {
    return undefined;
  }
}

/** Regions and actions, the same few again and again. */
const keptTexts = new BoundedMap<string, string>(1_000);

/** A short text of its own: as a part of a longer one it would keep a whole request in memory. */
function keepText<T extends string | undefined>(text: T): T | string {
  if (text === undefined) return text;
  const known = keptTexts.get(text);
  if (known !== undefined) return known;
  const kept = Buffer.from(text.slice(0, longestKept)).toString();
  keptTexts.set(kept, kept);
  return kept;
}

function findAccessKeyId(claim: Claim | undefined): string | undefined {
  return claim !== undefined && isAccessKeyId(claim.AccessKeyId) ? keepText(claim.AccessKeyId) : undefined;
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
