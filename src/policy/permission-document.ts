/**
 * The permissions documents that Keyturn prints: for each kind of person the actions of the commands that are theirs, on the
 * users that are theirs, and nothing else.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege
 */
import { listActions, statements } from './needed-actions.ts';
import type { CommandName, NeededAction, Reach, StatementName } from './needed-actions.ts';

/** Who a document is for: `auditor` looks, `operator` also takes keys away, `rotator` also makes them, `self-service` does so with its own. */
export type PermissionKind = 'auditor' | 'operator' | 'rotator' | 'self-service';

/** The users that a document is about; every one of the account by default. */
export interface PermissionScope {
  /** `aws` by default, `aws-cn`, `aws-us-gov`, … */
  readonly partition?: string | undefined;
  /** The 12 digits; any account by default, which is the one that the document is put into. */
  readonly Account?: string | undefined;
  readonly UserName?: string | undefined;
  /** Only users under it: `/service/`. */
  readonly Path?: string | undefined;
  /** Only users with this tag. */
  readonly Tag?: { readonly Key: string; readonly Value: string } | undefined;
  /** For an operator: also what denies the sessions of a contained user, which is as much as an administrator may do. */
  readonly revokesSessions?: boolean | undefined;
}

export interface DocumentStatement {
  readonly Sid: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: Readonly<Record<string, string>>;
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

export interface PrintedDocument {
  readonly Version: '2012-10-17';
  readonly Statement: readonly DocumentStatement[];
}

export interface PrintedPolicy {
  readonly document: PrintedDocument;
  /** What each statement is for and what is dangerous about it, a line each. */
  readonly notes: readonly string[];
}

const looking = ['whoami', 'keys list', 'keys list --all', 'keys last-used'] as const;
const takingAway = ['keys activate', 'keys deactivate', 'keys delete', 'retire'] as const;

const commands: Readonly<Record<PermissionKind, readonly CommandName[]>> = {
  auditor: [...looking, 'inventory', 'audit', 'plan'],
  operator: [...looking, 'inventory', 'audit', 'plan', ...takingAway, 'apply', 'contain'],
  rotator: ['whoami', 'keys list', 'keys last-used', 'keys create', ...takingAway, 'rotate'],
  'self-service': ['whoami', 'keys list', 'keys last-used', 'keys create', ...takingAway, 'rotate'],
};

/** The commands that a document of a kind is enough for. */
export function listCommandsOf(kind: PermissionKind): readonly CommandName[] {
  return commands[kind];
}

/**
 * The document for a kind of person, and what to know of its statements.
 *
 * @example
 * const { document } = describePolicyFor('rotator', { Path: '/service/' });
 * JSON.stringify(document); // {"Version":"2012-10-17","Statement":[…]}
 */
export function describePolicyFor(kind: PermissionKind, scope: PermissionScope = {}): PrintedPolicy {
  const used = new Set<NeededAction>(commands[kind].flatMap((command) => listActions(command)));
  const granted = readStatements()
    .filter(([name]) => isGranted(name, kind, scope))
    .map(([name, { reach, actions, purpose }]) => {
      const own = actions.filter((action) => used.has(action));
      return { name, reach, purpose, actions: own };
    })
    .filter(({ actions }) => actions.length > 0);
  return {
    document: {
      Version: '2012-10-17',
      Statement: granted.map(({ name, reach, actions }) => ({
        Sid: name,
        Effect: 'Allow',
        Action: actions,
        ...(reach === 'account' ? { Resource: '*' } : limitToUsers(name, kind, scope)),
      })),
    },
    notes: [...granted.map(({ name, purpose }) => `${name} ${purpose}`), ...warn(kind, scope)],
  };
}

function warn(kind: PermissionKind, { UserName, Path, Tag, revokesSessions }: PermissionScope): string[] {
  const isWide = (UserName ?? Path ?? Tag) === undefined;
  if (kind === 'self-service') return ['whoever steals a key of the user can make another one: ask for MFA if you can'];
  if (kind === 'rotator' && isWide) return ['it can become any user of the account: name users by a path or a tag'];
  if (kind === 'operator' && revokesSessions !== true)
    return ['contain leaves sessions alone: iam:PutUserPolicy is not in it'];
  return [];
}

function readStatements() {
  return Object.entries(statements) as [StatementName, StatementOfTable][];
}

interface StatementOfTable {
  readonly reach: Reach;
  readonly purpose: string;
  readonly actions: readonly NeededAction[];
}

/** Events are those of everybody; and what is as much as administrator is asked for by name. */
function isGranted(name: StatementName, kind: PermissionKind, { revokesSessions }: PermissionScope): boolean {
  if (name === 'ReadEvents') return kind !== 'self-service';
  return name !== 'RevokeSessions' || revokesSessions === true;
}

function limitToUsers(
  name: StatementName,
  kind: PermissionKind,
  scope: PermissionScope,
): Pick<DocumentStatement, 'Resource' | 'Condition'> {
  const { Tag } = scope;
  const conditions = {
    ...(Tag && { StringEquals: { [`aws:ResourceTag/${Tag.Key}`]: Tag.Value } }),
    // The description of a key is a tag named after it.
    ...(name === 'DescribeKeys' && { 'ForAllValues:StringLike': { 'aws:TagKeys': ['AKIA*'] } }),
  };
  return {
    Resource: listUserArns(kind === 'self-service' ? { UserName: '${aws:username}', ...scope } : scope),
    ...(Object.keys(conditions).length > 0 && { Condition: conditions }),
  };
}

/** The ARN of a user has its path in it. A name without its path is looked for under any: the account has it once. */
function listUserArns({ partition = 'aws', Account = '*', UserName, Path }: PermissionScope): readonly string[] {
  const under = (path: string) => `arn:${partition}:iam::${Account}:user${path}`;
  if (Path !== undefined) return [under(`${Path}${UserName ?? '*'}`)];
  return UserName === undefined ? [under('/*')] : [under(`/${UserName}`), under(`/*/${UserName}`)];
}
