import { refuse } from '../actions/refusals.ts';

const clouds = [
  ...['EC2-Classic-EBS', 'EC2-Classic-InstanceStore', 'EC2-VPC-EBS', 'EC2-VPC-EBS-Subnet'],
  ...['EC2-VPC-InstanceStore', 'EC2-VPC-InstanceStore-Subnet'],
];
const watched = [
  ...['CloudWatch-Alarm', 'CloudWatch-AlarmMuteRule', 'CloudWatch-Dashboard', 'CloudWatch-Dataset'],
  ...['CloudWatch-InsightRule', 'CloudWatch-MetricStream', 'CloudWatch-Service', 'CloudWatch-ServiceLevelObjective'],
];
const farmed = ['Device Pool as filter', 'Device Selection Configuration as filter'];

/** The scenarios of each action that AWS was recorded to know some of. */
const scenarios: ReadonlyMap<string, readonly string[]> = new Map([
  ['ec2:runinstances', clouds],
  ['cloudwatch:listtagsforresource', watched],
  ['cloudwatch:tagresource', watched],
  ['cloudwatch:untagresource', watched],
  ['devicefarm:schedulerun', farmed],
]);

/**
 * Makes sure that a scenario is one of an action that is asked about. It says which kinds of resources an action takes
 * together, and changes nothing about how each is judged.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulateCustomPolicy.html
 *
 * @throws AwsFault InvalidInput
 */
export function requireScenario(option: string, actions: readonly string[]): void {
  if (actions.some((action) => scenarios.get(action.toLowerCase())?.includes(option))) return;
  throw refuse('InvalidInput', 'Invalid Resource Handling Option.');
}
