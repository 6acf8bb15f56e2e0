// Of Organizations' client what is used: loaded by name it comes alone, and at the first use.
export { ListAccountsCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
