import type { PolicyInForce, PolicyLayers } from '../policy/decision.ts';
import type { PolicyKind, Statement } from '../policy/document.ts';
import { listDenials } from '../policy/unlimited.ts';
import type { Caller } from './caller.ts';
import { administratorAccess, type Directory } from './directory/directory.ts';
import type { SessionPolicy } from './directory/records.ts';
import { findDocument } from './managed-policies.ts';
import { PolicyDocuments } from './policy-documents.ts';

/** Policies in force, and the condition keys that they name, in lower case. */
export interface Layers {
  readonly layers: PolicyLayers;
  readonly keys: ReadonlySet<string>;
  /** Where they allow everything else within the account, what they deny: no other request needs to be held against them. */
  readonly denials?: readonly Statement[] | undefined;
}

/**
 * What an account gives each of its users that AllowUsersToChangePassword is set for.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_account-policy.html#custom-policy-options
 */
const ownPassword = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Action: 'iam:ChangePassword',
      Resource: ['arn:aws:iam::*:user/${aws:username}', 'arn:aws:iam::*:user/*/${aws:username}'],
    },
    { Effect: 'Allow', Action: 'iam:GetAccountPasswordPolicy', Resource: '*' },
  ],
});

/** Principals whose policies are kept at hand; when there are more, all are gathered anew. */
const mostKept = 2_000;

/** The policies in force for a caller, gathered once and kept until who may do what changes. */
export class Permissions {
  readonly #directory: Directory;
  readonly #documents = new PolicyDocuments();
  readonly #byPrincipal = new Map<string, Layers>();
  #revision = -1;

  constructor(directory: Directory) {
    this.#directory = directory;
  }

  /** Identity policies and boundary of the caller's principal, the limits of its account, the policies of its session. */
  find(caller: Caller): Layers {
    const found = this.#findPrincipal(caller);
    const session = this.#compileSession(caller);
    if (session === undefined) return found;
    return {
      layers: { ...found.layers, session: session.policies },
      keys: new Set([...found.keys, ...session.keys]),
    };
  }

  /** A document that belongs to no principal, a trust policy for instance. */
  compile(
    document: string,
    kind: PolicyKind,
    SourcePolicyId: string,
  ): { policy: PolicyInForce; keys: readonly string[] } {
    const { policy, keys } = this.#documents.compile(document, kind);
    return { policy: { SourcePolicyId, SourcePolicyType: 'IAM Policy', policy }, keys };
  }

  #findPrincipal(caller: Caller): Layers {
    const { value } = this.#directory.permissions;
    if (this.#revision !== value || this.#byPrincipal.size >= mostKept) this.#byPrincipal.clear();
    this.#revision = value;
    const id = findPrincipalId(caller);
    const known = this.#byPrincipal.get(id);
    if (known !== undefined) return known;
    const gathered = this.#gather(id, caller.accountId);
    this.#byPrincipal.set(id, gathered);
    return gathered;
  }

  #gather(id: string, accountId: string): Layers {
    const { users, roles, groups } = this.#directory;
    const gathering = new Gathering(this.#documents);
    if (id === accountId) this.#attach(gathering, accountId, administratorAccess);
    const user = users.findById(id);
    if (user !== undefined) {
      this.#addOwner(gathering, accountId, id, `user_${user.UserName}`);
      for (const { GroupId, GroupName } of groups.listOf(id)) {
        this.#addOwner(gathering, accountId, GroupId, `group_${GroupName}`);
      }
      const passwords = this.#directory.accountSettings.findPasswordPolicy(accountId);
      if (passwords?.AllowUsersToChangePassword) gathering.add(ownPassword, 'inline', 'AllowUsersToChangePassword');
    }
    const role = roles.findById(id);
    if (role !== undefined) this.#addOwner(gathering, accountId, id, `role_${role.RoleName}`);
    const identity = [...gathering.policies];
    const boundary = this.#findBoundary(gathering, accountId, user?.boundaryArn ?? role?.boundaryArn);
    const limits = this.#directory.organizations.findLimits(accountId);
    const scp = limits?.map((level) =>
      level.map(({ PolicyName, document }) => gathering.add(document, 'scp', PolicyName)),
    );
    const layers = { identity, ...(boundary && { boundary }), ...(scp && { scp }) };
    return { layers, keys: gathering.keys, denials: listDenials(layers) };
  }

  #addOwner(gathering: Gathering, accountId: string, ownerId: string, owner: string): void {
    for (const { PolicyName, document } of this.#directory.inlinePolicies.list(ownerId)) {
      gathering.add(document, 'inline', `${owner}_${PolicyName}`);
    }
    for (const arn of this.#directory.attachedPolicies.list(ownerId)) this.#attach(gathering, accountId, arn);
  }

  #attach(gathering: Gathering, accountId: string, arn: string): PolicyInForce | undefined {
    const document = findDocument(this.#directory, accountId, arn);
    return document === undefined ? undefined : gathering.add(document, 'managed', arn.slice(arn.lastIndexOf('/') + 1));
  }

  #findBoundary(gathering: Gathering, accountId: string, arn: string | undefined): PolicyInForce | undefined {
    return arn === undefined ? undefined : this.#attach(gathering, accountId, arn);
  }

  /** A federated user may do nothing that its session was not given policies for. */
  #compileSession({
    kind,
    accountId,
    session,
  }: Caller): { policies: readonly PolicyInForce[]; keys: ReadonlySet<string> } | undefined {
    const given: readonly SessionPolicy[] | undefined = session?.policies ?? (kind === 'federated' ? [] : undefined);
    if (given === undefined) return undefined;
    const gathering = new Gathering(this.#documents);
    // The policies of a root user's tasks only deny.
    if (kind === 'root') this.#attach(gathering, accountId, administratorAccess);
    for (const { id, document } of given) gathering.add(document, id.startsWith('arn:') ? 'managed' : 'session', id);
    return gathering;
  }
}

/** Policies as they are collected. */
class Gathering {
  readonly policies: PolicyInForce[] = [];
  readonly keys = new Set<string>();
  readonly #documents: PolicyDocuments;

  constructor(documents: PolicyDocuments) {
    this.#documents = documents;
  }

  add(document: string, kind: PolicyKind, SourcePolicyId: string): PolicyInForce {
    const { policy, keys } = this.#documents.compile(document, kind);
    const inForce = { SourcePolicyId, SourcePolicyType: 'IAM Policy', policy };
    this.policies.push(inForce);
    for (const key of keys) this.keys.add(key);
    return inForce;
  }
}

/** Whose policies count: the user's, the role's, those of the user who federated; root's by the account id. */
function findPrincipalId(caller: Caller): string {
  return caller.kind === 'role' || caller.kind === 'federated' ? caller.issuerId : caller.userId;
}
