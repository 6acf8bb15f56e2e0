import { AwsError } from '../errors.ts';

export interface Page {
  readonly IsTruncated?: boolean | undefined;
  readonly Marker?: string | undefined;
}

/**
 * All pages of a list, each read when it is asked for.
 *
 * @throws AwsError ERR_NOT_IAM when the list cannot end: more is promised without a Marker, or a Marker comes again
 */
export async function* readPages<P extends Page>(
  readPage: (Marker: string | undefined) => Promise<P>,
): AsyncGenerator<P> {
  const seen = new Set<string>();
  let page = await readPage(undefined);
  yield page;
  while (page.IsTruncated === true) {
    const { Marker } = page;
    if (!Marker || seen.has(Marker)) throw describeEndless(Marker);
    seen.add(Marker);
    page = await readPage(Marker);
    yield page;
  }
}

/**
 * The list of an answer. No list is not an empty list: reading it so would say that there are no users, or no keys.
 *
 * @throws AwsError ERR_NOT_IAM
 */
export function requireList<T>(list: T[] | undefined, action: string): T[] {
  if (list !== undefined) return list;
  throw new AwsError('ERR_NOT_IAM', `the endpoint answered ${action} without a list`, {
    hint: 'check the endpoint URL: IAM itself always gives a list, be it empty',
  });
}

function describeEndless(Marker: string | undefined): AwsError {
  const what = Marker ? 'the same Marker twice' : 'no Marker for the next page';
  return new AwsError('ERR_NOT_IAM', `the list has no end: the endpoint promised more of it and gave ${what}`, {
    hint: 'check the endpoint URL: IAM itself does not do this',
  });
}
