import { AwsFault } from '../protocol/fault.ts';
import type { Caller } from './caller.ts';
import type { Directory } from './directory/directory.ts';
import type { SessionHolder, SessionTerms, User } from './directory/records.ts';

/** A key whose signature is right, and whom it stands for. */
export interface SigningKey {
  readonly accountId: string;
  readonly AccessKeyId: string;
  readonly holder: SessionHolder;
  /** Of a temporary key. */
  readonly terms?: SessionTerms | undefined;
}

/** Whom a key stands for, as the directory knows it now: renamed since, perhaps. */
export function identify({ accountId, AccessKeyId, holder, terms }: SigningKey, directory: Directory): Caller {
  const known = { accountId, accessKeyId: AccessKeyId, temporary: terms !== undefined, session: terms };
  const root = `arn:aws:iam::${accountId}:root`;
  switch (holder.kind) {
    case 'root':
      return { ...known, kind: 'root', arn: root, userId: accountId };
    case 'user': {
      const { Arn, UserId, UserName } = findUser(directory, holder.UserId);
      return { ...known, kind: 'user', arn: Arn, userId: UserId, userName: UserName };
    }
    case 'federated': {
      const { UserId, Name } = holder;
      const issuerArn = UserId === undefined ? root : findUser(directory, UserId).Arn;
      const arn = `arn:aws:sts::${accountId}:federated-user/${Name}`;
      const issuerId = UserId ?? accountId;
      return { ...known, kind: 'federated', arn, userId: `${accountId}:${Name}`, issuerId, issuerArn };
    }
    case 'role': {
      const role = directory.roles.findById(holder.RoleId);
      if (role === undefined) throw new TypeError(`the session ${AccessKeyId} belongs to a role that is gone`);
      const { RoleId, RoleName, Arn: issuerArn } = role;
      const arn = `arn:aws:sts::${accountId}:assumed-role/${RoleName}/${holder.RoleSessionName}`;
      const userId = `${RoleId}:${holder.RoleSessionName}`;
      return { ...known, kind: 'role', arn, userId, issuerId: RoleId, issuerArn };
    }
  }
}

/** A key goes with its user; only a replica may hear of the one before the other. */
function findUser(directory: Directory, UserId: string): User {
  const user = directory.users.findById(UserId);
  if (user !== undefined) return user;
  throw new AwsFault('InvalidClientTokenId', 'The security token included in the request is invalid.', 403);
}
