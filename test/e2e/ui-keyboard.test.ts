import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { chromiumPath, skipWord, UiBrowser } from './ui-browser.ts';

describe.skipIf(!chromiumPath)(`by keyboard alone${skipWord}`, () => {
  let ui: UiBrowser;

  beforeAll(async () => void (ui = await UiBrowser.start()));
  afterEach(() => ui?.closePages());
  afterAll(() => ui?.stop());

  test('fleet, model, heatmap cell, overlay, and back', async () => {
    const { page, url, complaints } = await ui.open('full');
    await page.locator('.fleet-row').first().waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('k');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('credit-risk');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'credit-risk' }).waitFor();

    const cursor = page.getByRole('slider', { name: 'Cell of the drift heatmap' });
    await cursor.waitFor();
    for (let i = 0; i < 40; i += 1) {
      if (await cursor.evaluate((element) => element === document.activeElement)) break;
      await page.keyboard.press('Tab');
    }
    expect(await cursor.evaluate((element) => element === document.activeElement), 'Tab reaches the heatmap').toBe(
      true,
    );
    expect(await cursor.getAttribute('aria-valuetext')).toMatch(/^income · .* · PSI 0\.\d+ · n /);

    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Shift+ArrowLeft');
    expect(await cursor.getAttribute('aria-valuetext')).toMatch(/^channel · /);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 2, name: 'channel' }).waitFor();
    const opened = new URL(page.url());
    expect(opened.searchParams.get('feature')).toBe('channel');
    expect(Date.parse(opened.searchParams.get('until') ?? '')).toBeGreaterThan(
      Date.parse(opened.searchParams.get('at') ?? ''),
    );

    await page.goBack();
    await page.getByRole('heading', { level: 2, name: 'income' }).waitFor();
    await page.keyboard.press('g');
    await page.keyboard.press('o');
    await page.locator('.fleet-row').first().waitFor();
    expect(page.url()).toBe(`${url}/`);
    expect(complaints).toEqual([]);
  });

  test('Space begins a span, arrows extend it, Enter compares it with the reference', async () => {
    const { page, server } = await ui.open('full', '/models/credit-risk');
    const cursor = page.getByRole('slider', { name: 'Cell of the drift heatmap' });
    await cursor.focus();
    await page.keyboard.press('Space');
    for (let i = 0; i < 5; i += 1) await page.keyboard.press('ArrowLeft');
    expect(await cursor.getAttribute('aria-valuetext')).toContain('span');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Make this span the reference' }).waitFor();
    const { searchParams } = new URL(page.url());
    const hours = (Date.parse(searchParams.get('until') ?? '') - Date.parse(searchParams.get('at') ?? '')) / 3_600_000;
    expect(hours).toBeCloseTo(24, 0);
    await expect.poll(() => server.requests.some((path) => path.includes('/features/income?from='))).toBe(true);
  });

  test('a single-letter key never acts while someone types, and can be switched off', async () => {
    const { page } = await ui.open('full');
    await page.locator('.fleet-row').first().waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('zj');
    expect(new URL(page.url()).search).toBe('');
    expect(await page.getByLabel('Filter models').inputValue()).toBe('zj');
    await page.getByRole('button', { name: 'Remove the filter' }).click();

    await page.keyboard.press('z');
    expect(new URL(page.url()).search).toBe('?zone=utc');
    await page.keyboard.press('?');
    await page.getByLabel('Single-letter keys are on').uncheck();
    await page.keyboard.press('Escape');
    await page.keyboard.press('z');
    expect(new URL(page.url()).search).toBe('?zone=utc');
  });

  test('t shows the table behind the chart, with the same figures', async () => {
    const { page } = await ui.open('full', '/models/credit-risk');
    const panel = page.getByRole('region', { name: 'Performance over time' });
    await panel.getByRole('slider').focus();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('t');
    await panel.getByRole('table').waitFor();
    expect(await panel.getByRole('columnheader', { name: 'ROC AUC' }).count()).toBe(1);
    expect(await panel.getByRole('button', { name: 'CSV' }).count()).toBe(1);
  });
});
