import { describe, expect, test } from 'vitest';
import { toCsv } from '../../ui/src/csv.ts';
import { PARITY_BAND, anchorGroup, comparisonsOf, rateDomain } from '../../ui/src/fairness-view.ts';
import { insufficientText } from '../../ui/src/messages.ts';
import { metricText } from '../../ui/src/metric-texts.ts';
import { overlaySummary } from '../../ui/src/overlay-words.ts';
import { performanceSeries, performanceSummary } from '../../ui/src/performance-series.ts';
import { curlSnippet, importSnippet, pythonSnippet } from '../../ui/src/snippets.ts';
import { orderByHealth } from '../../ui/src/status-order.ts';
import { overlay } from '../fixtures/ui/drift.ts';
import { fleetRow } from '../fixtures/ui/fleet.ts';
import { MODELS } from '../fixtures/ui/models.ts';
import { fairness, performance } from '../fixtures/ui/outcomes.ts';

const now = Date.parse('2026-11-25T12:00:00Z');
const span = { from: now - 30 * 86_400_000, to: now };

describe('table download', () => {
  test('a cell that a spreadsheet would run is text', () => {
    const csv = toCsv({
      name: '',
      caption: '',
      columns: ['feature'],
      rows: [['=HYPERLINK("x")'], ['a,b'], [0.1234567], [null]],
    });
    expect(csv).toBe('feature\r\n"\'=HYPERLINK(""x"")"\r\n"a,b"\r\n0.1234567\r\n\r\n');
  });
});

describe('words made from data', () => {
  test('missing evidence says how much is missing', () => {
    expect(insufficientText({ kind: 'insufficient_evidence', n: 35, nMin: 200 })).toBe('n = 35 of 200 needed');
    expect(insufficientText({ kind: 'insufficient_evidence', reason: 'single_class' })).toBe(
      'only one class in the window',
    );
  });

  test('a metric this page does not know is spelled out', () => {
    expect(metricText('brand_new_metric').title).toBe('Brand new metric');
    expect(metricText('some_ratio').reading).toContain('0.8 to 1.25');
  });

  test('the overlay sentence names the bin that moved most', () => {
    const found = overlay(MODELS[0], 'channel', span);
    if (!found) throw new Error('the fixture lost its feature');
    expect(overlaySummary(found)).toMatch(/^channel: PSI 0\.13; largest change: mobile went from .* to .*\.$/);
  });

  test('a performance point without labels has no value, and says so', () => {
    const data = performance(MODELS[0], span, now, new URLSearchParams());
    const points = performanceSeries(data, 'roc_auc');
    const last = points[points.length - 1];
    expect(last.value).toBeNull();
    expect(last.words).toContain('no data');
    expect(performanceSummary(data, 'roc_auc')).toMatch(/^ROC AUC went from 0\.\d+ to 0\.\d+ over \d+ points\.$/);
  });
});

describe('fleet order', () => {
  test('worst first, ties by name', () => {
    const order = orderByHealth(MODELS.map((spec) => fleetRow(spec, now, 0)));
    expect(order.slice(0, 3)).toEqual(['credit-risk', 'demand', 'search-ranker']);
    expect(order[order.length - 1]).toBe('triage');
  });
});

describe('fairness', () => {
  const { attributes } = fairness(MODELS[0], span, now);

  test('the band stands around the largest group', () => {
    expect(anchorGroup(attributes[0], 'selection_rate')?.group).toBe('male');
  });

  test('the comparisons of the rate on show stand in front, none is lost', () => {
    const { near, other } = comparisonsOf(attributes[0], 'true_positive_rate');
    expect(Object.keys(near)).toEqual(['equal_opportunity_difference', 'equalized_odds_difference']);
    expect(Object.keys({ ...near, ...other }).sort()).toEqual(Object.keys(attributes[0].comparisons).sort());
  });

  test('all small multiples fit one domain, band included', () => {
    const [low, high] = rateDomain(attributes, 'selection_rate');
    expect(low).toBeLessThan(0.21);
    expect(high).toBeGreaterThan(0.36 * PARITY_BAND[1]);
  });
});

describe('snippets', () => {
  const target = { url: 'http://127.0.0.1:4280', key: "k'1" };
  const at = new Date(now);

  test('the body that curl sends is valid JSON', () => {
    const body = /-d '(\[[\s\S]*\])'$/.exec(curlSnippet(target, at))?.[1] ?? '';
    expect(JSON.parse(body)[0]).toMatchObject({ model: 'my-model', time: '2026-11-25T12:00:00Z' });
  });

  test('a quote in the key cannot leave the quotes of the shell', () => {
    expect(curlSnippet(target, at)).toContain(`'Authorization: Bearer k'\\''1'`);
    expect(importSnippet(target)).toContain(`--key 'k'\\''1'`);
  });

  test('without a key the snippet reads it from the environment', () => {
    expect(curlSnippet({ ...target, key: null }, at)).toContain('"Authorization: Bearer $PLUMBLINE_KEY"');
    expect(pythonSnippet({ ...target, key: null })).toContain('os.environ["PLUMBLINE_KEY"]');
  });
});
