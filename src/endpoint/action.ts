import type { Caller } from './caller.ts';
import type { Directory } from './directory/directory.ts';

/** One verified, valid request on its way through an action. */
export interface Call<Input> {
  readonly input: Input;
  readonly caller: Caller;
  readonly directory: Directory;
  readonly now: Date;
}

/**
 * What one AWS action is, once its caller is known and its input satisfies the service model: the resource that the
 * caller needs permission for, and the business rule.
 */
export interface Action<Input, Output> {
  /**
   * What AccessDenied names after `on resource:`: `user bob`, `access key AKIA…`, an ARN, or `*`. STS names none for
   * the actions it serves to a whole account; then it is undefined and the words are left out.
   *
   * @throws AwsFault where the resource cannot be told, which AWS answers before it looks at any policy
   */
  resource(call: Call<Input>): string | undefined;
  /** Carries the action out in the caller's account. @throws AwsFault as AWS refuses */
  perform(call: Call<Input>): Output;
}
