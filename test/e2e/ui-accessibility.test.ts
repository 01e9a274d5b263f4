import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { UiScenario } from '../fixtures/ui-server.ts';
import { chromiumPath, skipWord, UiBrowser } from './ui-browser.ts';

type Case = { what: string; scenario: UiScenario; path: string; ready: string };

const CASES: Case[] = [
  { what: 'the fleet', scenario: 'full', path: '/', ready: '.fleet-row' },
  { what: 'the empty fleet', scenario: 'empty', path: '/', ready: '.doors' },
  { what: 'a drifting model', scenario: 'full', path: '/models/credit-risk', ready: '.chart canvas' },
  { what: 'a model with too little data', scenario: 'full', path: '/models/churn', ready: '.chart canvas' },
  { what: 'a stale model', scenario: 'full', path: '/models/fraud-screen', ready: '.chart canvas' },
  {
    what: 'a model without any event',
    scenario: 'full',
    path: '/models/%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E',
    ready: '.empty',
  },
  { what: 'failing panels', scenario: 'error', path: '/models/credit-risk', ready: '.panel-body .note' },
  { what: 'panels without permission', scenario: 'forbidden', path: '/models/credit-risk', ready: '.panel-body .note' },
  { what: 'ingest', scenario: 'full', path: '/ingest', ready: 'table.data' },
  { what: 'send', scenario: 'full', path: '/send', ready: 'pre' },
  { what: 'sign-in', scenario: 'signed-out', path: '/', ready: '#token' },
  { what: 'a page that is not there', scenario: 'full', path: '/nothing', ready: 'h1' },
];

describe.skipIf(!chromiumPath)(`WCAG 2.2 AA by axe${skipWord}`, () => {
  let ui: UiBrowser;

  beforeAll(async () => void (ui = await UiBrowser.start()));
  afterEach(() => ui?.closePages());
  afterAll(() => ui?.stop());

  describe.each(['light', 'dark'] as const)('%s theme', (colorScheme) => {
    test.each(CASES)('$what has no violation', async ({ scenario, path, ready }) => {
      const { page, complaints } = await ui.open(scenario, path, { colorScheme, reducedMotion: 'reduce' });
      await page.locator(ready).first().waitFor();
      await page.waitForTimeout(400);
      const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
      const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze();
      const found = violations.map(
        ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`,
      );
      expect(found).toEqual([]);
      expect(complaints).toEqual([]);
    });
  });

  test('the table view and the key list have no violation', async () => {
    const { page } = await ui.open('full', '/models/credit-risk');
    await page.getByRole('button', { name: 'Show Drift heatmap as a table' }).click();
    await page.getByRole('button', { name: 'Show Fairness by group as a table' }).click();
    await page.keyboard.press('?');
    await page.getByRole('dialog').waitFor();
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id }) => id)).toEqual([]);
  });
});
