import { Secret } from '../../secret.ts';
import type { Call } from '../action.ts';
import type { ServiceCredential } from '../directory/service-credentials.ts';
import { findMeantUser } from './meant-user.ts';
import { refuse, refuseInvalid } from './refusals.ts';

/** How the secret for a service begins: an API key, or nothing where user name and password go separately. */
const tokenPrefixes: ReadonlyMap<string, string | undefined> = new Map([
  ['codecommit.amazonaws.com', undefined],
  ['cassandra.amazonaws.com', undefined],
  ['bedrock.amazonaws.com', 'ABSK'],
  ['logs.amazonaws.com', 'ACWL'],
  ['cloudwatch.amazonaws.com', 'APIAACWM'],
  ['aws-external-anthropic.amazonaws.com', 'AEAA'],
]);

/**
 * The name of a service that has such credentials, in AWS's case.
 *
 * @throws AwsFault ValidationError for what cannot be a name, NoSuchEntity for a service that has none
 */
export function readServiceName(ServiceName: string): string {
  if (!/^[a-zA-Z0-9.-]*$/.test(ServiceName)) throw refuseInvalid('ServiceName must match [a-zA-Z0-9.-]*');
  const name = ServiceName.toLowerCase();
  if (!tokenPrefixes.has(name)) {
    throw refuse('NoSuchEntity', `No such service ${ServiceName} is supported for Service Specific Credentials`);
  }
  return name;
}

/**
 * A credential of the user that a request means.
 *
 * @throws AwsFault NoSuchEntity for a user or a credential that is not there, ValidationError for somebody else's
 */
export function findOwnedCredential(
  call: Call<{ readonly UserName?: string | undefined; readonly ServiceSpecificCredentialId: string }>,
): { readonly credential: ServiceCredential; readonly UserName: string } {
  const { UserId, UserName } = findMeantUser(call);
  const { ServiceSpecificCredentialId: id } = call.input;
  const credential = call.directory.serviceCredentials.find(call.caller.accountId, id);
  if (credential === undefined) throw refuse('NoSuchEntity', `No such credential ${id} exists`);
  if (credential.UserId !== UserId) {
    throw refuseInvalid(`User ${UserName} does not have a service specific credential with id ${id}`);
  }
  return { credential, UserName };
}

/** A credential as lists show it. */
export function describeCredential(credential: ServiceCredential, UserName: string, now: Date) {
  const { ServiceSpecificCredentialId, ServiceName, alias, Status, CreateDate, ExpirationDate } = credential;
  const expired = ExpirationDate !== undefined && ExpirationDate <= now;
  const hasToken = tokenPrefixes.get(ServiceName) !== undefined;
  return {
    CreateDate,
    ExpirationDate,
    ServiceName,
    ServiceUserName: hasToken ? undefined : alias,
    ServiceCredentialAlias: hasToken ? alias : undefined,
    ServiceSpecificCredentialId,
    UserName,
    Status: expired ? 'Expired' : Status,
  } as const;
}

/** A credential as it is handed out, this once, with a secret. An API key is the alias and the password behind a prefix. */
export function describeCredentialWithSecret(
  credential: ServiceCredential,
  UserName: string,
  password: Secret,
  now: Date,
) {
  const described = describeCredential(credential, UserName, now);
  const prefix = tokenPrefixes.get(credential.ServiceName);
  if (prefix === undefined) return { ...described, ServicePassword: password };
  const token = Buffer.from(`${credential.alias}:${password.reveal()}`).toString('base64');
  return { ...described, ServiceCredentialSecret: new Secret(prefix + token) };
}
