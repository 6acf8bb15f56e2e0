/**
 * The condition operators: how one value of a request meets one value of a policy. A negated operator holds when the value
 * meets none of the policy's. Names are not case-sensitive.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
import { isInRange, readAddress, readAddressRange } from './address.ts';
import { compareDecimals, readDecimal } from './decimal.ts';
import { readInstant } from './instant.ts';
import { isAnything, matchesPattern, splitPattern } from './pattern.ts';
import type { Resolved } from './template.ts';

type Meets = (expected: Resolved, actual: string) => boolean;
type Reads = (text: string) => boolean;

export interface Comparison {
  readonly kind: 'comparison';
  readonly meets: Meets;
  readonly negated: boolean;
  /** Whether policy variables mean anything in its values. */
  readonly variables: boolean;
  /** Whether a policy's value can be compared at all, which AWS checks when a user's, group's or role's policy is written. */
  readonly reads: Reads;
  /** What of a request can be compared at all: another value passes neither the operator nor its negation. */
  readonly takes?: Reads;
  /** The same in simulations, where it is more. */
  readonly takesSimulated?: Reads;
  /**
   * What becomes of a policy's value that cannot be compared, rather than that nothing meets it: `decides` makes a Deny
   * hold and an Allow not, `fails` fails the test in simulations.
   */
  readonly unread?: 'decides' | 'fails';
}

/** `Null` asks whether a key is absent, whatever its value. */
export type Operator =
  Comparison | { readonly kind: 'null'; readonly variables: false; readonly reads: Reads; readonly unread?: never };

const isSame: Meets = (expected, actual) => expected.text === actual;
const isSameIgnoringCase: Meets = (expected, actual) => lower(expected.text) === lower(actual);
const isLike: Meets = (expected, actual) => matchesPattern(expected.pattern, actual);

/** In lower case, save the characters beyond the basic plane, which AWS leaves as they are. */
function lower(text: string): string {
  const lowered = text.toLowerCase();
  if (!beyond.test(text)) return lowered;
  const kept = text.match(allBeyond) ?? [];
  return lowered.replaceAll(allBeyond, () => kept.shift() ?? '');
}

const beyond = /[\u{10000}-\u{10ffff}]/u;
const allBeyond = /[\u{10000}-\u{10ffff}]/gu;

type Holds = (difference: number) => boolean;

/** Compares the values behind two texts; a text that has none meets nothing. */
function orderBy<T>(
  read: (text: string) => T | undefined,
  subtract: (left: T, right: T) => number,
  holds: Holds,
): Meets {
  return (expected, actual) => {
    const [left, right] = [read(actual), read(expected.text)];
    return left !== undefined && right !== undefined && holds(subtract(left, right));
  };
}

const isEqual: Holds = (difference) => difference === 0;
const isLess: Holds = (difference) => difference < 0;
const isLessOrEqual: Holds = (difference) => difference <= 0;
const isGreater: Holds = (difference) => difference > 0;
const isGreaterOrEqual: Holds = (difference) => difference >= 0;

const isNumber: Reads = (text) => readDecimal(text) !== undefined;
const isDate: Reads = (text) => readInstant(text) !== undefined;
const isAddress: Reads = (text) => readAddress(text) !== undefined;
const isRange: Reads = (text) => readAddressRange(text) !== undefined;
const isArn: Reads = (text) => /^arn:(?:[^:]*:){4}/.test(text);
const isBinary: Reads = (text) => Buffer.from(text, 'base64').toString('base64') === text;
const isAnyText: Reads = () => true;

/** Whatever is not true is false. */
const isSameBoolean: Meets = (expected, actual) => isTrue(expected.text) === isTrue(actual);

function isTrue(text: string): boolean {
  return text.toLowerCase() === 'true';
}

const isSameBinary: Meets = (expected, actual) => isBinary(actual) && expected.text === actual;

const isWithin: Meets = (expected, actual) => {
  const [range, address] = [readAddressRange(expected.text), readAddress(actual)];
  return range !== undefined && address !== undefined && isInRange(range, address);
};

/** Compares the six parts of an ARN one by one, so that a wildcard does not reach across a colon, save in the last. */
const isLikeArn: Meets = ({ pattern }, actual) => {
  if (isAnything(pattern)) return true;
  const expected = splitPattern(pattern, 6);
  const parts = actual.split(':');
  const given = [...parts.slice(0, 5), parts.slice(5).join(':')];
  return expected.length === 6 && expected.every((part, index) => matchesPattern(part, given[index] ?? ''));
};

function compare(meets: Meets, reads: Reads = isAnyText): Comparison {
  return { kind: 'comparison', meets, negated: false, variables: false, reads };
}

function compareFilled(meets: Meets): Comparison {
  return { ...compare(meets), variables: true };
}

function compareNumbers(holds: Holds): Comparison {
  return { ...compare(orderBy(readDecimal, compareDecimals, holds), isNumber), takesSimulated: isNumber };
}

function compareDates(holds: Holds): Comparison {
  return compare(
    orderBy(readInstant, (left, right) => left - right, holds),
    isDate,
  );
}

function compareAddresses(): Comparison {
  return { ...compare(isWithin, isRange), takes: isAddress, unread: 'fails' };
}

function compareArns(): Comparison {
  const reads: Reads = (text) => text === '*' || isArn(text);
  return { ...compareFilled(isLikeArn), reads, takes: isArn, unread: 'decides' };
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
  BinaryEquals: compare(isSameBinary, isBinary),
  IpAddress: compareAddresses(),
  NotIpAddress: negate(compareAddresses()),
  ArnEquals: compareArns(),
  ArnLike: compareArns(),
  ArnNotEquals: negate(compareArns()),
  ArnNotLike: negate(compareArns()),
  Null: { kind: 'null', variables: false, reads: isAnyText },
};

const byName: ReadonlyMap<string, Operator> = new Map(
  Object.entries(operators).map(([name, operator]) => [name.toLowerCase(), operator]),
);

export function findOperator(name: string): Operator | undefined {
  return byName.get(name.toLowerCase());
}
