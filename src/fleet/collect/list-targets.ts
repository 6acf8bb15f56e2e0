import { KeyturnError } from '../../errors.ts';
import { readAccountsPage } from '../../iam/list-accounts.ts';
import { readPages } from '../../iam/pages.ts';
import type { AccountDoor } from './door.ts';
import type { AccountTarget } from './scan-types.ts';

/** An account to scan, or to say of why it cannot be. */
export interface Target extends AccountTarget {
  /** Why it is not worth asking. */
  readonly closed?: string | undefined;
}

/** In which nobody can sign in; an account that is about to be closed can still be read. */
const closedStates = ['SUSPENDED', 'CLOSED', 'PENDING_ACTIVATION'];

/**
 * The accounts of the caller's organization in the order of their ids.
 *
 * @throws AwsError ERR_ACCESS_DENIED for others than the management account and delegated administrators
 */
export async function listTargets(door: AccountDoor, signal: AbortSignal | undefined): Promise<Target[]> {
  const targets: Target[] = [];
  const pages = readPages((Marker) =>
    door.call('ListAccounts', (aws, stop) => readAccountsPage(aws, Marker, stop), signal),
  );
  for await (const { accounts } of pages) {
    for (const { Account, Name, State } of accounts) {
      const isClosed = closedStates.includes(State);
      targets.push({ Account, Name, ...(isClosed && { closed: `the account is ${State} and was not read` }) });
    }
  }
  return targets.sort((one, other) => (one.Account < other.Account ? -1 : 1));
}

/** @throws KeyturnError ERR_USAGE for an id that is none, and one that stands there twice */
export function requireTargets(targets: readonly AccountTarget[]): readonly AccountTarget[] {
  const seen = new Set<string>();
  for (const { Account } of targets) {
    if (!/^\d{12}$/.test(Account)) {
      throw new KeyturnError('ERR_USAGE', `not the id of an account: ${JSON.stringify(Account.slice(0, 40))}`, {
        hint: 'an account id has 12 digits, with its leading zeros',
      });
    }
    if (seen.has(Account)) throw new KeyturnError('ERR_USAGE', `the account ${Account} stands there twice`);
    seen.add(Account);
  }
  return targets;
}
