import type { BinningSet } from '../domain/reference.ts';
import { layoutSize } from '../metrics/support/binning/bin-layout.ts';

/**
 * Where each feature stands in the flat vectors of a tally row. `counts` holds all features one after another;
 * `sums` holds [Σ(x−center), Σ(x−center)²] per numeric feature, `minima` and `maxima` one number per numeric feature.
 */
export type CountLayout = {
  /** Start of feature i in `counts`; one more entry than features, the last is the length. */
  offsets: Int32Array;
  /** Slot of feature i in the moment arrays, −1 for categorical ones. */
  momentSlots: Int32Array;
  size: number;
  momentCount: number;
};

export function countLayout(set: BinningSet): CountLayout {
  const offsets = new Int32Array(set.features.length + 1);
  const momentSlots = new Int32Array(set.features.length).fill(-1);
  let momentCount = 0;
  set.features.forEach(({ binning }, i) => {
    offsets[i + 1] = offsets[i] + layoutSize(binning);
    if (binning.kind === 'numeric') momentSlots[i] = momentCount++;
  });
  return { offsets, momentSlots, size: offsets[set.features.length], momentCount };
}
