/** Findings that somebody has decided to live with for a while, and why. */
import { compilePattern, matchesPattern } from '../../policy/pattern.ts';
import type { UserFacts } from '../facts.ts';
import { isUnknown } from './facts-of.ts';

/** All that is given has to hold; of a list, one. `*` stands for any run of characters. */
export interface Exclusion {
  readonly reason: string;
  /** The last moment at which it excludes. */
  readonly until: Date;
  /** Ids of rules; all of them if absent. */
  readonly rules?: readonly string[];
  readonly accounts?: readonly string[];
  readonly users?: readonly string[];
  /** Of the user: a path covers the paths below it. */
  readonly paths?: readonly string[];
  /** `Key`, or `Key=Value`. */
  readonly tags?: readonly string[];
}

/** Whether it still excludes. */
export function isInForce({ until }: Exclusion, now: Date): boolean {
  return now.getTime() <= until.getTime();
}

/** Whether an exclusion covers a rule's findings on a user. What is not known of the user is not covered. */
export function covers(exclusion: Exclusion, user: UserFacts, rule: string): boolean {
  const { rules, accounts, users, paths, tags } = exclusion;
  return (
    (rules === undefined || rules.includes(rule)) &&
    (accounts === undefined || accounts.includes(user.Account)) &&
    (users === undefined || users.some((pattern) => matches(pattern, user.UserName))) &&
    (paths === undefined || paths.some((pattern) => coversPath(pattern, findPath(user)))) &&
    (tags === undefined || tags.some((tag) => hasTag(user, tag)))
  );
}

/** The path of a user; its ARN has it where nothing else tells. */
export function findPath({ Path, Arn }: UserFacts): string | undefined {
  return Path ?? /:user(\/(?:.*\/)?)[^/]+$/.exec(Arn)?.[1];
}

function coversPath(pattern: string, path: string | undefined): boolean {
  return path !== undefined && matches(pattern.endsWith('/') ? `${pattern}*` : pattern, path);
}

function hasTag({ Tags }: UserFacts, tag: string): boolean {
  if (isUnknown(Tags)) return false;
  const [, wanted = '', value] = /^([^=]*)(?:=(.*))?$/s.exec(tag) ?? [];
  return Object.entries(Tags).some(
    ([Key, Value]) => Key.toLowerCase() === wanted.toLowerCase() && (value === undefined || matches(value, Value)),
  );
}

function matches(pattern: string, text: string): boolean {
  return matchesPattern(compilePattern(pattern), text);
}
