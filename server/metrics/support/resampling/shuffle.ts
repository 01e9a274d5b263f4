/**
 * Shuffle an array in place: every order equally likely.
 *
 * Definition: Fisher-Yates from the front. With `settled` below the length only that many leading places are dealt,
 * which is all that a random split into two groups needs.
 *
 * @param items changed in place and returned
 * @param uniform seeded source of numbers in [0, 1)
 * @param settled how many leading places need a random item; all unless said
 *
 * Reference: Durstenfeld 1964, doi:10.1145/364520.364540. Cost: O(settled).
 *
 * @example
 * shuffle([1, 2, 3], seededRandom(1)); // for example [3, 1, 2]
 */
export function shuffle<T extends { [index: number]: number; length: number }>(
  items: T,
  uniform: () => number,
  settled = items.length,
): T {
  const last = Math.min(settled, items.length - 1);
  for (let i = 0; i < last; i += 1) {
    const j = i + Math.floor(uniform() * (items.length - i));
    const kept = items[i];
    items[i] = items[j];
    items[j] = kept;
  }
  return items;
}
