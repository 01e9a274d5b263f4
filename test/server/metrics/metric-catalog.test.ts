import { describe, expect, it } from 'vitest';
import { findMetric, metricCatalog, metricsOfFamily } from '../../../server/metrics/metric-catalog.ts';

describe('metric catalogue', () => {
  it('every id is there once, in snake_case', () => {
    const ids = metricCatalog.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/);
  });

  it.each(metricCatalog.map((entry) => [entry.id, entry] as const))(
    '%s tells a user all there is to know',
    (_, entry) => {
      for (const text of [entry.title, entry.reading, entry.unit, entry.minimum, entry.interval, entry.reference]) {
        expect(text.trim().length).toBeGreaterThan(1);
      }
      expect(entry.question).toMatch(/\?$/);
      expect(entry.inputs.length).toBeGreaterThan(0);
      expect(entry.appliesTo.length).toBeGreaterThan(0);
      expect(entry.complexity).toMatch(/^O\(/);
    },
  );

  it('a critical limit is further out than the warning limit', () => {
    for (const { id, defaults, worse } of metricCatalog) {
      if (defaults?.warning === undefined || defaults.critical === undefined) continue;
      const isFurther =
        worse === 'down' && defaults.kind === 'value'
          ? defaults.critical < defaults.warning
          : defaults.kind === 'p_value'
            ? defaults.critical < defaults.warning
            : defaults.critical > defaults.warning;
      expect(isFurther, id).toBe(true);
    }
  });

  it('finds a metric by its id and by its family', () => {
    expect(findMetric('population_stability_index')?.defaults).toEqual({ kind: 'value', warning: 0.1, critical: 0.25 });
    expect(findMetric('no_such_metric')).toBeNull();
    expect(metricsOfFamily('drift').map(({ id }) => id)).toContain('kolmogorov_smirnov');
  });
});
