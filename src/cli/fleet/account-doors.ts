/** The way into each account of a plan: the caller's own credentials, or a role there. */
import { assumeRole } from '../../iam/assume-role.ts';
import { getCallerIdentity, type Connection } from '../../iam/index.ts';
import type { AwsDoor } from '../connect.ts';

const usualRole = 'OrganizationAccountAccessRole';
/** CloudTrail shows it as the session's name. */
const RoleSessionName = 'keyturn-apply';

/**
 * Opens an account once, whoever asks.
 *
 * @returns rejects with an AwsError where its role may not be assumed
 */
export function rememberDoors(
  door: AwsDoor,
  roleName: string = usualRole,
  signal?: AbortSignal,
): (Account: string) => Promise<AwsDoor> {
  const known = new Map<string, Promise<AwsDoor>>();
  const own = getCallerIdentity(door.connection, { signal });
  async function open(Account: string): Promise<AwsDoor> {
    const caller = await own;
    if (caller.Account === Account) return door;
    const partition = caller.Arn.split(':')[1] ?? 'aws';
    const RoleArn = `arn:${partition}:iam::${Account}:role/${roleName.replace(/^\//, '')}`;
    const session = await assumeRole(door.connection, { RoleArn, RoleSessionName }, signal);
    const connection: Connection = door.connectAs(session);
    return { ...door, connection };
  }
  return (Account) => {
    const opened = known.get(Account) ?? open(Account);
    known.set(Account, opened);
    return opened;
  };
}
