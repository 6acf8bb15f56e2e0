/** What IAM tells of all users in lists of its own order, set aside until the user's row of the report comes by. */
import { AwsError } from '../../errors.ts';
import { readPrincipalsPage, readServiceCredentialsPage, readUsersPage } from '../../iam/account-pages.ts';
import type { GroupDetail, ServiceSpecificCredentialMetadata, User, UserDetail } from '../../iam/account-pages.ts';
import { readPages } from '../../iam/pages.ts';
import type { AttachedPolicyFacts, ServiceCredentialFacts } from '../facts.ts';
import type { NameKey, SnapshotStore, SpooledPiece } from '../snapshot-store.ts';
import type { AccountDoor } from './door.ts';
import { writeFacts } from './facts-text.ts';

/** What is known of a user beside its row of the report. */
export interface UserDetails {
  readonly UserName: string;
  readonly UserId: string;
  readonly Arn: string;
  readonly Path: string;
  readonly CreateDate?: Date;
  /** Absent where only ListUsers could be asked. */
  readonly permissions?: UserPermissions;
}

/** The policies are the user's own, without its groups'. */
export interface UserPermissions {
  readonly Tags: Readonly<Record<string, string>>;
  readonly Groups: readonly string[];
  readonly AttachedPolicies: readonly AttachedPolicyFacts[];
  readonly InlinePolicies: readonly string[];
}

export interface GroupPolicies {
  readonly attached: readonly AttachedPolicyFacts[];
  readonly inline: readonly string[];
}

export interface SpoolContext {
  readonly door: AccountDoor;
  readonly account: string;
  readonly store: SnapshotStore;
  readonly signal: AbortSignal | undefined;
}

/**
 * Sets the details of all users aside.
 *
 * @returns the policies of each group, of which an account has a few hundred at most
 */
export async function spoolDetails(context: SpoolContext): Promise<ReadonlyMap<string, GroupPolicies>> {
  const { door, account, store, signal } = context;
  const groups = new Map<string, GroupPolicies>();
  const pages = readPages((Marker) =>
    door.call('GetAccountAuthorizationDetails', (aws, stop) => readPrincipalsPage(aws, Marker, stop), signal),
  );
  for await (const page of pages) {
    for (const group of page.groups) groups.set(group.GroupName ?? '', describeGroup(group));
    await store.spool(account, page.users.map(describeUser).map(toPiece));
  }
  return groups;
}

/** Sets aside what ListUsers tells, where the details cannot be had. */
export async function spoolUsers({ door, account, store, signal }: SpoolContext): Promise<void> {
  const pages = readPages((Marker) => door.call('ListUsers', (aws, stop) => readUsersPage(aws, Marker, stop), signal));
  for await (const { users } of pages) await store.spool(account, users.map(identifyUser).map(toPiece));
}

/** Sets the service-specific credentials of all users aside. */
export async function spoolServiceCredentials({ door, account, store, signal }: SpoolContext): Promise<void> {
  const pages = readPages((Marker) =>
    door.call('ListServiceSpecificCredentials', (aws, stop) => readServiceCredentialsPage(aws, Marker, stop), signal),
  );
  for await (const { credentials } of pages) {
    const pieces = credentials.map((credential): SpooledPiece => {
      const facts = describeCredential(credential);
      const nameKey = toNameKey(credential.UserName ?? '');
      return { kind: 'service-credential', nameKey, id: facts.ServiceSpecificCredentialId, facts: writeFacts(facts) };
    });
    await store.spool(account, pieces);
  }
}

/** IAM tells names apart case-insensitively. */
export function toNameKey(UserName: string): NameKey {
  return UserName.toLowerCase();
}

function toPiece(details: UserDetails): SpooledPiece {
  return { kind: 'details', nameKey: toNameKey(details.UserName), id: '', facts: writeFacts(details) };
}

function describeUser(user: UserDetail): UserDetails {
  const permissions = {
    Tags: Object.fromEntries((user.Tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value])),
    Groups: user.GroupList ?? [],
    AttachedPolicies: (user.AttachedManagedPolicies ?? []).map(describePolicy),
    InlinePolicies: (user.UserPolicyList ?? []).map(({ PolicyName = '' }) => PolicyName),
  };
  return { ...identifyUser(user), permissions };
}

function identifyUser({ UserName = '', UserId = '', Arn = '', Path = '/', CreateDate }: Partial<User>) {
  return { UserName, UserId, Arn, Path, ...(CreateDate && { CreateDate }) };
}

function describeGroup({ GroupName = '', AttachedManagedPolicies, GroupPolicyList }: GroupDetail): GroupPolicies {
  return {
    attached: (AttachedManagedPolicies ?? []).map((policy) => ({ ...describePolicy(policy), GroupName })),
    inline: (GroupPolicyList ?? []).map(({ PolicyName = '' }) => PolicyName),
  };
}

type Attached = NonNullable<UserDetail['AttachedManagedPolicies']>[number];

function describePolicy({ PolicyName = '', PolicyArn = '' }: Attached): AttachedPolicyFacts {
  return { PolicyName, PolicyArn };
}

function describeCredential(credential: Partial<ServiceSpecificCredentialMetadata>): ServiceCredentialFacts {
  const { ServiceSpecificCredentialId, ServiceName = '', Status = '', CreateDate, ExpirationDate } = credential;
  if (ServiceSpecificCredentialId === undefined || CreateDate === undefined) {
    throw new AwsError('ERR_NOT_IAM', 'the endpoint listed a service-specific credential without its id or CreateDate');
  }
  const facts = { ServiceSpecificCredentialId, ServiceName, Status, CreateDate };
  return ExpirationDate === undefined ? facts : { ...facts, ExpirationDate };
}
