/** Which keys an entry of keyturn.yaml is about: every member that is given has to hold, and of a list, one. */
import * as v from 'valibot';

const filled = v.pipe(v.string(), v.nonEmpty('is empty'));
const userPattern = v.pipe(filled, v.regex(/^[\w+=,.@*?<>-]+$/, 'is not a user name, nor a pattern of one'));
const pathPattern = v.pipe(filled, v.regex(/^\/[!-~]*$/, 'is not a path: it begins with /'));
const tag = v.pipe(filled, v.regex(/^[^=]+(=.*)?$/s, 'is not a tag: write Key, or Key=Value'));
const account = v.pipe(
  v.string('is not an account id: write its twelve digits in quotes'),
  v.regex(/^\d{12}$/, 'is not an account id: write its twelve digits in quotes'),
);

/** One value, or a list of them. */
export function oneOrMore(schema: v.GenericSchema<unknown, string>): v.GenericSchema<unknown, readonly string[]> {
  const list = v.pipe(v.array(schema), v.nonEmpty('is empty'));
  const toList = v.transform((value: unknown): unknown => (Array.isArray(value) ? value : [value]));
  return v.pipe(v.unknown(), toList, list);
}

/** `*` stands for any run of characters. */
export const selectionEntries = {
  user: v.optional(oneOrMore(userPattern)),
  path: v.optional(oneOrMore(pathPattern)),
  tag: v.optional(oneOrMore(tag)),
  account: v.optional(oneOrMore(account)),
};
