import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ciede2000, colorDifference, type Vision } from './color-difference.ts';

const css = readFileSync(new URL('../../ui/src/styles/tokens.css', import.meta.url), 'utf8');
const visions: Vision[] = ['normal', 'protan', 'deutan', 'tritan'];

function token(name: string, theme: 'light' | 'dark'): string {
  const found = new RegExp(`--${name}: light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)`).exec(css);
  if (!found) throw new Error(`tokens.css has no colour pair --${name}`);
  return theme === 'light' ? found[1] : found[2];
}

function smallestDifference(colors: string[]): number {
  const pairs = colors.flatMap((a, i) => colors.slice(i + 1).map((b) => [a, b]));
  return Math.min(...visions.flatMap((vision) => pairs.map(([a, b]) => colorDifference(a, b, vision))));
}

test('the difference formula gives the published values of Sharma et al. 2005, table 1', () => {
  expect(ciede2000([50, 2.6772, -79.7751], [50, 0, -82.7485])).toBeCloseTo(2.0425, 4);
  expect(ciede2000([50, 2.5, 0], [50, 0, -2.5])).toBeCloseTo(4.3065, 4);
  expect(ciede2000([90.8027, -2.0831, 1.441], [91.1528, -1.6435, 0.0447])).toBeCloseTo(1.4441, 4);
  expect(ciede2000([2.0776, 0.0795, -1.135], [0.9033, -0.0636, -0.5514])).toBeCloseTo(0.9082, 4);
});

describe.each(['light', 'dark'] as const)('%s theme, seen with all cones and without one', (theme) => {
  test('the six series stay apart', () => {
    const colors = [1, 2, 3, 4, 5, 6].map((i) => token(`category-${i}`, theme));
    expect(smallestDifference(colors)).toBeGreaterThanOrEqual(theme === 'light' ? 18.65 : 18.85);
  });

  test('reference and current stay apart', () => {
    expect(smallestDifference([token('reference', theme), token('current', theme)])).toBeGreaterThanOrEqual(13.85);
  });
});
