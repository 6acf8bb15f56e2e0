import { KeyturnError } from '../../errors.ts';
import { describeOrganizationAuditor, describePrevention } from '../../policy/organization-document.ts';
import { describePolicyFor, type PermissionKind, type PermissionScope } from '../../policy/permission-document.ts';
import type { Context } from '../context.ts';
import { formatAnswer } from '../output/answer.ts';
import type { JsonObject } from '../output/json.ts';

export interface PolicyFlags {
  readonly user?: string;
  readonly path?: string;
  readonly tag?: string;
  readonly account?: string;
  readonly partition: string;
  readonly revokeSessions?: boolean;
  readonly hubAccount?: string;
  readonly organizationId?: string;
  readonly roleName: string;
  readonly except?: readonly string[];
}

export interface PolicyInput {
  readonly kind: PermissionKind | 'org-auditor' | 'prevention';
  readonly flags: PolicyFlags;
  /** The options that were given, by their names in {@link PolicyFlags}. */
  readonly given: readonly string[];
}

const hint = 'see keyturn policy --help';

/** `keyturn policy`: the document to stdout, what to know of it to stderr. */
export async function printPolicy({ form, printer }: Context, input: PolicyInput): Promise<undefined> {
  requireFitting(input);
  const { document, notes } = compose(input);
  for (const note of notes) printer.talk(note);
  const table = `${JSON.stringify(document, null, 2)}\n`;
  await printer.data(formatAnswer({ document, table }, form));
}

function compose({ kind, flags }: PolicyInput): { document: JsonObject; notes: readonly string[] } {
  if (kind === 'prevention') {
    const partition = requirePartition(flags.partition);
    return toJson(describePrevention({ partition, exceptions: (flags.except ?? []).map(requireArn) }));
  }
  const scope = readScope(flags);
  if (kind !== 'org-auditor') return toJson(describePolicyFor(kind, scope));
  const { notes, ...document } = describeOrganizationAuditor({
    ...scope,
    HubAccount: requireForm('--hub-account', flags.hubAccount, /^\d{12}$/, 'the 12 digits of an account'),
    OrganizationId: requireForm(
      '--organization-id',
      flags.organizationId,
      /^o-[a-z0-9]{10,32}$/,
      'like o-exampleorgid',
    ),
    RoleName: requireForm('--role-name', flags.roleName, /^[\w+=,.@/-]{1,64}$/, 'the name of a role'),
  });
  return toJson({ document, notes });
}

/** A policy is JSON already; its type says more than that. */
function toJson({ document, notes }: { document: object; notes: readonly string[] }) {
  return { document: document as JsonObject, notes };
}

const scopeOptions = ['user', 'path', 'tag', 'account', 'partition'];
const fitting: Readonly<Record<PolicyInput['kind'], readonly string[]>> = {
  auditor: scopeOptions,
  operator: [...scopeOptions, 'revokeSessions'],
  rotator: scopeOptions,
  'self-service': scopeOptions,
  'org-auditor': ['path', 'tag', 'partition', 'hubAccount', 'organizationId', 'roleName'],
  prevention: ['partition', 'except'],
};

/** An option that would change nothing was meant for something. */
function requireFitting({ kind, given }: PolicyInput): void {
  const stray = given.find((name) => !fitting[kind].includes(name));
  if (stray === undefined) return;
  const option = stray.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  throw new KeyturnError('ERR_USAGE', `--${option} means nothing for the policy ${kind}`, { hint });
}

function readScope({ user, path, tag, account, partition, revokeSessions }: PolicyFlags): PermissionScope {
  return {
    partition: requirePartition(partition),
    UserName: user,
    revokesSessions: revokeSessions,
    ...(account !== undefined && {
      Account: requireForm('--account', account, /^\d{12}$/, 'the 12 digits of an account'),
    }),
    // Without what IAM takes for wildcards and variables in an ARN.
    ...(path !== undefined && {
      Path: requireForm(
        '--path',
        path,
        /^\/([!-#%-)+->@-~]{1,510}\/)?$/,
        'a path that begins and ends with /, as /service/',
      ),
    }),
    ...(tag !== undefined && { Tag: readTag(tag) }),
  };
}

/** Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_Tag.html */
function readTag(tag: string): { Key: string; Value: string } {
  const text = requireForm(
    '--tag',
    tag,
    /^[\p{L}\p{Z}\p{N}_.:/+\-@]{1,128}=[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u,
    'KEY=VALUE',
  );
  const middle = text.indexOf('=');
  return { Key: text.slice(0, middle), Value: text.slice(middle + 1) };
}

function requirePartition(partition: string): string {
  return requireForm('--partition', partition, /^aws(-[a-z]+)*$/, 'a partition, as aws or aws-us-gov');
}

function requireArn(arn: string): string {
  return requireForm('--except', arn, /^arn:[^:]+:(iam|sts):[^:]*:[^:]*:.+$/, 'the ARN of a user or a role');
}

function requireForm(option: string, text: string | undefined, form: RegExp, description: string): string {
  if (text === undefined) throw new KeyturnError('ERR_USAGE', `${option} is missing: ${description}`, { hint });
  if (form.test(text)) return text;
  throw new KeyturnError('ERR_USAGE', `${option} ${JSON.stringify(text)} is not ${description}`, { hint });
}
