import type { Context } from '../context.ts';
import { describeAccessKeys, type AccessKeyElement } from '../output/access-keys.ts';
import { formatList } from '../output/answer.ts';

/** Prints access keys as they come, and returns them counted. */
export async function printAccessKeys(context: Context, keys: AsyncIterable<AccessKeyElement>): Promise<number> {
  const { form, now, printer } = context;
  let count = 0;
  async function* countKeys(): AsyncGenerator<AccessKeyElement> {
    for await (const key of keys) {
      count += 1;
      yield key;
    }
  }
  for await (const piece of formatList(countKeys(), describeAccessKeys(now()), form)) await printer.data(piece);
  return count;
}
