/** The report as a browser shows it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium as driver, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeHtml } from '../../../../src/cli/report/html/write-html.ts';
import { chromium } from '../../../clients/available.ts';
import { hostile, hostileUsers, makeReport, usualUsers } from './a-report.ts';

const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'];

describe.skipIf(chromium === undefined)('the HTML report in a browser', () => {
  const folder = mkdtempSync(join(tmpdir(), 'keyturn-report-'));
  const file = join(folder, 'audit.html');
  let browser: Browser;

  beforeAll(async () => {
    const report = makeReport({ users: [...usualUsers, ...hostileUsers], gaps: hostile, name: '<i>name</i>' });
    writeFileSync(file, [...writeHtml(report)].join(''));
    browser = await driver.launch({
      executablePath: chromium ?? '',
      args: [...flags, '--disable-component-update', '--disable-sync'],
    });
  });

  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  async function open(options: Parameters<Browser['newPage']>[0] = {}): Promise<{ page: Page; seen: string[] }> {
    const page = await browser.newPage(options);
    const seen: string[] = [];
    page.on('request', (request) => seen.push(request.url()));
    page.on('console', (message) => seen.push(`console: ${message.text()}`));
    page.on('dialog', (dialog) => void dialog.dismiss().then(() => seen.push('dialog')));
    await page.goto(pathToFileURL(file).href);
    return { page, seen };
  }

  it('asks for nothing but itself, and breaks no rule of its own policy', async () => {
    const { page, seen } = await open();
    expect(seen).toEqual([pathToFileURL(file).href]);
    await page.close();
  });

  it('shows names as text', async () => {
    const { page } = await open();
    expect(await page.locator('script, img, iframe, object, embed, link, form').count()).toBe(0);
    expect(await page.locator('td.name', { hasText: '<script>alert(1)</script>' }).count()).toBeGreaterThan(0);
    expect(await page.locator('[onerror], [onmouseover], [onload]').count()).toBe(0);
    await page.close();
  });

  it('has a heading, names for its tables and pictures, and the language', async () => {
    const { page } = await open();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    expect(await page.locator('h1').count()).toBe(1);
    expect(await page.locator('svg[role=img][aria-label]').count()).toBe(4);
    for (const table of await page.locator('table').all()) {
      const id = await table.getAttribute('aria-labelledby');
      expect(await page.locator(`#${id}`).count()).toBe(1);
    }
    await page.close();
  });

  it.each(['light', 'dark'] as const)(
    'can be read in %s: text stands out from what is behind it',
    async (colorScheme) => {
      const { page } = await open({ colorScheme });
      // The colours as they are painted, of the text and of the nearest painted box behind it.
      const pairs =
        await page.evaluate(`[...document.querySelectorAll('h1, .hint, .tile span, .badge, td, th, .more, summary')].map((element) => {
      let box = element;
      while (getComputedStyle(box).backgroundColor === 'rgba(0, 0, 0, 0)') box = box.parentElement;
      return [getComputedStyle(element).color, getComputedStyle(box).backgroundColor];
    }).map(([one, other]) => one + ' on ' + other)`);
      for (const pair of new Set(pairs as string[])) {
        const [text = '', behind = ''] = pair.split(' on ');
        expect(contrast(text, behind), pair).toBeGreaterThanOrEqual(4.5);
      }
      await page.close();
    },
  );

  it('does not scroll sideways on a telephone', async () => {
    const { page } = await open({ viewport: { width: 390, height: 800 } });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
    await page.close();
  });

  it('prints on white, in dark too', async () => {
    const { page } = await open({ colorScheme: 'dark' });
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)');
    expect((await page.pdf()).subarray(0, 5).toString()).toBe('%PDF-');
    await page.close();
  });
});

/** The contrast of two colours. Source: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [one, other].map(luminance).sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = (colour.match(/\d+/g) ?? []).slice(0, 3).map((text) => {
    const part = Number(text) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
