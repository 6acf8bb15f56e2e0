/** Regions whose STS every account of the partition may ask, two where the partition has two. */
const pairs: readonly (readonly [partition: RegExp, first: string, second: string])[] = [
  [/^cn-/, 'cn-north-1', 'cn-northwest-1'],
  [/^us-gov-/, 'us-gov-west-1', 'us-gov-east-1'],
  [/^(us-iso|eu-iso|eusc-)/, '', ''],
  [/./, 'us-east-1', 'us-west-2'],
];

/**
 * The Regions whose STS endpoints a new key is tried at: the own one and another, as one endpoint may know a key before
 * the other does.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_region-endpoints.html
 * @example
 * listProofRegions('eu-central-1'); // ['eu-central-1', 'us-east-1']
 */
export function listProofRegions(Region: string): readonly string[] {
  const [, ...known] = pairs.find(([partition]) => partition.test(Region)) ?? [];
  const other = known.find((each) => each !== Region && each !== '');
  return other === undefined ? [Region] : [Region, other];
}
