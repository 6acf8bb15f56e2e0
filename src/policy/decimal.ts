/**
 * Numbers as policies and requests write them: decimal, of any length and with an exponent, compared without loss.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Numeric
 */

/** `0.digits × 10^exponent`, the digits without zeros at either end; zero has none. */
export interface Decimal {
  readonly negative: boolean;
  readonly digits: string;
  readonly exponent: number;
}

const form = /^(?<sign>[+-]?)(?:(?<whole>\d+)(?:\.(?<part>\d*))?|\.(?<onlyPart>\d+))(?:[eE](?<power>[+-]?\d{1,9}))?$/;

/** Undefined where the text is no number. */
export function readDecimal(text: string): Decimal | undefined {
  const groups = form.exec(text)?.groups;
  if (groups === undefined) return undefined;
  const { sign, whole = '', power = '0' } = groups;
  const all = whole + (groups.part ?? groups.onlyPart ?? '');
  const significant = all.replace(/^0+/, '');
  const digits = significant.replace(/0+$/, '');
  if (digits === '') return { negative: false, digits, exponent: 0 };
  return {
    negative: sign === '-',
    digits,
    exponent: whole.length - (all.length - significant.length) + Number(power),
  };
}

/** Below, at or above zero as one number is less than, equal to or greater than the other. */
export function compareDecimals(one: Decimal, other: Decimal): number {
  const [left, right] = [findSign(one), findSign(other)];
  if (left !== right || left === 0) return left - right;
  return left * compareSizes(one, other);
}

function findSign({ negative, digits }: Decimal): number {
  if (digits === '') return 0;
  return negative ? -1 : 1;
}

function compareSizes(one: Decimal, other: Decimal): number {
  if (one.exponent !== other.exponent) return one.exponent - other.exponent;
  if (one.digits === other.digits) return 0;
  return one.digits < other.digits ? -1 : 1;
}
