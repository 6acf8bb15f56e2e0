/** An event as LookupEvents shows it. */

import type { Caller } from '../caller.ts';
import { isAssumedRoot } from '../directory/sessions.ts';
import type { HistoryEvent } from '../event-history.ts';
import { isReadOnly } from '../read-only.ts';

export function describeTrailEvent(event: HistoryEvent) {
  return {
    EventId: event.id,
    EventName: event.name,
    ReadOnly: String(isReadOnly(event.service, event.name)),
    AccessKeyId: event.caller.accessKeyId,
    // whole seconds, as in the event itself
    EventTime: new Date(Math.floor(event.time.getTime() / 1_000) * 1_000),
    EventSource: `${event.service}.amazonaws.com`,
    Username: nameCaller(event.caller),
    Resources: findResources(event),
    CloudTrailEvent: JSON.stringify(composeRecord(event)),
  };
}

/** By the name that LookupEvents knows a caller by: the user's, the session's, or `root`. */
export function nameCaller(caller: Caller): string {
  if (caller.kind === 'user') return caller.userName;
  return caller.kind === 'root' ? 'root' : caller.arn.slice(caller.arn.lastIndexOf('/') + 1);
}

/** https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html */
function composeRecord(event: HistoryEvent): object {
  return {
    eventVersion: '1.11',
    userIdentity: describeIdentity(event.caller),
    eventTime: `${event.time.toISOString().slice(0, 19)}Z`,
    eventSource: `${event.service}.amazonaws.com`,
    eventName: event.name,
    awsRegion: event.region,
    sourceIPAddress: event.sourceAddress,
    userAgent: event.userAgent,
    ...(event.error && { errorCode: event.error.code, errorMessage: event.error.message }),
    requestParameters: event.requestParameters,
    responseElements: event.responseElements,
    requestID: event.requestId,
    eventID: event.id,
    readOnly: isReadOnly(event.service, event.name),
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: event.caller.accountId,
    eventCategory: 'Management',
  };
}

/** https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html */
function describeIdentity(caller: Caller): object {
  const { userId: principalId, arn, accountId, accessKeyId } = caller;
  const known = { principalId, arn, accountId, accessKeyId };
  switch (caller.kind) {
    case 'user':
      return { type: 'IAMUser', ...known, userName: caller.userName, ...describeSession(caller) };
    case 'root':
      return { type: 'Root', ...known, ...describeSession(caller) };
    case 'role':
      return { type: 'AssumedRole', ...known, ...describeSession(caller) };
    case 'federated':
      return { type: 'FederatedUser', ...known, ...describeSession(caller) };
  }
}

function describeSession(caller: Caller): object {
  const { session, accountId } = caller;
  if (session === undefined) return {};
  const attributes = {
    creationDate: `${session.issuedAt.toISOString().slice(0, 19)}Z`,
    mfaAuthenticated: String(session.mfa),
  };
  if (caller.kind !== 'role' && caller.kind !== 'federated') {
    const assumedRoot = isAssumedRoot(caller, session) ? { assumedRoot: 'true' } : {};
    return { sessionContext: { attributes, ...assumedRoot } };
  }
  const { issuerArn: arn, issuerId: principalId } = caller;
  const userName = arn.slice(arn.lastIndexOf('/') + 1);
  const type = caller.kind === 'role' ? 'Role' : 'IAMUser';
  return { sessionContext: { sessionIssuer: { type, principalId, arn, accountId, userName }, attributes } };
}

/** By the parameter that names one. */
const resourceTypes: Readonly<Record<string, string>> = {
  accessKeyId: 'AWS::IAM::AccessKey',
  groupName: 'AWS::IAM::Group',
  policyArn: 'AWS::IAM::Policy',
  roleArn: 'AWS::IAM::Role',
  roleName: 'AWS::IAM::Role',
  userName: 'AWS::IAM::User',
};

/** What an event was about: what its request named, and what was made. */
export function findResources(event: HistoryEvent): { ResourceType: string; ResourceName: string }[] {
  const made = Object.values<unknown>({ ...event.responseElements });
  const named = new Map<string, string>();
  for (const members of [event.requestParameters, ...made]) {
    if (typeof members !== 'object' || members === null) continue;
    for (const [name, value] of Object.entries<unknown>({ ...members })) {
      const ResourceType = Object.hasOwn(resourceTypes, name) ? resourceTypes[name] : undefined;
      if (ResourceType !== undefined && typeof value === 'string') named.set(`${ResourceType} ${value}`, ResourceType);
    }
  }
  return [...named].map(([key, ResourceType]) => ({
    ResourceType,
    ResourceName: key.slice(ResourceType.length + 1),
  }));
}
