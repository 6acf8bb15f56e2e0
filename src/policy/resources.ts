/**
 * Resources: ARNs with wildcards and policy variables, case-sensitive. A star at the end of a part of an ARN reaches across
 * colons, so an ARN is matched as one text. Where an action knows no resources its resource is `*`, which only a pattern of
 * stars covers.
 *
 * Sources: messages of IAM as public logs show them and as moto (https://github.com/getmoto/moto, Apache-2.0) and versitygw
 * (https://github.com/versity/versitygw, Apache-2.0) observed them;
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
import type { RequestContext } from './context.ts';
import type { Listed } from './document.ts';
import { matchesPattern } from './pattern.ts';
import { compileTemplate, resolveTemplate } from './template.ts';
import type { Template } from './template.ts';

/**
 * Whether Resource or NotResource takes a resource in; a statement without either is about whatever it is attached to. What a
 * variable leaves open takes nothing in, and nothing is known to be outside of it.
 */
export function coversResource(
  resources: Listed<Template> | undefined,
  resource: string,
  context: RequestContext,
): boolean {
  if (resources === undefined) return true;
  const { negated, members } = resources;
  const answers = members.map((template) => {
    const resolved = resolveTemplate(template, context);
    return resolved !== undefined && negated !== matchesPattern(resolved.pattern, resource);
  });
  return negated ? answers.every(Boolean) : answers.some(Boolean);
}

/**
 * Reads an element of Resource or NotResource. Variables mean something in every part of an ARN, whatever the user guide
 * says: stackd (https://github.com/radkawar/stackd, Apache-2.0) captured simulations that show it.
 */
export function compileResource(text: string, variables: boolean): Template {
  return compileTemplate(text, variables ? 0 : Infinity);
}

/** What IAM says when its oldest parser gives up, which it runs before most other checks. */
export const legacyFailure = 'The policy failed legacy parsing';

const partitions = ['*', 'aws', 'aws-cn', 'aws-us-gov', 'aws-iso', 'aws-iso-b', 'aws-iso-e', 'aws-iso-f', 'aws-eusc'];

const iamPaths = [
  ...['user/', 'federated-user/', 'role/', 'group/', 'instance-profile/', 'mfa/', 'server-certificate/', 'policy/'],
  ...['sms-mfa/', 'saml-provider/', 'oidc-provider/', 'report/', 'access-report/'],
];

/** What is wrong with an element of Resource or NotResource, or undefined. */
export function findResourceFault(resource: string): string | undefined {
  if (resource === '*') return undefined;
  if (!resource.includes(':')) return `Resource ${resource} must be in ARN format or "*".`;
  const [prefix, partition = '', service, region = '', account = '', ...path] = resource.split(':');
  const short = path.length === 0;
  if (prefix === 'arn' && (service === '' || (short && resource.includes('::')))) return legacyFailure;
  if (!partitions.includes(partition)) {
    const whole = [partition, service ?? '*', ...fillArn(resource.split(':').slice(3))].join(':');
    return `Partition "${partition}" is not valid for resource "arn:${whole}".`;
  }
  if (service === undefined || /[*?]/.test(service)) {
    return 'Resource vendor must be fully qualified and cannot contain regexes.';
  }
  return findServiceFault(resource, { service, region, account, path: path.join(':') });
}

/** Region, account and path, each a star where it is missing. */
function fillArn([region = '*', account = '*', ...path]: readonly string[]): readonly string[] {
  return [region, account, path.length === 0 ? '*' : path.join(':')];
}

interface ArnParts {
  readonly service: string;
  readonly region: string;
  readonly account: string;
  readonly path: string;
}

/** IAM knows the form of its own ARNs and of S3's; S3's resources of a Region always name their account. */
function findServiceFault(resource: string, { service, region, account, path }: ArnParts): string | undefined {
  if (service === 's3' && region !== '' && account === '' && !path.startsWith('accesspoint/')) {
    return `Resource ${resource} can not contain region information.`;
  }
  if (service !== 'iam') return undefined;
  if (region !== '') return `IAM resource ${resource} cannot contain region information.`;
  if (path === '*' || path === 'root' || iamPaths.some((known) => path.startsWith(known))) return undefined;
  return `IAM resource path must either be "*", root, or start with ${iamPaths.join(', ')}.`;
}
