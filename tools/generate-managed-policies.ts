/**
 * Makes src/endpoint/model/aws-managed-policies.generated.ts: those of AWS's managed policies that the endpoint has, with
 * the documents and dates that moto (https://github.com/getmoto/moto, Apache-2.0) collected from AWS. The same moto gives
 * the same bytes.
 *
 * Usage: node tools/generate-managed-policies.ts
 * The moto that `python3` imports is read.
 */

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'prettier';

const quarantine =
  "Denies access to certain actions, applied by the AWS team in the event that an IAM user's credentials have been " +
  'compromised or publicly exposed. Do NOT remove this policy. Instead, please follow the instructions specified in the ' +
  'support case created for you regarding this event.';

/** What AWS says of a policy beside what moto knows. */
interface Facts {
  readonly Description: string;
  /** Made up where it is not known, and always the same. */
  readonly PolicyId?: string;
  /** Of the versions that AWS keeps beside the one in force, the newest first, as far as they are known. */
  readonly EarlierDocuments?: readonly string[];
}

const facts: Readonly<Record<string, Facts>> = {
  AdministratorAccess: {
    PolicyId: 'ANPAIWMBCKSKIEE64ZLYK',
    Description: 'Provides full access to AWS services and resources.',
  },
  AmazonElasticMapReduceRole: {
    PolicyId: 'ANPAIDI2BQT2LKXZG36TW',
    Description:
      'This policy is on a deprecation path. See documentation for guidance: ' +
      'https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-managed-iam-policies.html. ' +
      'Default policy for the Amazon Elastic MapReduce service role.',
  },
  AmazonS3FullAccess: {
    PolicyId: 'ANPAIFIR6V6BVTRAHWINE',
    Description: 'Provides full access to all buckets via the AWS Management Console.',
    EarlierDocuments: ['{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}'],
  },
  AmazonS3ReadOnlyAccess: {
    PolicyId: 'ANPAIZTJ4DXE7G6AGAE6M',
    Description: 'Provides read only access to all buckets via the AWS Management Console.',
  },
  AWSCloudFormationReadOnlyAccess: {
    PolicyId: 'ANPAJWVBEE4I2POWLODLW',
    Description: 'Provides access to AWS CloudFormation via the AWS Management Console.',
  },
  AWSCompromisedKeyQuarantine: { Description: quarantine },
  AWSCompromisedKeyQuarantineV2: { Description: quarantine },
  AWSCompromisedKeyQuarantineV3: { Description: quarantine },
  AWSControlTowerServiceRolePolicy: {
    Description: 'Provides access to AWS Resources managed or used by AWS Control Tower',
  },
  AWSDenyAll: { Description: 'Deny all access.' },
  AWSLambdaBasicExecutionRole: {
    PolicyId: 'ANPAJNCQGXC42545SKXIK',
    Description: 'Provides write permissions to CloudWatch Logs.',
  },
  CloudFrontFullAccess: {
    PolicyId: 'ANPAIPRV52SH6HDCCFY6U',
    Description:
      'Provides full access to the CloudFront console plus the ability to list Amazon S3 buckets via the AWS Management ' +
      'Console.',
  },
  IAMAuditRootUserCredentials: {
    PolicyId: 'ANPAZKAPJZG4BDSCREYVS',
    Description:
      'Provides access required to check the presence of root user credentials such as root user password and ' +
      'root user access keys using the Security Token Service (STS) AssumeRoot API. Use this managed policy ' +
      'only with the STS AssumeRoot action.',
  },
  IAMCreateRootUserPassword: {
    PolicyId: 'ANPAZKAPJZG4OEGTN7YT5',
    Description:
      'Provides access required to create a root user password using the Security Token Service (STS) ' +
      'AssumeRoot API.  Use this managed policy only with the STS AssumeRoot action. ',
  },
  IAMDeleteRootUserCredentials: {
    PolicyId: 'ANPAZKAPJZG4CX73XKORQ',
    Description:
      'Provides access required to delete all root user credentials such as root password and root access keys ' +
      'using the Security Token Service (STS) AssumeRoot API.  Use this managed policy only with the STS ' +
      'AssumeRoot action.',
  },
  IAMFullAccess: {
    PolicyId: 'ANPAI7XKCFMBPM3QQRRVQ',
    Description: 'Provides full access to IAM via the AWS Management Console.',
  },
  IAMReadOnlyAccess: {
    PolicyId: 'ANPAJKSO7NDY4T57MWDSQ',
    Description: 'Provides read only access to IAM via the AWS Management Console.',
  },
  IAMSelfManageServiceSpecificCredentials: {
    PolicyId: 'ANPAI4VT74EMXK2PMQJM2',
    Description: 'Allows an IAM user to manage their own Service Specific Credentials.',
  },
  IAMUserChangePassword: {
    PolicyId: 'ANPAJ4L4MM2A7QIEB56MS',
    Description: 'Provides the ability for an IAM user to change their own password.',
  },
  PowerUserAccess: {
    PolicyId: 'ANPAJYRXTHIB4FOVS3ZXS',
    Description:
      'Provides full access to AWS services and resources, but does not allow management of Users and groups.',
  },
  ReadOnlyAccess: {
    PolicyId: 'ANPAILL3HVNFSB6DCOWYQ',
    Description: 'Provides read-only access to AWS services and resources.',
  },
  S3UnlockBucketPolicy: {
    PolicyId: 'ANPAZKAPJZG4OALTIPZOF',
    Description:
      'Provides access required to unlock a S3 bucket policy using the Security Token Service (STS) AssumeRoot ' +
      'API. Use this managed policy only with the STS AssumeRoot action.',
  },
  SQSUnlockQueuePolicy: {
    PolicyId: 'ANPAZKAPJZG4HPZI4FDUV',
    Description:
      'Provides access required to unlock a SQS queue policy using the Security Token Service (STS) AssumeRoot ' +
      'API. Use this managed policy only with the STS AssumeRoot action.',
  },
  SecurityAudit: {
    PolicyId: 'ANPAIX2T3QCXHR2OGGCTO',
    Description:
      'The security audit template grants access to read security configuration metadata. It is useful for software that ' +
      'audits the configuration of an AWS account.',
  },
  SystemAdministrator: {
    PolicyId: 'ANPAITJPEZXCYCBXANDSW',
    Description:
      'Grants full access permissions necessary for resources required for application and development operations.',
  },
  ViewOnlyAccess: {
    PolicyId: 'ANPAID22R6XPJATWOFDK6',
    Description: 'This policy grants permissions to view resources and basic metadata across all AWS services.',
  },
};

/** The parts of moto's form that are read. */
interface KnownPolicy {
  CreateDate: string;
  UpdateDate: string;
  DefaultVersionId: string;
  Path: string;
  Document: Readonly<Record<string, unknown>>;
}

const program = `
import json, moto
from moto.iam.aws_managed_policies import aws_managed_policies_data
print(json.dumps([moto.__version__, json.loads(aws_managed_policies_data)]))
`;
const output = execFileSync('python3', ['-c', program], { encoding: 'utf8', maxBuffer: 2 ** 26 });
const [version, known] = JSON.parse(output) as [string, Readonly<Record<string, KnownPolicy>>];
const policies = Object.entries(facts).map(([PolicyName, more]) => {
  const { Description, PolicyId = inventId(PolicyName), EarlierDocuments = [] } = more;
  const policy = known[PolicyName];
  if (policy === undefined) throw new Error(`moto ${version} has no policy ${PolicyName}`);
  const { Path, DefaultVersionId, CreateDate, UpdateDate } = policy;
  const { Version, ...rest } = policy.Document;
  const document = JSON.stringify(JSON.stringify({ Version, ...rest }));
  const told = { Path, Description, DefaultVersionId, CreateDate, UpdateDate, EarlierDocuments };
  return `{${JSON.stringify({ PolicyName, PolicyId, ...told }).slice(1, -1)}, readDocument: () => ${document} }`;
});

const file = join(import.meta.dirname, '..', 'src', 'endpoint', 'model', 'aws-managed-policies.generated.ts');
const text = `// Made by tools/generate-managed-policies.ts from moto ${version} (Apache-2.0); do not edit.

// The documents stand in functions: at a start V8 passes over what is not called.
export const awsManagedPolicies = [${policies.join()}] as const;
`;
writeFileSync(file, await format(text, { parser: 'typescript', singleQuote: true, printWidth: 120 }));

/** In the form of the ids that AWS gives new policies. */
function inventId(PolicyName: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bytes = createHash('sha256').update(PolicyName).digest().subarray(0, 17);
  return `ANPA${Array.from(bytes, (byte) => alphabet.charAt(byte % alphabet.length)).join('')}`;
}
