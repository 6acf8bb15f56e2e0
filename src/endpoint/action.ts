import type { Caller } from './caller.ts';
import type { Directory } from './directory/directory.ts';
import type { EventHistory } from './event-history.ts';
import type { Permissions } from './permissions.ts';
import type { NamedResource, Resource } from './resource.ts';

/** One verified, valid request on its way through an action. */
export interface Call<Input> {
  readonly input: Input;
  readonly caller: Caller;
  readonly directory: Directory;
  /** Who may do what. */
  readonly permissions: Permissions;
  readonly now: Date;
  /** Of the scope that the request was signed for. */
  readonly region: string;
  /** How many users an account may have. */
  readonly usersQuota: number;
  readonly history: EventHistory;
}

/**
 * What one AWS action is, once its caller is known and its input satisfies the service model: the resource that the
 * caller needs permission for, and the business rule.
 */
export interface Action<Input, Output> {
  /**
   * What the caller needs permission for: a resource with the words that AccessDenied has for it (`user bob`), or an ARN
   * or `*` that stands for itself. STS names none for the actions it serves to a whole account; then it is undefined.
   *
   * @throws AwsFault where the resource cannot be told, which AWS answers before it looks at any policy
   */
  resource(call: Call<Input>): NamedResource;
  /** The permissions that this very input needs on the resource, beside that of the action's name. */
  alsoNeeds?(call: Call<Input>): readonly string[];
  /** The role that it passes to a service, for which the caller needs iam:PassRole. */
  passes?(call: Call<Input>): Resource;
  /** Carries the action out in the caller's account. @throws AwsFault as AWS refuses */
  perform(call: Call<Input>): Output;
}
