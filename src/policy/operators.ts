/**
 * The condition operators: how one value of a request meets one value of a policy. A negated operator holds when the value
 * meets none of the policy's. Names are not case-sensitive.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
import { BlockList, isIP } from 'node:net';
import { readInstant } from './instant.ts';
import { matchesPattern, splitPattern } from './pattern.ts';
import type { Resolved } from './template.ts';

type Meets = (expected: Resolved, actual: string) => boolean;

export interface Comparison {
  readonly kind: 'comparison';
  readonly meets: Meets;
  readonly negated: boolean;
  /** Whether policy variables mean anything in its values. */
  readonly variables: boolean;
  /** Whether its values must be dates, which AWS checks when a policy is written; it checks no other kind of value. */
  readonly dates: boolean;
}

/** `Null` asks whether a key is absent, whatever its value. */
export type Operator = Comparison | { readonly kind: 'null'; readonly variables: false; readonly dates: false };

const isSame: Meets = (expected, actual) => expected.text === actual;
const isSameIgnoringCase: Meets = (expected, actual) => expected.text.toLowerCase() === actual.toLowerCase();
const isLike: Meets = (expected, actual) => matchesPattern(expected.pattern, actual);

/** Compares the values behind two texts; a text that has none meets nothing. */
function orderBy(read: (text: string) => number | undefined, holds: (difference: number) => boolean): Meets {
  return (expected, actual) => {
    const [left, right] = [read(actual), read(expected.text)];
    return left !== undefined && right !== undefined && holds(left - right);
  };
}

const isEqual = (difference: number): boolean => difference === 0;
const isLess = (difference: number): boolean => difference < 0;
const isLessOrEqual = (difference: number): boolean => difference <= 0;
const isGreater = (difference: number): boolean => difference > 0;
const isGreaterOrEqual = (difference: number): boolean => difference >= 0;

function readNumber(text: string): number | undefined {
  return /^[+-]?(\d+(\.\d*)?|\.\d+)$/.test(text) ? Number(text) : undefined;
}

const isSameBoolean: Meets = (expected, actual) =>
  /^(true|false)$/i.test(actual) && isSameIgnoringCase(expected, actual);

const isSameBinary: Meets = (expected, actual) =>
  Buffer.from(expected.text, 'base64').equals(Buffer.from(actual, 'base64'));

/** An address alone is a range of one. An address of version 4 is in no range of version 6, nor the other way round. */
const isInRange: Meets = ({ text }, address) => {
  const range = findRange(text);
  return range?.list.check(address, range.family) ?? false;
};

interface AddressRange {
  readonly list: BlockList;
  readonly family: 'ipv4' | 'ipv6';
}

/** Ranges already read: reading one costs some forty comparisons with it, and one range meets many addresses. */
const ranges = new Map<string, AddressRange | undefined>();
const mostRanges = 10_000;

function findRange(text: string): AddressRange | undefined {
  if (!ranges.has(text)) {
    if (ranges.size >= mostRanges) ranges.clear();
    ranges.set(text, readRange(text));
  }
  return ranges.get(text);
}

function readRange(text: string): AddressRange | undefined {
  const [network = '', prefix] = text.split('/', 2);
  const version = isIP(network);
  const bits = version === 4 ? 32 : 128;
  const length = prefix === undefined ? bits : Number(prefix);
  if (version === 0 || !/^\d+$/.test(prefix ?? '0') || length > bits) return undefined;
  const family = version === 4 ? 'ipv4' : 'ipv6';
  const list = new BlockList();
  list.addSubnet(network, length, family);
  return { list, family };
}

/** Compares the six parts of an ARN one by one, so that a wildcard does not reach across a colon, save in the last. */
const isLikeArn: Meets = ({ pattern }, actual) => {
  const expected = splitPattern(pattern, 6);
  const parts = actual.split(':');
  const given = [...parts.slice(0, 5), parts.slice(5).join(':')];
  if (expected.length < 6 || parts.length < 6) return false;
  return expected.every((part, index) => matchesPattern(part, given[index] ?? ''));
};

function compare(meets: Meets): Comparison {
  return { kind: 'comparison', meets, negated: false, variables: false, dates: false };
}

function compareFilled(meets: Meets): Comparison {
  return { ...compare(meets), variables: true };
}

function compareNumbers(holds: (difference: number) => boolean): Comparison {
  return compare(orderBy(readNumber, holds));
}

function compareDates(holds: (difference: number) => boolean): Comparison {
  return { ...compare(orderBy(readInstant, holds)), dates: true };
}

function negate(comparison: Comparison): Comparison {
  return { ...comparison, negated: true };
}

const operators: Readonly<Record<string, Operator>> = {
  StringEquals: compareFilled(isSame),
  StringNotEquals: negate(compareFilled(isSame)),
  StringEqualsIgnoreCase: compareFilled(isSameIgnoringCase),
  StringNotEqualsIgnoreCase: negate(compareFilled(isSameIgnoringCase)),
  StringLike: compareFilled(isLike),
  StringNotLike: negate(compareFilled(isLike)),
  NumericEquals: compareNumbers(isEqual),
  NumericNotEquals: negate(compareNumbers(isEqual)),
  NumericLessThan: compareNumbers(isLess),
  NumericLessThanEquals: compareNumbers(isLessOrEqual),
  NumericGreaterThan: compareNumbers(isGreater),
  NumericGreaterThanEquals: compareNumbers(isGreaterOrEqual),
  DateEquals: compareDates(isEqual),
  DateNotEquals: negate(compareDates(isEqual)),
  DateLessThan: compareDates(isLess),
  DateLessThanEquals: compareDates(isLessOrEqual),
  DateGreaterThan: compareDates(isGreater),
  DateGreaterThanEquals: compareDates(isGreaterOrEqual),
  Bool: compareFilled(isSameBoolean),
  BinaryEquals: compare(isSameBinary),
  IpAddress: compare(isInRange),
  NotIpAddress: negate(compare(isInRange)),
  ArnEquals: compareFilled(isLikeArn),
  ArnLike: compareFilled(isLikeArn),
  ArnNotEquals: negate(compareFilled(isLikeArn)),
  ArnNotLike: negate(compareFilled(isLikeArn)),
  Null: { kind: 'null', variables: false, dates: false },
};

const byName: ReadonlyMap<string, Operator> = new Map(
  Object.entries(operators).map(([name, operator]) => [name.toLowerCase(), operator]),
);

export function findOperator(name: string): Operator | undefined {
  return byName.get(name.toLowerCase());
}
