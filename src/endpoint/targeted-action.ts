/**
 * The action that X-Amz-Target names of a service, or undefined where it names another's. botocore writes the namespace of
 * CloudTrail's target, and the SDKs that are made from Smithy's models leave it out.
 *
 * Source: https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html
 *
 * @example
 * findTargetedAction('CloudTrail_20131101.LookupEvents', 'com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101');
 * // 'LookupEvents'
 */
export function findTargetedAction(target: string | undefined, targetPrefix: string): string | undefined {
  if (target === undefined) return undefined;
  const [action = '', ...names] = target.split('.').reverse();
  const prefix = names.reverse().join('.');
  const bare = targetPrefix.slice(targetPrefix.lastIndexOf('.') + 1);
  return prefix === targetPrefix || prefix === bare ? action : undefined;
}
