/**
 * What should take the place of a key, from what is known of its user and its use. It is a guess and says what it rests
 * on; where nothing points anywhere it says how to find out.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/security-creds-programmatic-access.html and
 * https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-sign-in.html (`aws login`)
 */
import type { KeyFacts, UserFacts } from '../facts.ts';
import { findPath } from './exclusion.ts';
import { isUnknown } from './facts-of.ts';

export type ReplacementKind =
  'identity-center' | 'role' | 'oidc' | 'roles-anywhere' | 'cross-account-role' | 'nothing' | 'undetermined';

export interface Replacement {
  readonly kind: ReplacementKind;
  /** What to use instead. */
  readonly text: string;
  /** What it was concluded from. */
  readonly because: string;
}

const texts: Readonly<Record<ReplacementKind, string>> = {
  'identity-center':
    'IAM Identity Center for the person; or aws login (AWS CLI 2.32 and later), which turns a console sign-in into credentials of some minutes',
  role: 'an IAM role of the compute it runs on (EC2 instance profile, ECS task role, Lambda execution role, EKS Pod Identity); IAM Roles Anywhere if it runs outside AWS',
  oidc: 'an OIDC identity provider for the CI system, and a role it assumes with AssumeRoleWithWebIdentity',
  'roles-anywhere': 'IAM Roles Anywhere: temporary credentials for an X.509 certificate of the machine',
  'cross-account-role':
    'a role that the third party assumes from its own account, with an ExternalId in the trust policy',
  nothing: 'nothing: no use of it is known, so that it can go',
  undetermined:
    'not clear from the evidence: look up the key in CloudTrail for who uses it, then a role inside AWS, IAM Roles Anywhere outside, IAM Identity Center for a person',
};

/** Words in names, paths and tags, each pointing one way. The first group that has one decides. */
const words: readonly (readonly [ReplacementKind, ReadonlySet<string>])[] = [
  [
    'oidc',
    new Set(
      'ci cd cicd github gitlab bitbucket jenkins circleci travis buildkite teamcity drone actions pipeline pipelines terraform atlantis spacelift argocd deploy deployer deployment build builder runner'.split(
        ' ',
      ),
    ),
  ],
  [
    'cross-account-role',
    new Set(
      'vendor vendors partner partners thirdparty 3rdparty external datadog newrelic splunk sumologic snowflake databricks fivetran stitch segment looker tableau cloudflare fastly cloudhealth dynatrace wiz lacework vanta drata'.split(
        ' ',
      ),
    ),
  ],
  [
    'roles-anywhere',
    new Set(
      'onprem premises datacenter datacentre office nas synology qnap veeam commvault rclone branch factory plant kiosk'.split(
        ' ',
      ),
    ),
  ],
  [
    'role',
    new Set(
      'svc service services srv app apps application machine machines bot worker workers lambda ec2 ecs eks k8s kubernetes batch cron job jobs daemon server backend api etl system systems robot automation'.split(
        ' ',
      ),
    ),
  ],
  [
    'identity-center',
    new Set('people person humans human employees employee staff developers engineers contractors'.split(' ')),
  ],
];

/** Services that programs use and people seldom do. */
const programServices = new Set(
  'sqs sns ses dynamodb kinesis firehose logs monitoring cloudwatch ecr secretsmanager ssm kms rds lambda events states s3'.split(
    ' ',
  ),
);

/** @param key the key in question; absent where a finding is about the user */
export function suggestReplacement(user: UserFacts, key?: KeyFacts): Replacement {
  if (user.isRoot) return suggest('identity-center', 'the root user needs no key');
  if (key?.LastUsed.Kind === 'never') return suggest('nothing', 'it was never used');
  const service = key?.LastUsed.Kind === 'used' ? key.LastUsed.ServiceName : undefined;
  const byWord = findWord(user);
  const suggestion = byWord ?? findPerson(user) ?? findProgram(service);
  if (service === 'ses' && (suggestion === undefined || suggestion.kind === 'role')) return addMailNote(suggestion);
  return suggestion ?? suggest('undetermined', 'neither the name, the path, the tags nor the last use point anywhere');
}

function suggest(kind: ReplacementKind, because: string): Replacement {
  return { kind, text: texts[kind], because };
}

function findWord(user: UserFacts): Replacement | undefined {
  const places = [
    ['name', [user.UserName]],
    ['path', [findPath(user) ?? '']],
    ['tags', isUnknown(user.Tags) ? [] : Object.values(user.Tags)],
  ] as const;
  const found = places.flatMap(([place, values]) => splitWords(values).map((word) => ({ place, word })));
  for (const [kind, known] of words) {
    const hit = found.find(({ word }) => known.has(word));
    if (hit !== undefined)
      return suggest(kind, `the word ${hit.word} in the ${hit.place === 'tags' ? '' : "user's "}${hit.place}`);
  }
  return undefined;
}

function splitWords(values: readonly string[]): string[] {
  return values.flatMap((value) => value.toLowerCase().split(/[^a-z\d]+/)).filter((word) => word !== '');
}

function findPerson({ UserName, password }: UserFacts): Replacement | undefined {
  if (password.isEnabled === true) return suggest('identity-center', 'the user has a console password');
  if (UserName.includes('@')) return suggest('identity-center', 'the user name is an e-mail address');
  return undefined;
}

function findProgram(service: string | undefined): Replacement | undefined {
  if (service === undefined || !programServices.has(service)) return undefined;
  return suggest('role', `the key was last used for ${service}`);
}

/** Passwords for Amazon SES's SMTP are derived from a key: they end with it. */
function addMailNote(suggestion = suggest('role', 'the key was last used for ses')): Replacement {
  return {
    ...suggestion,
    text: `${suggestion.text}; SMTP passwords of Amazon SES are made from the key and end with it`,
  };
}
