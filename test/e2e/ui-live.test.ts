import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { UiServer } from '../fixtures/ui-server.ts';
import { HOSTILE_MODEL } from '../fixtures/ui/models.ts';
import { chromiumPath, skipWord, UiBrowser } from './ui-browser.ts';

describe.skipIf(!chromiumPath)(`live fleet${skipWord}`, () => {
  let ui: UiBrowser;

  beforeAll(async () => void (ui = await UiBrowser.start()));
  afterEach(() => ui?.closePages());
  afterAll(() => ui?.stop());

  test('a row changes by socket, in place, without a reload', async () => {
    const { page, server, complaints } = await ui.open('full');
    const names = page.locator('.fleet-row .model a');
    await names.first().waitFor();
    const before = await names.allTextContents();
    await page.evaluate(() => Object.assign(globalThis, { stillTheSamePage: true }));

    server.publish((spec) =>
      spec.id === 'triage' ? { ...spec, status: 'critical', reason: 'heart_rate has moved: PSI 0.62' } : spec,
    );

    const row = page.locator('.fleet-row', { hasText: 'triage' });
    await row.getByText('heart_rate has moved').waitFor();
    expect(await row.locator('.word').textContent()).toBe('Critical');
    expect(await names.allTextContents()).toEqual(before);
    expect(await page.evaluate(() => 'stillTheSamePage' in globalThis)).toBe(true);
    expect(await page.locator('[role=alert]').first().textContent()).toContain('triage is critical');

    await page.getByRole('button', { name: /sort again/ }).click();
    expect((await names.allTextContents()).indexOf('triage')).toBe(1);
    expect(complaints).toEqual([]);
  });

  test('a model page that was opened directly follows its model', async () => {
    const { page, server } = await ui.open('full', '/models/credit-risk');
    await page.getByRole('heading', { level: 2, name: 'income' }).waitFor();
    await page.waitForTimeout(500);
    server.publish((spec) => ({ ...spec, reason: 'the reason changed while you looked' }));
    await page.locator('header .reason', { hasText: 'the reason changed' }).waitFor();
    await expect
      .poll(() => server.requests.filter((path) => path.startsWith('/api/v1/models/credit-risk/drift?')).length, {
        timeout: 8000,
        message: 'changed tallies are fetched again',
      })
      .toBeGreaterThan(1);
  });

  test('a missing message fetches a snapshot', async () => {
    const { page, server } = await ui.open('full');
    await page.locator('.fleet-row').first().waitFor();
    await page.waitForTimeout(1200);
    const snapshots = () => server.requests.filter((path) => path === '/api/v1/models').length;
    const before = snapshots();

    server.publish();
    await page.waitForTimeout(500);
    expect(snapshots(), 'an unbroken sequence needs no snapshot').toBe(before);

    server.seq += 3;
    server.publish();
    await expect.poll(snapshots).toBe(before + 1);

    server.epoch = 'e2';
    server.seq = 0;
    await page.waitForTimeout(1100);
    server.publish();
    await expect.poll(snapshots, { message: 'a restarted server has a new epoch' }).toBe(before + 2);
  });

  test('a lost connection is said, and its return brings the newest picture', async () => {
    const { page, server } = await ui.open('full');
    await page.locator('.fleet-row').first().waitFor();
    await expect.poll(() => page.locator('header .chip').getAttribute('class')).toContain('live');
    server.publish();
    await page.waitForTimeout(600);

    server.cut();
    await page.getByText('Live paused').waitFor();
    expect(await page.locator('.banner').textContent()).toMatch(/data as of \d\d:\d\d:\d\d/);
    expect(await page.getByRole('button', { name: 'Break it' }).isDisabled()).toBe(true);

    server.broken.add('triage');
    server.mend();
    await page.getByRole('button', { name: 'Reconnect now' }).click();
    await page.locator('.banner').waitFor({ state: 'detached', timeout: 8000 });
    await page.locator('.fleet-row', { hasText: 'triage' }).getByText('broke a moment ago').waitFor();
  });

  test('a server that restarts leaves the page standing, and is followed again when it is back', async () => {
    const { page, server, url } = await ui.open('full');
    await page.locator('.fleet-row').first().waitFor();
    await expect.poll(() => page.locator('header .chip').getAttribute('class')).toContain('live');

    await server.close();
    await page.getByText('Live paused').waitFor();
    await page.waitForTimeout(2500);
    expect(await page.locator('.fleet-row').count()).toBe(7);

    const next = new UiServer('full', { dist: ui.dist });
    next.broken.add('triage');
    await next.listen(Number(new URL(url).port));
    try {
      await page.locator('.banner').waitFor({ state: 'detached', timeout: 12_000 });
      await page.locator('.fleet-row', { hasText: 'triage' }).getByText('broke a moment ago').waitFor();
    } finally {
      await next.close();
    }
  });

  test('a segment is chosen where the shift comes from, and every panel takes it or says that it does not', async () => {
    const { page } = await ui.open('full', '/models/credit-risk?exact=true');
    await page.getByText('KS and W₁ on raw rows, in').waitFor();
    await page.getByRole('button', { name: 'channel=mobile' }).click();
    await page.getByRole('button', { name: 'Remove the filter channel=mobile' }).waitFor();
    await page.getByText('the filter channel=mobile does not apply here').waitFor();
    await page.getByText('remove the segment for exact ones').waitFor();
    await page.waitForTimeout(500);
    expect(await page.locator('.panel-body .note').count()).toBe(0);
    await page.getByRole('button', { name: 'Remove the filter channel=mobile' }).click();
    expect(new URL(page.url()).searchParams.has('segment')).toBe(false);
  });

  test('held updates wait, and are counted', async () => {
    const { page, server } = await ui.open('full');
    const chip = page.locator('header .chip');
    await expect.poll(() => chip.getAttribute('class')).toContain('live');
    await page.waitForTimeout(300);
    await chip.click();
    server.publish((spec) => (spec.id === 'triage' ? { ...spec, reason: 'changed while held' } : spec));
    await page.getByText(/waiting/).waitFor();
    expect(await page.getByText('changed while held').count()).toBe(0);
    await chip.click();
    await page.getByText('changed while held').waitFor();
  });

  test('a model named like an attack stays text', async () => {
    const { page, complaints, url } = await ui.open('full');
    await page.getByRole('link', { name: HOSTILE_MODEL }).click();
    await page.getByRole('heading', { level: 1, name: HOSTILE_MODEL }).waitFor();
    await page.waitForTimeout(500);
    expect(await page.locator('img').count()).toBe(0);
    expect(page.url()).toBe(`${url}/models/${encodeURIComponent(HOSTILE_MODEL)}`);
    await page.goto(`${url}/ingest`);
    await page.getByText('MODEL_NAME_INVALID').click();
    await page.getByText('<script>alert(1)</script>').waitFor();
    expect(complaints).toEqual([]);
  });

  test('an empty service shows three doors with a working snippet, and flips by itself', async () => {
    const { page, server } = await ui.open('empty');
    await page.getByRole('heading', { name: 'Nothing is being watched yet' }).waitFor();
    expect(await page.locator('pre').first().textContent()).toContain('Bearer plk_demo_4f9c2a');
    await page.getByText('Waiting for the first event').waitFor();
    await page.waitForTimeout(300);
    server.scenario = 'full';
    server.publish();
    await page.locator('.fleet-row', { hasText: 'credit-risk' }).waitFor();
  });

  test('a key can be made where the snippet needs it, and stands in the snippet at once', async () => {
    const { page } = await ui.open('full', '/send?with=python');
    const snippet = page.locator('pre');
    expect(await snippet.textContent()).toContain('os.environ["PLUMBLINE_KEY"]');
    await expect.poll(() => page.locator('header .chip').getAttribute('class')).toContain('live');
    await page.getByRole('button', { name: 'Make a key' }).click();
    await expect.poll(() => snippet.textContent()).toContain('KEY = "plk_made_just_now"');
  });

  test('a visitor without a session signs in with the token and stays on the page they wanted', async () => {
    const { page, url } = await ui.open('signed-out', '/models/credit-risk/performance?metric=recall');
    await page.getByLabel('Or paste the token').fill('wrong');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('Ask for a new one').waitFor();
    await page.getByLabel('Or paste the token').fill('http://127.0.0.1:4280/login?t=right');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Performance over time' }).waitFor();
    expect(page.url()).toBe(`${url}/models/credit-risk/performance?metric=recall`);
  });
});
