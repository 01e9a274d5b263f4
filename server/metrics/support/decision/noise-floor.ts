/** Divergences of counts that are fractions of one scale for small change: PSI ≈ 2·KL ≈ 8·H² ≈ 8·ln2·JS². */
export type Divergence =
  'population_stability_index' | 'kullback_leibler_divergence' | 'jensen_shannon_distance' | 'hellinger_distance';

const EIGHT_LN_2 = 8 * Math.LN2;

/** Largest share of a threshold that noise alone may use up. */
const NOISE_SHARE_MAX = 0.5;

/**
 * A value of any divergence on the scale of PSI: t, 2t, 8t² (Hellinger), 8·ln2·t² (Jensen-Shannon, base 2).
 *
 * @example
 * toPsiScale('hellinger_distance', 0.1); // 0.08
 */
export function toPsiScale(divergence: Divergence, value: number): number {
  switch (divergence) {
    case 'population_stability_index':
      return value;
    case 'kullback_leibler_divergence':
      return 2 * value;
    case 'hellinger_distance':
      return 8 * value * value;
    case 'jensen_shannon_distance':
      return EIGHT_LN_2 * value * value;
  }
}

/** The way back: which value of the divergence stands for this much PSI. */
export function fromPsiScale(divergence: Divergence, psi: number): number {
  switch (divergence) {
    case 'population_stability_index':
      return psi;
    case 'kullback_leibler_divergence':
      return psi / 2;
    case 'hellinger_distance':
      return Math.sqrt(psi / 8);
    case 'jensen_shannon_distance':
      return Math.sqrt(psi / EIGHT_LN_2);
  }
}

/**
 * Noise floor: how large is PSI on average when nothing has changed?
 *
 * Reading: a value near its noise floor says nothing. 20 bins and a large reference need about 380 current rows before
 * a PSI of 0.1 means anything.
 * Definition: e₀ = (K−1)(1/n_r + 1/n_c), the mean of PSI under no drift; on the scale of PSI.
 *
 * @param bins K, bins with a row on either side; with one bin or none nothing can differ and the floor is 0
 *
 * Reference: Yurdakul & Naranjo, *J. Risk Model Validation* 14(4), 2020. Cost: O(1).
 *
 * @example
 * noiseFloor(20, 10_000, 390); // 0.0506
 */
export function noiseFloor(bins: number, nReference: number, nCurrent: number): number {
  return Math.max(0, bins - 1) * (1 / nReference + 1 / nCurrent);
}

/**
 * The largest noise floor under which a threshold can be judged, on the scale of PSI: half the threshold.
 *
 * @example
 * noiseFloorMax('population_stability_index', 0.1); // 0.05
 */
export function noiseFloorMax(divergence: Divergence, threshold: number): number {
  return NOISE_SHARE_MAX * toPsiScale(divergence, threshold);
}

/**
 * Current rows needed before the noise floor is low enough; null when the reference alone is too small for that.
 *
 * @example
 * rowsNeeded(20, 1e9, 0.05); // 381
 */
export function rowsNeeded(bins: number, nReference: number, floorMax: number): number | null {
  if (bins < 2) return 1;
  const room = floorMax / (bins - 1) - 1 / nReference;
  return room > 0 ? Math.ceil(1 / room) : null;
}
