import { describe, expect, it } from 'vitest';
import { readSorted, takePage, takeSlice, type Page, type PageRequest } from '../../../../src/endpoint/actions/page.ts';

const letters = ['a', 'b', 'c', 'd', 'e', 'f'];
const selection = ['letters'];
const without = (...gone: readonly string[]) => letters.filter((letter) => !gone.includes(letter));
const same = (letter: string) => letter;

const readers: Readonly<Record<string, (all: readonly string[], request: PageRequest) => Page<string>>> = {
  takePage: (all, request) => takePage(all, same, selection, request),
  takeSlice: (all, request) => takeSlice(selection, request, readSorted(all, same)),
};

describe.each(Object.entries(readers))('%s', (_, take) => {
  const { Marker } = take(letters, { MaxItems: 2 });

  it.each([
    ['the next item', without('c'), ['d', 'e']],
    ['several to come', without('c', 'd'), ['e', 'f']],
    ['the last one shown', without('b'), ['c', 'd']],
    ['all that were shown', without('a', 'b'), ['c', 'd']],
    ['nothing', letters, ['c', 'd']],
  ])('goes on when %s is gone', (_gone, all, items) => {
    expect(take(all, { Marker, MaxItems: 2 }).items).toEqual(items);
  });

  it('ends where the rest is gone', () => {
    expect(take(['a', 'b'], { Marker, MaxItems: 2 })).toEqual({ items: [], IsTruncated: false });
  });

  it('refuses the marker of another selection', () => {
    const other = takePage(letters, same, ['others'], { MaxItems: 2 }).Marker;
    expect(() => take(letters, { Marker: other })).toThrow('Invalid Marker.');
  });
});
