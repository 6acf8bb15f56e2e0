/** Pictures as inline SVG: every one has its numbers in words too, for those who do not see it. */
import { markup, type Markup } from './markup.ts';

/** A part of a bar. */
export interface Segment {
  readonly value: number;
  /** The class that colours it. */
  readonly kind: string;
  /** What it counts. */
  readonly name: string;
}

export interface Bar {
  readonly label: string;
  readonly segments: readonly Segment[];
}

const width = 560;

/** Upright bars, the segments on top of one another. Of many bars only some have a label. */
export function drawColumns(
  bars: readonly Bar[],
  title: string,
  options: { mark?: { after: number; label: string } } = {},
): Markup {
  const { mark } = options;
  const [top, height, bottom] = [26, 170, 24];
  const step = width / Math.max(1, bars.length);
  const most = Math.max(1, ...bars.map(sumOf));
  const every = Math.ceil(bars.length / 9);
  const columns = bars.map((bar, index) => {
    const x = index * step + step * 0.14;
    const total = sumOf(bar);
    let y = top + height;
    const parts = bar.segments.map(({ value, kind, name }) => {
      const size = (value / most) * height;
      y -= size;
      return value === 0
        ? markup``
        : markup`<rect class="${kind}" x="${round(x)}" y="${round(y)}" width="${round(step * 0.72)}" height="${round(size)}" rx="1.5"><title>${bar.label}: ${value} ${name}</title></rect>`;
    });
    const middle = round(index * step + step / 2);
    const value =
      total === 0
        ? markup``
        : markup`<text class="${bars.length > 14 ? 'value dense' : 'value'}" x="${middle}" y="${round(y - 6)}" text-anchor="middle">${total}</text>`;
    const label =
      (bars.length - 1 - index) % every === 0
        ? markup`<text x="${middle}" y="${top + height + 17}" text-anchor="${index === bars.length - 1 && every > 1 ? 'end' : 'middle'}" ${index === bars.length - 1 && every > 1 ? markup`dx="${round(step / 2)}"` : markup``}>${bar.label}</text>`
        : markup``;
    return markup`${parts}${value}${label}`;
  });
  const line =
    mark === undefined
      ? markup``
      : markup`<line class="mark" x1="${round(mark.after * step)}" x2="${round(mark.after * step)}" y1="${top - 8}" y2="${top + height}" /><text x="${round(mark.after * step + 5)}" y="${top - 12}">${mark.label}</text>`;
  return markup`<svg viewBox="0 0 ${width} ${top + height + bottom}" role="img" aria-label="${title}: ${describe(bars)}"><line class="axis" x1="0" x2="${width}" y1="${top + height + 0.5}" y2="${top + height + 0.5}" />${columns}${line}</svg>`;
}

/** Lying bars, one under the other, the labels above them. */
export function drawRows(bars: readonly Bar[], title: string): Markup {
  const step = 34;
  const most = Math.max(1, ...bars.map(sumOf));
  const room = width - 60;
  const rows = bars.map((bar, index) => {
    const y = index * step;
    let x = 0;
    const parts = bar.segments.map(({ value, kind, name }) => {
      const start = x;
      const size = (value / most) * room;
      x += size;
      return value === 0
        ? markup``
        : markup`<rect class="${kind}" x="${round(start)}" y="${y + 17}" width="${round(Math.max(1.5, size))}" height="11" rx="1.5"><title>${bar.label}: ${value} ${name}</title></rect>`;
    });
    const total = markup`<text class="value" x="${round(x + 7)}" y="${y + 27}">${sumOf(bar)}</text>`;
    return markup`<text x="0" y="${y + 12}">${bar.label}</text>${parts}${total}`;
  });
  return markup`<svg viewBox="0 0 ${width} ${Math.max(1, bars.length) * step}" role="img" aria-label="${title}: ${describe(bars)}">${rows}</svg>`;
}

/** What the colours mean. */
export function drawKey(entries: readonly (readonly [kind: string, name: string])[]): Markup {
  return markup`<ul class="key">${entries.map(([kind, name]) => markup`<li><i class="${kind}"></i>${name}</li>`)}</ul>`;
}

function sumOf({ segments }: Bar): number {
  return segments.reduce((sum, { value }) => sum + value, 0);
}

function describe(bars: readonly Bar[]): string {
  const words = bars
    .filter((bar) => sumOf(bar) > 0)
    .map(({ label, segments }) => {
      const parts = segments.filter(({ value }) => value > 0).map(({ value, name }) => `${value} ${name}`);
      return `${label} ${parts.join(' and ')}`;
    });
  return words.length === 0 ? 'nothing to show' : words.join(', ');
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
