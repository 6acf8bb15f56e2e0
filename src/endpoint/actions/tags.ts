import type { Call } from '../action.ts';
import type { Tag } from '../directory/records.ts';
import { foldKey } from '../directory/tags.ts';
import { takePage, type Page, type PageRequest } from './page.ts';
import { tagsQuota } from './quotas.ts';
import { refuse } from './refusals.ts';

/**
 * The rules for the tags of users and roles that no constraint states, in AWS's order.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html#id_tags_rules_creating
 *
 * @throws AwsFault InvalidInput for a reserved key, or one given twice in whatever case
 */
export function requireTags(tags: readonly Tag[]): void {
  const keys = tags.map(({ Key }) => Key.toLowerCase());
  requireUnreserved(keys);
  if (new Set(keys).size < keys.length) {
    throw refuse('InvalidInput', 'Duplicate tag keys found. Please note that Tag keys are case insensitive.');
  }
}

/** The same for policies and MFA devices, whose keys differ by case too. @throws AwsFault InvalidInput */
export function requireCasedTags(tags: readonly Tag[]): void {
  const keys = tags.map(({ Key }) => Key);
  requireUnreserved(keys.map((key) => key.toLowerCase()));
  if (new Set(keys).size < keys.length) throw refuse('InvalidInput', 'Duplicate tag keys found.');
}

/** A list of tags or keys that is there but empty. @throws AwsFault InvalidInput, in words that end with a space */
export function requireSome(list: readonly unknown[]): void {
  if (list.length === 0) throw refuse('InvalidInput', 'Error occurred while validating input. ');
}

/** Adds tags to those an owner has. @throws AwsFault LimitExceeded when they become too many */
export function putTags({ input, caller, directory }: Call<{ readonly Tags: readonly Tag[] }>, ownerId: string): void {
  const { Tags } = input;
  const keys = new Set([...directory.tags.list(ownerId), ...Tags].map(({ Key }) => foldKey(ownerId, Key)));
  if (keys.size > tagsQuota) throw refuse('LimitExceeded', 'The number of tags has reached the maximum limit.');
  directory.tags.put(caller.accountId, ownerId, Tags);
}

/** The tags of an owner, a page at a time. */
export function listTags(
  { input, directory }: Call<PageRequest>,
  ownerId: string,
): Omit<Page<Tag>, 'items'> & { Tags: readonly Tag[] } {
  const { items, ...more } = takePage(directory.tags.list(ownerId), ({ Key }) => Key, ['tags', ownerId], input);
  return { Tags: items, ...more };
}

function requireUnreserved(keys: readonly string[]): void {
  if (keys.some((key) => key.startsWith('aws:'))) {
    throw refuse('InvalidInput', 'Tag keys beginning with aws: are reserved for system use.');
  }
}
