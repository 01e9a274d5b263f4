import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { chromiumPath, skipWord, UiBrowser } from './ui-browser.ts';

const SCRIPT_BYTES_MAX = 250 * 1024;
const PATHS = [
  '/',
  '/models/credit-risk',
  '/models/search-ranker',
  '/models/churn',
  '/ingest',
  '/send?with=python',
  '/nothing',
];

describe.skipIf(!chromiumPath)(`layout${skipWord}`, () => {
  let ui: UiBrowser;

  beforeAll(async () => void (ui = await UiBrowser.start()));
  afterEach(() => ui?.closePages());
  afterAll(() => ui?.stop());

  describe.each([320, 390])('%d px wide', (width) => {
    test.each(PATHS)('%s does not scroll sideways', async (path) => {
      const { page, complaints } = await ui.open('full', path, { viewport: { width, height: 800 } });
      await page.locator('h1').first().waitFor();
      await page.waitForTimeout(500);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      expect(complaints).toEqual([]);
    });

    test('the empty fleet does not scroll sideways', async () => {
      const { page } = await ui.open('empty', '/', { viewport: { width, height: 800 } });
      await page.locator('.doors').waitFor();
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    });
  });

  test('everything that can be pressed is at least 24 px in both directions', async () => {
    for (const path of ['/', '/models/credit-risk', '/ingest', '/send']) {
      const { page } = await ui.open('full', path, { viewport: { width: 390, height: 844 } });
      await page.locator('h1').first().waitFor();
      await page.waitForTimeout(700);
      const small = await page.evaluate(() =>
        [...document.querySelectorAll('button, select, input, summary, [role=slider]')]
          .filter((element) => element.getClientRects().length > 0 && !element.classList.contains('skip'))
          .map((element) => ({ box: element.getBoundingClientRect(), html: element.outerHTML.slice(0, 90) }))
          .filter(({ box, html }) => (box.width < 24 || box.height < 24) && !html.includes('type="checkbox"'))
          .map(({ box, html }) => `${Math.round(box.width)}×${Math.round(box.height)} ${html}`),
      );
      expect(small, path).toEqual([]);
    }
  });

  test('works under a base path: pages, requests, socket and links', async () => {
    const { page, server, url, complaints } = await ui.open('full', '/ml/plumbline/models/triage', {
      base: '/ml/plumbline/',
    });
    await page.getByRole('heading', { level: 1, name: 'triage' }).waitFor();
    await expect.poll(() => page.locator('header .chip').getAttribute('class')).toContain('live');
    await page.getByRole('link', { name: 'Ingest' }).click();
    await page.getByText('TIME_INVALID', { exact: true }).first().waitFor();
    expect(page.url()).toBe(`${url}/ml/plumbline/ingest`);
    expect(server.requests).toContain('/api/v1/rejected');
    expect(complaints).toEqual([]);
  });

  test('a link to a section lands on it, though the panels above load later', async () => {
    const { page } = await ui.open('full', '/models/credit-risk/fairness');
    const heading = page.getByRole('heading', { name: 'Fairness by group' });
    await heading.waitFor();
    await expect.poll(async () => (await heading.boundingBox())?.y ?? 9999).toBeLessThan(300);
    await expect.poll(() => page.getByRole('link', { name: 'Fairness' }).getAttribute('aria-current')).toBe('true');
  });

  test('a thousand features are reduced by the server, said so, and drawn in sight only', async () => {
    const { page } = await ui.open('full', '/models/search-ranker');
    await page.getByText('showing 300 of 1000 features').waitFor();
    const canvas = page.locator('.chart canvas');
    await canvas.waitFor();
    expect((await canvas.boundingBox())?.height).toBeLessThan(600);
    const scroller = page.locator('.scroller');
    await scroller.evaluate((element) => (element.scrollTop = element.scrollHeight));
    await page.waitForTimeout(200);
    const labels = await page.locator('.sheet button').allTextContents();
    expect(labels.length).toBeLessThan(40);
    await page.locator('.chart').first().waitFor();
    await page.getByLabel('Filter features').fill('embedding_097');
    await expect.poll(() => page.locator('.sheet button').count()).toBe(1);
  });

  test('the first load has at most 250 kB of compressed script, all in files', () => {
    const assets = join(ui.dist, 'assets');
    const scripts = readdirSync(assets).filter((name) => name.endsWith('.js'));
    const bytes = scripts.reduce((sum, name) => sum + gzipSync(readFileSync(join(assets, name))).length, 0);
    expect(bytes).toBeGreaterThan(10_000);
    expect(bytes).toBeLessThanOrEqual(SCRIPT_BYTES_MAX);
    expect(readFileSync(join(ui.dist, 'index.html'), 'utf8')).not.toMatch(/<style|style=|<script(?![^>]* src=)/);
  });

  test('the theme switch wins over the system and is remembered', async () => {
    const { page } = await ui.open('full', '/', { colorScheme: 'light' });
    const surface = () =>
      page
        .locator('.panel')
        .first()
        .evaluate((element) => getComputedStyle(element).backgroundColor);
    await page.locator('.fleet-row').first().waitFor();
    expect(await surface()).toBe('rgb(255, 255, 255)');
    const button = page.getByRole('button', { name: /^Theme/ });
    await button.click();
    await button.click();
    expect(await surface()).toBe('rgb(17, 24, 39)');
    await page.reload();
    await page.locator('.fleet-row').first().waitFor();
    expect(await surface()).toBe('rgb(17, 24, 39)');
  });
});
