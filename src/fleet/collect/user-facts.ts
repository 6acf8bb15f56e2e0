import { rootUserName } from '../../iam/index.ts';
import type { Unknown, UserFacts } from '../facts.ts';
import { isUnknown } from './gaps.ts';
import type { Row } from './rows.ts';
import type { GroupPolicies } from './spool-account.ts';
import { describeSlots } from './user-keys.ts';

/** What was read of the whole account before its users; where something could not be read, why. */
export interface AccountKnowledge {
  readonly Account: string;
  readonly partition: string;
  readonly scannedAt: Date;
  readonly report: { readonly at: Date } | Unknown;
  readonly groups: ReadonlyMap<string, GroupPolicies> | Unknown;
  /** Absent where they were all read. */
  readonly credentials: Unknown | undefined;
  readonly summary: { readonly hasRootKey: boolean } | Unknown;
}

/** Puts together what is known of a user. */
export function composeUser(row: Row, AccessKeys: UserFacts['AccessKeys'], known: AccountKnowledge): UserFacts {
  const { report, details } = row;
  const { Account, partition } = known;
  const UserName = report?.UserName ?? details?.UserName ?? row.nameKey;
  const CreateDate = report?.CreateDate ?? details?.CreateDate;
  const unreported = explainAbsence(known, 'the user is newer than the credential report');
  return {
    Account,
    UserName,
    Arn: details?.Arn ?? report?.Arn ?? `arn:${partition}:iam::${Account}:user/${UserName}`,
    isRoot: false,
    ...(details && { UserId: details.UserId, Path: details.Path }),
    ...(CreateDate && { CreateDate }),
    password: report?.password ?? { isEnabled: unreported },
    isMfaActive: report?.isMfaActive ?? unreported,
    AccessKeys,
    ServiceSpecificCredentials: known.credentials ?? row.credentials,
    ...describePermissions(row, known),
    at: findTime(row, known),
  };
}

/** The root user, whose keys IAM lists to nobody else: the report tells of them, and the summary whether there is one. */
export function composeRoot(row: Row, known: AccountKnowledge): UserFacts {
  const { report } = row;
  const { Account, partition } = known;
  const unreported = explainAbsence(known, 'the credential report does not tell of root');
  return {
    Account,
    UserName: rootUserName,
    Arn: report?.Arn ?? `arn:${partition}:iam::${Account}:root`,
    isRoot: true,
    ...(report?.CreateDate && { CreateDate: report.CreateDate }),
    password: report?.password ?? { isEnabled: unreported },
    isMfaActive: report?.isMfaActive ?? unreported,
    AccessKeys: findRootKeys(row, known),
    ServiceSpecificCredentials: [],
    Tags: {},
    Groups: [],
    AttachedPolicies: [],
    InlinePolicies: [],
    at: findTime(row, known),
  };
}

/** The summary is of now, and the report may be hours old. */
function findRootKeys({ report }: Row, { summary, scannedAt, ...known }: AccountKnowledge): UserFacts['AccessKeys'] {
  const reported = report && 'at' in known.report ? describeSlots(report, known.report.at) : undefined;
  if (isUnknown(summary)) return reported ?? summary;
  if (!summary.hasRootKey) return [];
  if (reported !== undefined && reported.length > 0) return reported;
  const Reason = 'the account summary tells that root has an access key, and nothing more of it';
  const lastUsedFrom = { source: 'account-summary', at: scannedAt } as const;
  return [{ Status: 'Unknown', LastUsed: { Kind: 'unknown', Reason }, lastUsedFrom }];
}

function explainAbsence({ report }: AccountKnowledge, Reason: string): Unknown {
  return isUnknown(report) ? report : { Kind: 'unknown', Reason };
}

function findTime({ report }: Row, known: AccountKnowledge): Date {
  return report && 'at' in known.report ? known.report.at : known.scannedAt;
}

type Permissions = Pick<UserFacts, 'Tags' | 'Groups' | 'AttachedPolicies' | 'InlinePolicies'>;

function describePermissions({ details }: Row, { groups }: AccountKnowledge): Permissions {
  if (isUnknown(groups)) return repeatUnknown(groups);
  if (details?.permissions === undefined) {
    const Reason = 'the user is not among the authorization details: it was made or deleted meanwhile';
    return repeatUnknown({ Kind: 'unknown', Reason });
  }
  const { Tags, Groups, AttachedPolicies, InlinePolicies } = details.permissions;
  const its = Groups.map((name) => groups.get(name) ?? { attached: [], inline: [] });
  return {
    Tags,
    Groups,
    AttachedPolicies: [...AttachedPolicies, ...its.flatMap(({ attached }) => attached)],
    InlinePolicies: [...InlinePolicies, ...its.flatMap(({ inline }) => inline)],
  };
}

function repeatUnknown(why: Unknown): Permissions {
  return { Tags: why, Groups: why, AttachedPolicies: why, InlinePolicies: why };
}
