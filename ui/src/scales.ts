import { extent, median } from 'd3-array';
import { scaleLinear, scaleTime, scaleUtc, type ScaleLinear, type ScaleTime } from 'd3-scale';
import { area, line } from 'd3-shape';
import type { Zone } from './format.ts';

export type TimeScale = ScaleTime<number, number>;
export type ValueScale = ScaleLinear<number, number>;

export function timeScale(window: { from: number; to: number }, width: number, zone: Zone): TimeScale {
  const scale = zone === 'utc' ? scaleUtc() : scaleTime();
  return scale.domain([new Date(window.from), new Date(window.to)]).range([0, width]);
}

/** Ticks on round times of the chosen zone, about one per `spacing` pixels. */
export function timeTicks(scale: TimeScale, spacing = 96): Date[] {
  const width = scale.range()[1];
  return scale.ticks(Math.max(2, Math.floor(width / spacing)));
}

export type DomainRule = {
  /** Natural ends of the metric; the axis never passes them. */
  bounds?: [number, number] | null;
  hasZero?: boolean;
};

/** A domain with air around the data. One value alone still gets an axis with a length. */
export function valueDomain(values: number[], { bounds = null, hasZero = false }: DomainRule): [number, number] {
  const [low, high] = extent(values.filter(Number.isFinite));
  if (low === undefined || high === undefined) return bounds ?? [0, 1];
  const air = (high - low) * 0.15 || Math.abs(high) * 0.1 || 1;
  let start = hasZero ? Math.min(0, low) : low - air;
  let end = high + air;
  if (bounds) {
    start = Math.max(start, bounds[0]);
    end = Math.min(end, bounds[1]);
  }
  return end > start ? [start, end] : [start, start + 1];
}

export function valueScale(domain: [number, number], height: number, isNice = true): ValueScale {
  const scale = scaleLinear().domain(domain).range([height, 0]);
  return isNice ? scale.nice(4) : scale;
}

export function linearScale(domain: [number, number], width: number): ValueScale {
  return scaleLinear().domain(domain).range([0, width]);
}

/**
 * Interval ends an axis should show. An interval much wider than usual, from a point with few labels, would flatten all
 * others: it is left to run out of the picture.
 */
export function typicalEnds(points: { value: number | null; lower: number | null; upper: number | null }[]): number[] {
  const width = (p: { lower: number | null; upper: number | null }) => (p.upper ?? 0) - (p.lower ?? 0);
  const known = points.filter((p) => p.value !== null);
  const widest = 2.5 * (median(known.map(width).filter((w) => w > 0)) ?? 0);
  return known.flatMap((p) => {
    const ends = p.lower !== null && p.upper !== null && width(p) <= widest ? [p.lower, p.upper] : [];
    return p.value === null ? ends : [p.value, ...ends];
  });
}

type XY = { x: number; y: number };

export function linePath(points: XY[]): string {
  return (
    line<XY>()
      .x((p) => p.x)
      .y((p) => p.y)(points) ?? ''
  );
}

export function bandPath(points: { x: number; lower: number; upper: number }[]): string {
  return (
    area<{ x: number; lower: number; upper: number }>()
      .x((p) => p.x)
      .y0((p) => p.lower)
      .y1((p) => p.upper)(points) ?? ''
  );
}

/** Outline of a histogram as steps; edges and heights in pixels, `base` is the foot of the bars. */
export function stepPath(bars: { left: number; right: number; top: number }[], base: number): string {
  if (bars.length === 0) return '';
  const steps = bars.map((bar) => `L${bar.left},${bar.top}L${bar.right},${bar.top}`).join('');
  return `M${bars[0].left},${base}${steps}L${bars[bars.length - 1].right},${base}`;
}

/** Index of the sorted position nearest to `x`; -1 when there is none. */
export function nearest(positions: number[], x: number): number {
  let best = -1;
  for (let i = 0; i < positions.length; i += 1) {
    if (best < 0 || Math.abs(positions[i] - x) < Math.abs(positions[best] - x)) best = i;
  }
  return best;
}

export type Marker = { at: number; label: string };

/** Markers closer than `spacing` pixels collapse into one that counts them. */
export function collapseMarkers(markers: Marker[], scale: TimeScale, spacing = 56): { x: number; label: string }[] {
  const [from, to] = scale.range();
  const placed: { x: number; label: string; count: number }[] = [];
  for (const marker of [...markers].sort((a, b) => a.at - b.at)) {
    const x = scale(new Date(marker.at));
    if (x < from || x > to) continue;
    const last = placed[placed.length - 1];
    if (last && x - last.x < spacing) {
      last.count += 1;
      last.label = `${last.count} versions`;
    } else {
      placed.push({ x, label: marker.label, count: 1 });
    }
  }
  return placed;
}
