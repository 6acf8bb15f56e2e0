import type { Tag } from '../directory/records.ts';
import { refuse } from './refusals.ts';

/**
 * The rules for tags that no constraint states, in AWS's order.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html#id_tags_rules_creating
 *
 * @throws AwsFault InvalidInput for a reserved key, or one given twice in whatever case
 */
export function requireTags(tags: readonly Tag[]): void {
  const keys = tags.map(({ Key }) => foldTagKey(Key));
  if (keys.some((key) => key.startsWith('aws:'))) {
    throw refuse('InvalidInput', 'Tag keys beginning with aws: are reserved for system use.');
  }
  if (new Set(keys).size < keys.length) {
    throw refuse('InvalidInput', 'Duplicate tag keys found. Please note that Tag keys are case insensitive.');
  }
}

/** A list of tags or keys that is there but empty. @throws AwsFault InvalidInput, in words that end with a space */
export function requireSome(list: readonly unknown[]): void {
  if (list.length === 0) throw refuse('InvalidInput', 'Error occurred while validating input. ');
}

/** Two keys are the same key when this is the same. */
export function foldTagKey(Key: string): string {
  return Key.toLowerCase();
}
