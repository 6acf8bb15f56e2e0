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

function describeEndless(Marker: string | undefined): AwsError {
  const what = Marker ? 'the same Marker twice' : 'no Marker for the next page';
  return new AwsError('ERR_NOT_IAM', `the list has no end: the endpoint promised more of it and gave ${what}`, {
    hint: 'check the endpoint URL: IAM itself does not do this',
  });
}
