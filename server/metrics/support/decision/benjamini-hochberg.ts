/**
 * Benjamini-Hochberg: which of many p-values are small because something happened, and not because there are many?
 *
 * Reading: of all results called breached at adjusted p ≤ q, at most a share q is false on average. 200 features
 * tested at plain 0.05 give ten false pages an evaluation; adjusted, none most of the time.
 * Definition: sort ascending; adjusted p_(i) = min over j ≥ i of min(1, m·p_(j)/j). m counts the entries with a p:
 * null (no evidence) stays null and does not count. One family = all p of one model version and evaluation time.
 *
 * @param pValues in any order, null where a result has no p
 * @returns adjusted p-values in the order of the input; reject where ≤ q
 *
 * Reference: Benjamini & Hochberg 1995, doi:10.1111/j.2517-6161.1995.tb02031.x. Cost: O(m log m).
 *
 * @example
 * benjaminiHochberg([0.2, null, 0.001, 0.04]); // [0.2, null, 0.003, 0.06]
 */
export function benjaminiHochberg(pValues: readonly (number | null)[]): (number | null)[] {
  return adjustStepUp(pValues, 1);
}

/**
 * Benjamini-Yekutieli: the same promise under any dependence between the tests, at the price of power.
 *
 * Definition: Benjamini-Hochberg times Σ_(j≤m) 1/j (2.9 at m = 10, 5.9 at m = 200).
 *
 * Reference: Benjamini & Yekutieli 2001, doi:10.1214/aos/1013699998. Cost: O(m log m).
 *
 * @example
 * benjaminiYekutieli([0.001, 0.04]); // [0.003, 0.06]
 */
export function benjaminiYekutieli(pValues: readonly (number | null)[]): (number | null)[] {
  let harmonic = 0;
  const m = pValues.filter((p) => p !== null).length;
  for (let j = m; j >= 1; j -= 1) harmonic += 1 / j;
  return adjustStepUp(pValues, harmonic);
}

function adjustStepUp(pValues: readonly (number | null)[], factor: number): (number | null)[] {
  const present = pValues.flatMap((p, index) => (p === null ? [] : [{ p, index }])).sort((a, b) => b.p - a.p);
  const adjusted: (number | null)[] = pValues.map(() => null);
  const m = present.length;
  let smallest = 1;
  present.forEach(({ p, index }, i) => {
    smallest = Math.min(smallest, (factor * m * p) / (m - i));
    adjusted[index] = smallest;
  });
  return adjusted;
}
