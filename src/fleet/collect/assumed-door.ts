import { assumeRole } from '../../iam/assume-role.ts';
import { connectAs, type CredentialsProvider } from '../../iam/connect-as.ts';
import type { Connection } from '../../iam/index.ts';
import { AccountDoor, type DoorTerms } from './door.ts';

export interface RoleTerms {
  readonly aws: Connection;
  /** Through which the role is assumed. */
  readonly own: AccountDoor;
  readonly RoleArn: string;
  readonly terms: DoorTerms;
  readonly signal: AbortSignal | undefined;
}

/** CloudTrail shows it as the session's name. */
const RoleSessionName = 'keyturn-scan';

/**
 * The way into an account through a role there. Its session is made anew when it ends.
 *
 * @throws AwsError where the role may not be assumed
 */
export async function openAssumedDoor({ aws, own, RoleArn, terms, signal }: RoleTerms): Promise<AccountDoor> {
  const assume = () => own.call('AssumeRole', (it, stop) => assumeRole(it, { RoleArn, RoleSessionName }, stop), signal);
  // The first session is had at once, so that a refusal is AWS's own and not that of a provider of credentials.
  let ready: ReturnType<typeof assume> | undefined = Promise.resolve(await assume());
  const provide: CredentialsProvider = async () => {
    const session = await (ready ?? assume());
    ready = undefined;
    return {
      accessKeyId: session.AccessKeyId,
      secretAccessKey: session.SecretAccessKey.reveal(),
      sessionToken: session.SessionToken.reveal(),
      expiration: session.Expiration,
    };
  };
  return new AccountDoor(() => connectAs(aws, provide), terms);
}
