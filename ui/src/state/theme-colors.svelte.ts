import { preferences } from './preferences.svelte.ts';

/** The resolved colour of a token, for canvas, which cannot read CSS variables. */
function resolve(token: string): string {
  const probe = document.createElement('span');
  probe.style.color = `var(${token})`;
  document.body.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

class ThemeColors {
  readonly current = $derived.by(() => {
    const { isDark } = preferences;
    return { isDark, surface: resolve('--surface'), axis: resolve('--axis'), grid: resolve('--line-strong') };
  });
}

export const themeColors = new ThemeColors();
