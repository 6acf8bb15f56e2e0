/** What an organization lets be done about the root users of its accounts, and who may switch it on and off. */

import type { Call } from '../action.ts';
import type { Organization } from '../directory/organizations.ts';
import { refuse } from './refusals.ts';

/** The features, in the order in which AWS lists them. */
const flags = { RootSessions: 'rootSessions', RootCredentialsManagement: 'rootCredentials' } as const;

type Feature = keyof typeof flags;

export interface EnabledFeatures {
  readonly OrganizationId: string;
  readonly EnabledFeatures: readonly Feature[];
}

/**
 * The organization that the caller manages.
 *
 * @throws AwsFault OrganizationNotFoundException, AccountNotManagementOrDelegatedAdministratorException
 */
export function describeFeatures(call: Call<unknown>): EnabledFeatures {
  const organization = findManaged(call);
  const names: readonly Feature[] = ['RootSessions', 'RootCredentialsManagement'];
  return {
    OrganizationId: organization.Id,
    EnabledFeatures: names.filter((name) => organization[flags[name]]),
  };
}

/** @throws AwsFault as {@link describeFeatures} */
export function switchFeature(call: Call<unknown>, feature: Feature, on: boolean): EnabledFeatures {
  call.directory.organizations.switchFeature(findManaged(call).Id, flags[feature], on);
  return describeFeatures(call);
}

function findManaged({ caller: { accountId }, directory }: Call<unknown>): Organization {
  const organization = directory.organizations.findOf(accountId);
  if (organization === undefined) {
    throw refuse('OrganizationNotFoundException', `No organization found for account ${accountId}.`);
  }
  if (organization.managementAccountId === accountId) return organization;
  throw refuse(
    'AccountNotManagementOrDelegatedAdministratorException',
    `Input account ${accountId} is neither management account nor delegated admin.`,
  );
}
