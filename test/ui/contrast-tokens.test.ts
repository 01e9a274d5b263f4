import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { contrast } from '../../ui/src/heat-color.ts';

const css = readFileSync(new URL('../../ui/src/styles/tokens.css', import.meta.url), 'utf8');

function token(name: string, theme: 'light' | 'dark'): string {
  const found = new RegExp(`--${name}: light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)`).exec(css);
  if (!found) throw new Error(`tokens.css has no colour pair --${name}`);
  return theme === 'light' ? found[1] : found[2];
}

const surfaces = ['surface', 'page', 'sunken', 'raised', 'hover'];

describe.each(['light', 'dark'] as const)('%s theme', (theme) => {
  test.each(['text', 'muted'])('%s reads at 4.5:1 on every surface', (name) => {
    for (const surface of surfaces) {
      expect(contrast(token(name, theme), token(surface, theme)), surface).toBeGreaterThanOrEqual(4.5);
    }
  });

  test.each(['ok', 'warning', 'critical'])(
    'the status word %s reads at 4.5:1 on panel, page and hovered row',
    (name) => {
      for (const surface of ['surface', 'page', 'hover']) {
        expect(contrast(token(name, theme), token(surface, theme)), surface).toBeGreaterThanOrEqual(4.5);
      }
    },
  );

  test.each(['axis', 'reference', 'current', 'unknown', 'focus', ...[1, 2, 3, 4, 5, 6].map((i) => `category-${i}`)])(
    'the mark %s stands out at 3:1 on the panel',
    (name) => expect(contrast(token(name, theme), token('surface', theme))).toBeGreaterThanOrEqual(3),
  );

  test('text on ink reads at 4.5:1', () => {
    expect(contrast(token('on-ink', theme), token('ink', theme))).toBeGreaterThanOrEqual(4.5);
  });
});

test('text and muted text have the contrasts the design names', () => {
  expect(contrast(token('text', 'light'), '#ffffff')).toBeCloseTo(17.7, 1);
  expect(contrast(token('muted', 'light'), '#ffffff')).toBeCloseTo(7.6, 1);
  expect(contrast(token('text', 'dark'), '#111827')).toBeCloseTo(17.0, 1);
  expect(contrast(token('muted', 'dark'), '#111827')).toBeCloseTo(7.0, 1);
});

test('no component writes a colour of its own', () => {
  const root = fileURLToPath(new URL('../../ui/src/', import.meta.url));
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => /\.(svelte|css)$/.test(file));
  const guilty = files.filter((file) => {
    const lines = readFileSync(`${root}${file}`, 'utf8').split('\n');
    return (
      !file.endsWith('tokens.css') &&
      lines.some((line) => /#[0-9a-fA-F]{6}\b/.test(line) && !line.includes('light-dark('))
    );
  });
  expect(files.length).toBeGreaterThan(40);
  expect(guilty).toEqual([]);
});
