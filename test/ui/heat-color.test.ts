import { describe, expect, test } from 'vitest';
import { contrast, heatColor, heatScale, luminance } from '../../ui/src/heat-color.ts';

const thresholds = { critical: 0.25 };

describe.each([
  { theme: 'light', surface: '#ffffff', isDark: false, direction: -1 },
  { theme: 'dark', surface: '#111827', isDark: true, direction: 1 },
])('heatmap scale on $theme', ({ surface, isDark, direction }) => {
  const scale = heatScale(thresholds, surface, isDark);

  test('more drift is always further from the surface', () => {
    const steps = scale.colors.map(luminance);
    for (let i = 1; i < steps.length; i += 1) {
      expect((steps[i] - steps[i - 1]) * direction, `step ${i}`).toBeGreaterThanOrEqual(-0.002);
    }
  });

  test('a critical value stands out at 3:1 against the surface', () => {
    expect(contrast(heatColor(scale, 0.25), surface)).toBeGreaterThanOrEqual(3);
  });

  test('a quiet value keeps close to the surface', () => {
    expect(contrast(heatColor(scale, 0.01), surface)).toBeLessThan(1.6);
  });

  test('values beyond the end of the scale take its last colour', () => {
    expect(heatColor(scale, 9)).toBe(scale.colors.at(-1));
    expect(heatColor(scale, 0)).toBe(scale.colors[0]);
  });
});

test('contrast of black and white is 21', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
});
