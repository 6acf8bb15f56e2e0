import { readAddress } from '../../policy/address.ts';
import type { ContextMap } from '../../policy/context.ts';
import { readDecimal } from '../../policy/decimal.ts';
import { readInstant } from '../../policy/instant.ts';
import { refuse } from '../actions/refusals.ts';

/** A condition key with its values, as a simulation is given it. */
export interface ContextEntry {
  readonly ContextKeyName?: string | undefined;
  readonly ContextKeyType?: string | undefined;
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
 * @throws AwsFault InvalidInput for a key without a name, type or value, given twice, or with a value of another type
 */
export function composeContext(
  entries: readonly ContextEntry[],
  caller: HypotheticalCaller | undefined,
  accountId: string,
): ContextMap {
  const context = describeCaller(caller, accountId);
  const given = new Set<string>();
  for (const entry of entries) {
    const { ContextKeyName: name, ContextKeyType: type, ContextKeyValues: values = [] } = entry;
    if (name === undefined && type === undefined && values.length === 0) continue;
    if (name === undefined || name === '') throw refuse('InvalidInput', 'ContextKeyName cannot be null or empty.');
    const key = name.toLowerCase();
    if (given.has(key)) throw refuse('InvalidInput', `Duplicate context key: ${name}.`);
    given.add(key);
    context[key] = readValues(name, type, values);
  }
  return context;
}

function readValues(name: string, type: string | undefined, values: readonly string[]): string | readonly string[] {
  if (type === undefined) throw refuse('InvalidInput', `Context key ${name} has invalid type null.`);
  const [first, ...more] = values;
  if (first === undefined) {
    throw refuse('InvalidInput', `Context values for context key ${name} cannot be null or empty.`);
  }
  const isList = type.endsWith('List');
  if (!isList && more.length > 0) {
    const problem = `expected a single value, but received ${values.length}`;
    throw refuse('InvalidInput', `Context key ${type} ${problem}.`);
  }
  const { read, must } = types[type.replace('List', '')] ?? { read: (value: string) => value, must: '' };
  const known = values.map((value) => {
    const spelled = read(value);
    if (spelled !== undefined) return spelled;
    throw refuse('InvalidInput', `Invalid context value for key ${name}: expected ${must}.`);
  });
  return isList ? known : (known[0] ?? first);
}

interface ValueType {
  /** The value as it is compared, undefined where it is none. */
  readonly read: (value: string) => string | undefined;
  readonly must: string;
}

const types: Readonly<Record<string, ValueType>> = {
  boolean: { read: (value) => String(value.toLowerCase() === 'true'), must: '' },
  numeric: { read: (value) => (readDecimal(value) === undefined ? undefined : value), must: 'numeric format' },
  date: { read: readDate, must: 'DateTime format' },
  ip: { read: (value) => (readAddress(value) === undefined ? undefined : value), must: 'IP address' },
  binary: {
    read: (value) => (Buffer.from(value, 'base64').toString('base64') === value ? value : undefined),
    must: 'base-64 encoded binary format',
  },
};

/** A year alone is a date here, not a number of seconds. */
function readDate(value: string): string | undefined {
  const instant = readInstant(/^\d{4}$/.test(value) ? `${value}-01` : value);
  const date = instant === undefined ? undefined : new Date(instant);
  return date === undefined || Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}

/** By lower-case name, so that what is given takes the place of what is not. */
function describeCaller(
  caller: HypotheticalCaller | undefined,
  accountId: string,
): Record<string, string | readonly string[]> {
  if (caller === undefined) {
    return { 'aws:principalaccount': accountId, 'aws:userid': 'STUB_PRINCIPAL_FOR_POLICY_SIMULATOR' };
  }
  return {
    'aws:principalaccount': caller.accountId,
    'aws:principalarn': caller.arn,
    'aws:userid': caller.arn,
    ...(caller.UserName !== undefined && { 'aws:username': caller.UserName }),
  };
}
