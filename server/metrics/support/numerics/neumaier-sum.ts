/**
 * Compensated sum: adds doubles and keeps the digits that plain addition drops.
 *
 * Definition: Neumaier's variant of Kahan summation; the error does not grow with the number of terms, also where a
 * term is larger than the running sum. Infinite and NaN terms make the value infinite or NaN, as plain addition does.
 *
 * Reference: Neumaier 1974, doi:10.1002/zamm.19740540106. Cost: about 4 additions a term.
 *
 * @example
 * const sum = new NeumaierSum();
 * for (const term of [1, 1e100, 1, -1e100]) sum.add(term);
 * sum.value; // 2, where plain addition gives 0
 */
export class NeumaierSum {
  private total = 0;
  private compensation = 0;

  add(term: number): void {
    const next = this.total + term;
    this.compensation += Math.abs(this.total) >= Math.abs(term) ? this.total - next + term : term - next + this.total;
    this.total = next;
  }

  get value(): number {
    return Number.isFinite(this.total) ? this.total + this.compensation : this.total;
  }
}

/**
 * Compensated sum of all entries of an array.
 *
 * @example
 * compensatedSum([0.1, 0.2, 0.3]); // 0.6
 */
export function compensatedSum(terms: ArrayLike<number>): number {
  const sum = new NeumaierSum();
  for (let i = 0; i < terms.length; i += 1) sum.add(terms[i]);
  return sum.value;
}
