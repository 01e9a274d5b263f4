import { rgb, type RGBColor } from 'd3-color';
import { interpolateRgb } from 'd3-interpolate';
import { interpolateCividis } from 'd3-scale-chromatic';

const STEPS = 256;
/** Share of the scale in which the colour rises out of the surface, so that calm data looks calm. */
const QUIET = 0.35;

export type HeatScale = { colors: string[]; max: number };

/**
 * Cividis, from "same as the reference" to "far from it": more is darker on white and lighter on black. Only the quiet
 * end is mixed with the surface; lightness stays monotone, which a test holds.
 */
export function heatScale(thresholds: { critical: number }, surface: string, isDark: boolean): HeatScale {
  const colors: string[] = [];
  for (let step = 0; step < STEPS; step += 1) {
    const t = step / (STEPS - 1);
    const color = interpolateCividis(isDark ? t : 1 - t);
    const quiet = Math.max(0, 1 - t / QUIET) * (isDark ? 0.55 : 0.82);
    colors.push(interpolateRgb(color, surface)(quiet));
  }
  return { colors, max: thresholds.critical * 2 };
}

export function heatColor(scale: HeatScale, value: number): string {
  const t = Math.min(1, Math.max(0, value / scale.max));
  return scale.colors[Math.round(t * (STEPS - 1))];
}

/** WCAG relative luminance. */
export function luminance(color: string): number {
  const { r, g, b }: RGBColor = rgb(color);
  const [red, green, blue] = [r, g, b].map((channel) => {
    const c = channel / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

export function contrast(a: string, b: string): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}
