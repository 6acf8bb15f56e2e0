/** The constraints of scalar shapes, compiled once a shape. */

import type { IntegerShape, Shape, StringShape } from './model.ts';

/** One constraint of a scalar: AWS's words for it, and whether a value satisfies it. */
export interface Rule {
  readonly words: string;
  holds(value: string | number): boolean;
}

const rulesOfShapes = new WeakMap<Shape, readonly Rule[]>();

/** The rules of a scalar in the order in which AWS lists them; made once for each shape. */
export function findRules(shape: StringShape | IntegerShape): readonly Rule[] {
  const known = rulesOfShapes.get(shape);
  if (known !== undefined) return known;
  const rules = shape.type === 'string' ? makeStringRules(shape) : makeIntegerRules(shape);
  rulesOfShapes.set(shape, rules);
  return rules;
}

function makeIntegerRules({ min, max }: IntegerShape): readonly Rule[] {
  const rules: Rule[] = [];
  const add = (words: string, holds: Rule['holds']) => rules.push({ words, holds });
  if (max !== undefined) add(`Member must have value less than or equal to ${max}`, (value) => Number(value) <= max);
  if (min !== undefined) add(`Member must have value greater than or equal to ${min}`, (value) => Number(value) >= min);
  return rules;
}

function makeStringRules({ min, max, pattern, enum: values, unlisted }: StringShape): readonly Rule[] {
  const list = values === undefined || unlisted ? '' : `: [${[...values].sort(byHash).join(', ')}]`;
  const rules: Rule[] = [];
  const add = (words: string, holds: (value: string) => boolean) => {
    rules.push({ words, holds: (value) => holds(String(value)) });
  };
  if (max !== undefined)
    add(`Member must have length less than or equal to ${max}`, (value) => countCharacters(value) <= max);
  if (min !== undefined && min > 0) {
    add(`Member must have length greater than or equal to ${min}`, (value) => countCharacters(value) >= min);
  }
  if (values !== undefined) add(`Member must satisfy enum value set${list}`, (value) => values.includes(value));
  if (pattern !== undefined) {
    add(`Member must satisfy regular expression pattern: ${pattern}`, (value) => compilePattern(pattern).test(value));
  }
  return rules;
}

/** AWS lists the values of an enumeration in the order in which a Java hash set of 32 places holds them. */
function byHash(one: string, other: string): number {
  return findPlace(one) - findPlace(other);
}

function findPlace(text: string): number {
  return Array.from(text).reduce((hash, character) => (hash * 31 + character.charCodeAt(0)) | 0, 0) & 31;
}

const surrogate = /[\uD800-\uDFFF]/;

/** AWS counts characters of Unicode, neither bytes nor UTF-16 units, and normalizes nothing before. */
function countCharacters(text: string): number {
  return surrogate.test(text) ? Array.from(text).length : text.length;
}

const compiled = new Map<string, RegExp>();

/** A model's pattern, for a whole value whether it says so or not; made once. */
export function compilePattern(pattern: string): RegExp {
  let expression = compiled.get(pattern);
  if (expression === undefined) {
    expression = new RegExp(`^(?:${pattern})$`, 'u');
    compiled.set(pattern, expression);
  }
  return expression;
}
