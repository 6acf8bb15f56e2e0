import type { Environment } from '../context.ts';

type Advice = readonly [recommended: string, how: string];

const continuousIntegration = [
  'CI',
  'GITHUB_ACTIONS',
  'GITLAB_CI',
  'CIRCLECI',
  'BUILDKITE',
  'JENKINS_URL',
  'TF_BUILD',
  'BITBUCKET_BUILD_NUMBER',
];

const awsCompute = [
  'AWS_LAMBDA_FUNCTION_NAME',
  'AWS_EXECUTION_ENV',
  'ECS_CONTAINER_METADATA_URI',
  'ECS_CONTAINER_METADATA_URI_V4',
  'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
  'AWS_CONTAINER_CREDENTIALS_FULL_URI',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
];

/**
 * Two lines: what AWS recommends instead of a long-term access key for what the caller is likely to do with it, guessed
 * from where the command runs.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/security-creds-programmatic-access.html
 */
export function recommendInstead(env: Environment, isInteractive: boolean): Advice {
  const isSet = (name: string): boolean => (env[name] ?? '') !== '';
  if (awsCompute.some(isSet)) {
    return [
      'AWS recommends an IAM role instead of a key for what runs on AWS',
      '  instance profile, task role, function role, EKS Pod Identity: nothing to keep',
    ];
  }
  if (continuousIntegration.some(isSet)) {
    return [
      'AWS recommends OIDC federation instead of a key in CI',
      '  an OIDC provider in IAM and a role that trusts it: nothing to store',
    ];
  }
  if (isInteractive) {
    return [
      'AWS recommends signing in instead of a key for a person',
      '  aws login, or aws sso login with IAM Identity Center: nothing to keep',
    ];
  }
  return [
    'AWS recommends IAM Roles Anywhere instead of a key outside AWS',
    '  temporary credentials for a certificate of your own authority',
  ];
}
