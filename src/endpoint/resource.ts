/** What a caller needs permission for. */
export interface Resource {
  readonly arn: string;
  /** How AccessDenied names it after `on resource:`, where that is not the ARN: `user bob`, `role ops`. */
  readonly words?: string;
  /** The account it is in; the caller's when absent. */
  readonly accountId?: string;
  /** The unique id of whoever has the tags that aws:ResourceTag means; absent for what has none. */
  readonly taggedId?: string | undefined;
  /** The ARN of the policy that bounds it now, which is what iam:PermissionsBoundary means. */
  readonly boundaryArn?: string | undefined;
  /** The document that says who may assume it, of a role to be assumed. */
  readonly trustPolicy?: string;
  /** The service that gets it, of a role to be passed. */
  readonly passedTo?: string;
  /** Whether AccessDenied gives no reason. */
  readonly silent?: boolean;
}

/** A resource as an action gives it: an ARN or `*` stands for itself; undefined names nothing, which is `*`. */
export type NamedResource = Resource | string | undefined;

/** The ARN that policies are matched with. */
export function toResource(named: NamedResource): Resource {
  return typeof named === 'object' ? named : { arn: named ?? '*' };
}

/** What AccessDenied says after `on resource:`; undefined where it says nothing. */
export function nameResource(named: NamedResource): string | undefined {
  return typeof named === 'object' ? (named.words ?? named.arn) : named;
}
