import { STSClient } from '@aws-sdk/client-sts';

/**
 * The region of clients that were given none: AWS_REGION, AWS_DEFAULT_REGION, the profile's, else us-east-1.
 *
 * The SDK alone passes over AWS_DEFAULT_REGION and refuses to call IAM without a region, although IAM has one endpoint
 * per partition and us-east-1 means the commercial one.
 * Source: https://docs.aws.amazon.com/general/latest/gr/iam-service.html
 */
export async function findRegion(environment: NodeJS.ProcessEnv, profile: string | undefined): Promise<string> {
  const named = [environment.AWS_REGION, environment.AWS_DEFAULT_REGION].find((region) => region);
  return named ?? (await readProfileRegion(profile)) ?? 'us-east-1';
}

/** Asks a client that is never sent anywhere: the SDK's reading of the profile files is its own business. */
async function readProfileRegion(profile: string | undefined): Promise<string | undefined> {
  const probe = new STSClient(profile === undefined ? {} : { profile });
  try {
    return await probe.config.region();
  } catch (error) {
    if (error instanceof Error && error.message === 'Region is missing') return undefined;
    throw error;
  } finally {
    probe.destroy();
  }
}
