/** The lists of a whole account, a page and so a call at a time. */
import {
  GetAccountAuthorizationDetailsCommand,
  GetAccountSummaryCommand,
  ListAccessKeysCommand,
  ListAccountAliasesCommand,
  ListServiceSpecificCredentialsCommand,
  ListUsersCommand,
} from '@aws-sdk/client-iam';
import type { GroupDetail, ServiceSpecificCredentialMetadata, User, UserDetail } from '@aws-sdk/client-iam';
import { AwsError } from '../errors.ts';
import { readAccessKey } from './access-key.ts';
import type { AccessKeyMetadata } from './access-key.ts';
import type { Connection } from './connection.ts';
import { requireList } from './pages.ts';
import type { Page } from './pages.ts';
import { send } from './send.ts';

export type { GroupDetail, ServiceSpecificCredentialMetadata, User, UserDetail };

type Signal = AbortSignal | undefined;
type Marker = string | undefined;

const MaxItems = 1000;

/**
 * Users and groups with their policies; users with their tags too.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html
 */
export async function readPrincipalsPage(
  aws: Connection,
  Marker: Marker,
  signal: Signal,
): Promise<Page & { readonly users: readonly UserDetail[]; readonly groups: readonly GroupDetail[] }> {
  const command = new GetAccountAuthorizationDetailsCommand({ Filter: ['User', 'Group'], MaxItems, Marker });
  const page = await send(aws.iam, command, signal, (options) => aws.iam.send(command, options));
  const users = requireList(page.UserDetailList, 'GetAccountAuthorizationDetails');
  return { ...readEnd(page), users, groups: page.GroupDetailList ?? [] };
}

/**
 * The service-specific credentials of all users.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListServiceSpecificCredentials.html
 */
export async function readServiceCredentialsPage(
  aws: Connection,
  Marker: Marker,
  signal: Signal,
): Promise<Page & { readonly credentials: readonly ServiceSpecificCredentialMetadata[] }> {
  const command = new ListServiceSpecificCredentialsCommand({ AllUsers: true, MaxItems, Marker });
  const page = await send(aws.iam, command, signal, (options) => aws.iam.send(command, options));
  const credentials = requireList(page.ServiceSpecificCredentials, 'ListServiceSpecificCredentials');
  return { ...readEnd(page), credentials };
}

/** Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListUsers.html */
export async function readUsersPage(
  aws: Connection,
  Marker: Marker,
  signal: Signal,
): Promise<Page & { readonly users: readonly User[] }> {
  const command = new ListUsersCommand({ MaxItems, Marker });
  const page = await send(aws.iam, command, signal, (options) => aws.iam.send(command, options));
  return { ...readEnd(page), users: requireList(page.Users, 'ListUsers') };
}

/** Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAccessKeys.html */
export async function readAccessKeysPage(
  aws: Connection,
  input: { readonly UserName: string; readonly Marker: Marker },
  signal: Signal,
): Promise<Page & { readonly keys: readonly AccessKeyMetadata[] }> {
  const command = new ListAccessKeysCommand(input);
  const page = await send(aws.iam, command, signal, (options) => aws.iam.send(command, options));
  const listed = requireList(page.AccessKeyMetadata, 'ListAccessKeys');
  return { ...readEnd(page), keys: listed.map((key) => readAccessKey(key, input.UserName)) };
}

/**
 * Whether the root user has an access key, and how many users there are.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountSummary.html
 */
export async function readAccountSummary(
  aws: Connection,
  signal: Signal,
): Promise<{ readonly hasRootKey: boolean; readonly users: number }> {
  const command = new GetAccountSummaryCommand({});
  const { SummaryMap = {} } = await send(aws.iam, command, signal, (options) => aws.iam.send(command, options));
  const { AccountAccessKeysPresent, Users = 0 } = SummaryMap;
  if (AccountAccessKeysPresent !== undefined) return { hasRootKey: AccountAccessKeysPresent > 0, users: Users };
  throw new AwsError('ERR_NOT_IAM', 'the endpoint described the account without its AccountAccessKeysPresent');
}

/** Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAccountAliases.html */
export async function readAlias(aws: Connection, signal: Signal): Promise<string | undefined> {
  const command = new ListAccountAliasesCommand({});
  const { AccountAliases } = await send(aws.iam, command, signal, (options) => aws.iam.send(command, options));
  return AccountAliases?.[0];
}

/** What {@link readPages} looks at. */
function readEnd({ IsTruncated, Marker }: { IsTruncated?: boolean | undefined; Marker?: string | undefined }): Page {
  return { IsTruncated, Marker };
}
