// Of CloudTrail's client what is used: loaded by name it comes alone, and at the first use.
export { CloudTrailClient, LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
