export type Sample = { at: number; value: number | null };

/**
 * Runs of samples that may be joined by a line: a missing value, or a distance of more than one and a half steps,
 * ends a run. A line is never drawn across either.
 */
export function runs<T extends Sample>(samples: T[], stepMs: number): T[][] {
  const found: T[][] = [];
  let last: T | null = null;
  for (const sample of samples) {
    if (sample.value === null) {
      last = null;
      continue;
    }
    if (last === null || sample.at - last.at > stepMs * 1.5) found.push([]);
    found[found.length - 1].push(sample);
    last = sample;
  }
  return found;
}

/** Stretches without a value inside the window, for the hatch that says so. */
export function gaps(samples: Sample[], stepMs: number, window: { from: number; to: number }): [number, number][] {
  const known = samples.filter((sample) => sample.value !== null);
  const found: [number, number][] = [];
  let end = window.from;
  for (const sample of known) {
    if (sample.at - end > stepMs * 0.5) found.push([end, sample.at]);
    end = sample.at + stepMs;
  }
  if (window.to - end > stepMs * 0.5) found.push([end, window.to]);
  return found;
}
