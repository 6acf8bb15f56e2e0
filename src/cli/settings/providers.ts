// Of the SDK's providers those that are used. Loaded by name they come alone; `import()` of a package brings all of it.
export { getDefaultRoleAssumer, getDefaultRoleAssumerWithWebIdentity } from '@aws-sdk/client-sts';
export { fromIni, fromNodeProviderChain } from '@aws-sdk/credential-providers';
