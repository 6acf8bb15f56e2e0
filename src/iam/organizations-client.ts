// Of Organizations' client what is used: loaded by name it comes alone, and at the first use.
export { OrganizationsClient } from '@aws-sdk/client-organizations';
