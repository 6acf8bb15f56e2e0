/**
 * What each command of Keyturn needs permission for: the one table, from which the documents of `keyturn policy` are made.
 * A command that calls another action of AWS has it added here.
 *
 * sts:GetCallerIdentity is not in it: it needs no permission.
 * Source: https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
 */

/** What an action is about: one user, or the whole account, and then nothing can narrow it. */
export type Reach = 'user' | 'account';

/**
 * The statements into which actions are gathered, and what each is for.
 *
 * Source of the reach: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html
 */
export const statements = {
  ReadAccount: {
    reach: 'account',
    purpose: 'finds the users and what the account knows of each; these actions cannot be limited to some users',
    actions: [
      'iam:ListUsers',
      'iam:GenerateCredentialReport',
      'iam:GetCredentialReport',
      'iam:GetAccountAuthorizationDetails',
      'iam:ListAccountAliases',
      'iam:ListServiceSpecificCredentials',
    ],
  },
  ReadQuota: {
    reach: 'account',
    purpose: 'tells how many keys a user may have, and whether root has one',
    actions: ['iam:GetAccountSummary'],
  },
  ReadEvents: {
    reach: 'account',
    purpose: 'shows who used a key, from where; without it that is unknown, and nothing else',
    actions: ['cloudtrail:LookupEvents'],
  },
  ReadKeys: {
    reach: 'user',
    purpose: 'shows the keys of a user, their last use, the quarantine AWS may have put on the user',
    actions: [
      'iam:ListAccessKeys',
      'iam:GetAccessKeyLastUsed',
      'iam:GetUser',
      'iam:ListUserTags',
      'iam:ListAttachedUserPolicies',
      'iam:GetUserPolicy',
    ],
  },
  ChangeKeys: {
    reach: 'user',
    purpose: 'deactivates, activates and deletes keys; activating a leaked key brings it back',
    actions: ['iam:UpdateAccessKey', 'iam:DeleteAccessKey'],
  },
  CreateKeys: {
    reach: 'user',
    purpose: 'makes keys; whoever may do that for a user can become that user, with all its rights',
    actions: ['iam:CreateAccessKey'],
  },
  DescribeKeys: {
    reach: 'user',
    purpose:
      'moves the description of a key, a tag named after it; other tags, which may decide on access, stay out of reach',
    actions: ['iam:TagUser', 'iam:UntagUser'],
  },
  RevokeSessions: {
    reach: 'user',
    purpose:
      'denies the older sessions of a contained user; IAM cannot limit what is written so: as much as administrator',
    actions: ['iam:PutUserPolicy', 'iam:DeleteUserPolicy'],
  },
} as const satisfies Record<string, { reach: Reach; purpose: string; actions: readonly string[] }>;

export type StatementName = keyof typeof statements;
export type NeededAction = (typeof statements)[StatementName]['actions'][number];

export interface Need {
  /** The command fails without these. */
  readonly needed: readonly NeededAction[];
  /** Without these something it shows is unknown, or something it can do is left out; it says so. */
  readonly wanted: readonly NeededAction[];
}

const keyFacts = ['iam:ListAccessKeys', 'iam:GetAccessKeyLastUsed'] as const;
const accountFacts = [
  'iam:ListUsers',
  'iam:GenerateCredentialReport',
  'iam:GetCredentialReport',
  'iam:GetAccountAuthorizationDetails',
  'iam:GetAccountSummary',
  'iam:ListAccountAliases',
  'iam:ListServiceSpecificCredentials',
] as const;
const retiring = ['iam:GetUser', ...keyFacts, 'iam:UpdateAccessKey', 'iam:DeleteAccessKey'] as const;
const rotating = ['iam:CreateAccessKey', ...retiring] as const;
const besideRotating = [
  'iam:GetAccountSummary',
  'iam:ListAttachedUserPolicies',
  'iam:ListUserTags',
  'iam:TagUser',
  'iam:UntagUser',
  'cloudtrail:LookupEvents',
] as const;

/** By the words of the command; another's keys or one's own make no difference. */
export const commandNeeds = {
  whoami: { needed: [], wanted: [] },
  'keys list': { needed: ['iam:ListAccessKeys'], wanted: ['iam:GetAccessKeyLastUsed'] },
  'keys list --all': { needed: ['iam:ListUsers', 'iam:ListAccessKeys'], wanted: ['iam:GetAccessKeyLastUsed'] },
  'keys last-used': { needed: ['iam:GetAccessKeyLastUsed'], wanted: ['iam:ListAccessKeys'] },
  'keys create': {
    needed: ['iam:ListAccessKeys', 'iam:CreateAccessKey'],
    wanted: ['iam:DeleteAccessKey', 'iam:GetAccountSummary', 'iam:GetAccessKeyLastUsed'],
  },
  'keys activate': { needed: ['iam:UpdateAccessKey'], wanted: keyFacts },
  'keys deactivate': { needed: ['iam:UpdateAccessKey'], wanted: keyFacts },
  'keys delete': { needed: ['iam:DeleteAccessKey'], wanted: keyFacts },
  rotate: { needed: rotating, wanted: besideRotating },
  retire: { needed: retiring, wanted: ['iam:ListAttachedUserPolicies', 'cloudtrail:LookupEvents'] },
  contain: {
    needed: ['iam:GetAccessKeyLastUsed', 'iam:UpdateAccessKey'],
    wanted: [
      'iam:ListAccessKeys',
      'iam:GetUser',
      'iam:ListAttachedUserPolicies',
      'iam:GetUserPolicy',
      'iam:PutUserPolicy',
      'iam:DeleteUserPolicy',
      'cloudtrail:LookupEvents',
    ],
  },
  inventory: { needed: [], wanted: [...accountFacts, ...keyFacts] },
  audit: { needed: [], wanted: [...accountFacts, ...keyFacts] },
  plan: { needed: [], wanted: [...accountFacts, ...keyFacts] },
  apply: { needed: ['iam:UpdateAccessKey', 'iam:DeleteAccessKey', ...keyFacts], wanted: ['iam:GetUser'] },
} as const satisfies Record<string, Need>;

export type CommandName = keyof typeof commandNeeds;

/** All that a command calls. */
export function listActions(command: CommandName): readonly NeededAction[] {
  const { needed, wanted }: Need = commandNeeds[command];
  return [...needed, ...wanted];
}
