import type { Call } from '../action.ts';
import type { NamedResource } from '../resource.ts';
import { findNamedUser, nameUser } from './named-user.ts';

/** Who has an MFA device, or is to have it. */
export interface DeviceOwner {
  /** The account id for the root user. */
  readonly UserId: string;
}

type NamingCall = Call<{ readonly UserName: string }>;

/**
 * The user that a request names. Called by the root user, `root` or the account id means itself where no user has that
 * name: AWS wants a name, and does not say which one the root user has.
 *
 * @throws AwsFault NoSuchEntity
 */
export function findDeviceOwner(call: NamingCall): DeviceOwner {
  return namesRoot(call) ? { UserId: call.caller.accountId } : findNamedUser(call);
}

/** The same as a resource. */
export function nameDeviceOwner(call: NamingCall): NamedResource {
  return namesRoot(call) ? call.caller.arn : nameUser(call);
}

function namesRoot({ input: { UserName }, caller, directory }: NamingCall): boolean {
  const isMeant = caller.kind === 'root' && (UserName === 'root' || UserName === caller.accountId);
  return isMeant && directory.users.find(caller.accountId, UserName) === undefined;
}
