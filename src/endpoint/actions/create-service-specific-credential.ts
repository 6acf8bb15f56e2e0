import { findNamedUser, nameUser } from './named-user.ts';
import { serviceCredentialsQuota } from './quotas.ts';
import { refuse } from './refusals.ts';
import type { IamAction } from './service-action.ts';
import { describeCredentialWithSecret, readServiceName } from './service-credential.ts';

const day = 24 * 60 * 60 * 1_000;

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateServiceSpecificCredential.html */
export const createServiceSpecificCredential: IamAction<'CreateServiceSpecificCredential'> = {
  resource: nameUser,

  perform(call) {
    const { input, caller, directory, now } = call;
    const { CredentialAgeDays } = input;
    const { UserId, UserName } = findNamedUser(call);
    const credential = directory.serviceCredentials.create({
      accountId: caller.accountId,
      UserId,
      UserName,
      ServiceName: readServiceName(input.ServiceName),
      CreateDate: now,
      ExpirationDate: CredentialAgeDays === undefined ? undefined : new Date(now.getTime() + CredentialAgeDays * day),
      quota: serviceCredentialsQuota,
    });
    if (credential === undefined) {
      const quota = `ContextSpecificCredentialsPerUserPerContext: ${serviceCredentialsQuota}`;
      throw refuse('LimitExceeded', `Cannot exceed quota for ${quota}`);
    }
    const password = directory.serviceCredentials.drawPassword();
    return { ServiceSpecificCredential: describeCredentialWithSecret(credential, UserName, password, now) };
  },
};
