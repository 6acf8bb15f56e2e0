import { refuse } from '../actions/refusals.ts';

/** A condition key with its values, as a simulation is given it. */
export interface ContextEntry {
  readonly ContextKeyName?: string | undefined;
  readonly ContextKeyValues?: readonly string[] | undefined;
}

/** Who makes the request that is simulated. */
export interface HypotheticalCaller {
  readonly arn: string;
  readonly accountId: string;
  readonly uniqueId?: string | undefined;
  /** Of a user alone. */
  readonly UserName?: string | undefined;
}

/**
 * The context of a simulated request: what is given, and of the caller what is not given. AWS puts the caller's ARN where
 * a request has the unique id, and where there is no caller a word of its own.
 *
 * @throws AwsFault InvalidInput for a key without a name, or given twice
 */
export function composeContext(
  entries: readonly ContextEntry[],
  caller: HypotheticalCaller | undefined,
  accountId: string,
): Record<string, readonly string[]> {
  const context = describeCaller(caller, accountId);
  const given = new Set<string>();
  for (const { ContextKeyName: name, ContextKeyValues = [] } of entries) {
    if (name === undefined || name === '') {
      throw refuse('InvalidInput', 'ContextKeyName cannot be null or empty.');
    }
    const key = name.toLowerCase();
    if (given.has(key)) throw refuse('InvalidInput', `Duplicate context key: ${name}.`);
    given.add(key);
    context[key] = ContextKeyValues;
  }
  return context;
}

/** By lower-case name, so that what is given takes the place of what is not. */
function describeCaller(caller: HypotheticalCaller | undefined, accountId: string): Record<string, readonly string[]> {
  if (caller === undefined) {
    return { 'aws:principalaccount': [accountId], 'aws:userid': ['STUB_PRINCIPAL_FOR_POLICY_SIMULATOR'] };
  }
  return {
    'aws:principalaccount': [caller.accountId],
    'aws:principalarn': [caller.arn],
    'aws:userid': [caller.arn],
    ...(caller.UserName !== undefined && { 'aws:username': [caller.UserName] }),
  };
}
