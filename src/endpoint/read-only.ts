/** Whether an action leaves everything as it is. CloudTrail counts all that STS does as reading. */
export function isReadOnly(service: string, name: string): boolean {
  return service === 'sts' || /^(?:Describe|Generate|Get|List|Lookup|Simulate)/.test(name);
}
