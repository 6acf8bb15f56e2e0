import type { fromIni } from '@aws-sdk/credential-providers';

import type { ConnectConfig } from '../../iam/connection.ts';
import type { RequestHandler } from './network.ts';
import type { Signer, StaticCredentials } from './signer.ts';

type Provider = ReturnType<typeof fromIni>;
type Credentials = NonNullable<ConnectConfig['credentials']>;

/** Credentials are asked for again when they end within this time, in milliseconds, as in the SDK. */
const margin = 5 * 60_000;

export interface CredentialsContext {
  /** How the clients reach STS: a role is assumed over the same way as every other call goes. */
  readonly sts: Pick<ConnectConfig, 'region' | 'endpoint' | 'ignoreConfiguredEndpointUrls'> & {
    requestHandler: RequestHandler;
  };
  /** Asks the person for the code that an MFA device shows; absent where there is nobody to ask. */
  readonly askMfaCode?: ((serial: string) => Promise<string>) | undefined;
  readonly now: () => Date;
}

/**
 * The signer's credentials in the SDK's form. The SDK's providers take a while to load and are loaded only for a signer
 * that needs them, at the first call.
 */
export function composeCredentials(signer: Signer, context: CredentialsContext): Credentials {
  if (signer.kind === 'environment' || signer.kind === 'key') return reveal(signer.credentials);
  const profile = signer.kind === 'profile' ? signer.profile : undefined;
  let provider: Promise<Provider> | undefined;
  return rememberCredentials(
    async (options) => (await (provider ??= loadProvider(profile, context)))(options),
    context.now,
  );
}

function reveal({ AccessKeyId, SecretAccessKey, SessionToken }: StaticCredentials): Credentials {
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey.reveal(),
    ...(SessionToken !== undefined && { sessionToken: SessionToken.reveal() }),
  };
}

async function loadProvider(profile: string | undefined, { sts, askMfaCode }: CredentialsContext): Promise<Provider> {
  const { fromIni, fromNodeProviderChain, getDefaultRoleAssumer, getDefaultRoleAssumerWithWebIdentity } =
    await import('./providers.ts');
  const init = {
    // Sign-in services have endpoints of their own, but the same proxy and certificates.
    clientConfig: { requestHandler: sts.requestHandler },
    roleAssumer: getDefaultRoleAssumer(sts),
    roleAssumerWithWebIdentity: getDefaultRoleAssumerWithWebIdentity(sts),
    ...(askMfaCode !== undefined && { mfaCodeProvider: askMfaCode }),
  };
  // A profile that was named signs or nobody does: the chain would go on to whatever else this machine has.
  return profile === undefined ? fromNodeProviderChain(init) : fromIni({ ...init, profile });
}

/** One provider serves the clients of two services, so that a person is asked for one MFA code and not for two. */
function rememberCredentials(provider: Provider, now: () => Date): Provider {
  let known: Awaited<ReturnType<Provider>> | undefined;
  let pending: ReturnType<Provider> | undefined;
  return async (options) => {
    const end = known?.expiration?.getTime() ?? Infinity;
    if (known !== undefined && end - now().getTime() > margin) return known;
    pending ??= provider(options).finally(() => {
      pending = undefined;
    });
    return (known = await pending);
  };
}
