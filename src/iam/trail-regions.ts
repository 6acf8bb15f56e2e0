/**
 * The Regions in which CloudTrail keeps what a key did. IAM, Organizations and the global endpoint of STS are kept in one
 * Region of each partition; everything else where it was called.
 *
 * Sources: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-concepts.html#cloudtrail-concepts-global-service-events
 * and https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html (the Regions that every account has)
 */
const partitions: readonly { readonly isMine: RegExp; readonly home: string; readonly others: readonly string[] }[] = [
  { isMine: /^cn-/, home: 'cn-north-1', others: ['cn-northwest-1'] },
  { isMine: /^us-gov-/, home: 'us-gov-west-1', others: ['us-gov-east-1'] },
  { isMine: /^us-isob-/, home: 'us-isob-east-1', others: [] },
  { isMine: /^us-isof-/, home: 'us-isof-south-1', others: [] },
  { isMine: /^us-iso-/, home: 'us-iso-east-1', others: [] },
  { isMine: /^eu-isoe-/, home: 'eu-isoe-west-1', others: [] },
  { isMine: /^eusc-/, home: 'eusc-de-east-1', others: [] },
];

const commercial = {
  home: 'us-east-1',
  others: [
    ...['us-east-2', 'us-west-1', 'us-west-2', 'ca-central-1', 'sa-east-1'],
    ...['eu-central-1', 'eu-north-1', 'eu-west-1', 'eu-west-2', 'eu-west-3'],
    ...['ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3', 'ap-south-1', 'ap-southeast-1', 'ap-southeast-2'],
  ],
} as const;

/**
 * Where the events of IAM are, by any Region of the partition.
 *
 * @example
 * findHomeRegion('us-gov-east-1'); // 'us-gov-west-1'
 */
export function findHomeRegion(Region: string): string {
  return findPartition(Region).home;
}

/** Every Region that accounts of the partition have without asking for it, the home of IAM's events first. */
export function listTrailRegions(Region: string): readonly string[] {
  const { home, others } = findPartition(Region);
  return [...new Set([home, ...others, Region])];
}

function findPartition(Region: string): { readonly home: string; readonly others: readonly string[] } {
  return partitions.find(({ isMine }) => isMine.test(Region)) ?? commercial;
}
