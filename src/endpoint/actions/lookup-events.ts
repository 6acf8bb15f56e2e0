import { AwsFault } from '../../protocol/fault.ts';
import type { InputOf } from '../../protocol/model.ts';
import type { Call } from '../action.ts';
import type { HistoryEvent } from '../event-history.ts';
import { cloudtrail } from '../model/overlay.ts';
import { isReadOnly } from '../read-only.ts';
import { describeTrailEvent, findResources, nameCaller } from './trail-event.ts';
import { findPlace, writeMarker } from './page.ts';
import type { CloudTrailAction } from './service-action.ts';

type LookupCall = Call<InputOf<typeof cloudtrail, 'LookupEvents'>>;

const defaultMaxResults = 50;
const lookBack = 90 * 24 * 3_600_000;

/**
 * What callers of the account have asked of the endpoint in the Region, newest first.
 *
 * https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html
 */
export const lookupEvents: CloudTrailAction<'LookupEvents'> = {
  resource() {
    return undefined;
  },

  perform(call) {
    const { input, history } = call;
    const { MaxResults = defaultMaxResults } = input;
    const isWanted = composeFilter(call);
    const selection = describeSelection(call);
    const before = input.NextToken === undefined ? undefined : readPlace(selection, input.NextToken);
    // Nothing here is unusual enough for an insight.
    if (input.EventCategory !== undefined) return { Events: [] };
    const found: { place: number; event: HistoryEvent }[] = [];
    for (const element of history.newestFirst(before)) {
      if (!isWanted(element.event)) continue;
      if (found.length === MaxResults) {
        return { Events: describeAll(found), NextToken: writeMarker(selection, String(found.at(-1)?.place)) };
      }
      found.push(element);
    }
    return { Events: describeAll(found) };
  },
};

function describeAll(found: readonly { event: HistoryEvent }[]) {
  return found.map(({ event }) => describeTrailEvent(event));
}

function composeFilter({ input, caller, region, now }: LookupCall): (event: HistoryEvent) => boolean {
  const { LookupAttributes = [], StartTime, EndTime = now } = input;
  const [attribute] = LookupAttributes;
  if (LookupAttributes.length > 1) {
    throw refuseLookup('InvalidLookupAttributesException', 'You can specify only one lookup attribute.');
  }
  if (attribute?.AttributeKey === 'ReadOnly' && !/^(?:true|false)$/.test(attribute.AttributeValue)) {
    throw refuseLookup('InvalidLookupAttributesException', 'The value of ReadOnly is true or false.');
  }
  if (StartTime !== undefined && StartTime > EndTime) {
    throw refuseLookup('InvalidTimeRangeException', 'The start time is after the end time.');
  }
  const earliest = new Date(Math.max(StartTime?.getTime() ?? 0, now.getTime() - lookBack));
  return (event) =>
    event.caller.accountId === caller.accountId &&
    event.region === region &&
    event.time >= earliest &&
    event.time <= EndTime &&
    (attribute === undefined || hasAttribute(event, attribute.AttributeKey, attribute.AttributeValue));
}

type AttributeKey = NonNullable<LookupCall['input']['LookupAttributes']>[number]['AttributeKey'];

function hasAttribute(event: HistoryEvent, key: AttributeKey, value: string): boolean {
  switch (key) {
    case 'AccessKeyId':
      return event.caller.accessKeyId === value;
    case 'EventId':
      return event.id === value;
    case 'EventName':
      return event.name === value;
    case 'EventSource':
      return `${event.service}.amazonaws.com` === value;
    case 'ReadOnly':
      return String(isReadOnly(event.service, event.name)) === value;
    case 'ResourceName':
      return findResources(event).some(({ ResourceName }) => ResourceName === value);
    case 'ResourceType':
      return findResources(event).some(({ ResourceType }) => ResourceType === value);
    case 'Username':
      return nameCaller(event.caller) === value;
  }
}

/** Of the next page everything has to be the same but its size. */
function describeSelection({ input, caller, region }: LookupCall): string[] {
  const { LookupAttributes = [], StartTime, EndTime } = input;
  const attributes = LookupAttributes.flatMap(({ AttributeKey, AttributeValue }) => [AttributeKey, AttributeValue]);
  return [
    'LookupEvents',
    caller.accountId,
    region,
    String(StartTime?.getTime()),
    String(EndTime?.getTime()),
    ...attributes,
  ];
}

function readPlace(selection: readonly string[], NextToken: string): number {
  const place = findPlace(selection, NextToken);
  if (place === undefined) throw refuseLookup('InvalidNextTokenException', 'Invalid token or it has expired.');
  return Number(place);
}

function refuseLookup(code: keyof typeof cloudtrail.faults, message: string): AwsFault {
  return new AwsFault(code, message, cloudtrail.faults[code]);
}
