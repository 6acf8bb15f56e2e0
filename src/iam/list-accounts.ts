import type { Account as Answered } from '@aws-sdk/client-organizations';
import { AwsError } from '../errors.ts';
import { sendOnce } from './command.ts';
import type { Connection } from './connection.ts';
import { requireList } from './pages.ts';
import type { Page } from './pages.ts';
import { send } from './send.ts';

export interface OrganizationAccount {
  readonly Account: string;
  readonly Name?: string | undefined;
  /** `ACTIVE`, `SUSPENDED`, `PENDING_CLOSURE`, `CLOSED`, …: the State, or where there is none yet the older Status. */
  readonly State: string;
}

/** As many as Organizations gives at a time. */
const MaxResults = 20;

/**
 * A page of the accounts of the caller's organization, in no order; for its management account and delegated
 * administrators.
 *
 * Source: https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListAccounts.html
 * @throws AwsError ERR_ACCESS_DENIED; ERR_AWS (AWSOrganizationsNotInUseException) where the account is in none
 */
export async function readAccountsPage(
  aws: Connection,
  NextToken: string | undefined,
  signal: AbortSignal | undefined,
): Promise<Page & { readonly accounts: readonly OrganizationAccount[] }> {
  const [client, { ListAccountsCommand }] = await Promise.all([
    aws.organizations(),
    import('./organizations-client.ts'),
  ]);
  const command = new ListAccountsCommand({ MaxResults, NextToken });
  sendOnce(command);
  const page = await send(client, command, signal, (options) => client.send(command, options));
  const accounts = requireList(page.Accounts, 'ListAccounts').map(readAccount);
  return { accounts, IsTruncated: page.NextToken !== undefined, Marker: page.NextToken };
}

function readAccount({ Id, Name, State, Status }: Answered): OrganizationAccount {
  if (Id) return { Account: Id, Name, State: State ?? Status ?? 'ACTIVE' };
  throw new AwsError('ERR_NOT_IAM', 'the endpoint listed an account without its Id');
}
