/** Sum and M2 = Σ(x − mean)² of 2^row values. */
export type AdwinBucket = { sum: number; m2: number };

/** rows[i] holds buckets of 2^i values, oldest first; `total` and `m2` are those of the whole window. */
export type AdwinWindow = { rows: AdwinBucket[][]; width: number; total: number; m2: number };

/** Mean of a window; 0 when it is empty. */
export function meanOf({ width, total }: AdwinWindow): number {
  return width > 0 ? total / width : 0;
}

function mergedPair(a: AdwinBucket, b: AdwinBucket, size: number): AdwinBucket {
  const distance = (a.sum - b.sum) / size;
  return { sum: a.sum + b.sum, m2: a.m2 + b.m2 + (size * distance * distance) / 2 };
}

/** Add a value as the newest bucket of one and merge full rows upwards. The argument is not changed. */
export function insertValue(window: AdwinWindow, x: number, bucketsMax: number): AdwinWindow {
  const width = window.width + 1;
  const distance = x - meanOf(window);
  const m2 = window.m2 + (window.width > 0 ? (window.width * distance * distance) / width : 0);
  const rows = window.rows.length === 0 ? [[]] : [...window.rows];
  rows[0] = [...rows[0], { sum: x, m2: 0 }];
  for (let row = 0; row < rows.length && rows[row].length > bucketsMax; row += 1) {
    const [oldest, second, ...rest] = rows[row];
    rows[row] = rest;
    rows[row + 1] = [...(rows[row + 1] ?? []), mergedPair(oldest, second, 2 ** row)];
  }
  return { rows, width, total: window.total + x, m2 };
}

/** Forget the oldest bucket: the first of the largest size. The argument is not changed. */
export function dropOldest(window: AdwinWindow): AdwinWindow {
  const last = window.rows.length - 1;
  const [oldest, ...rest] = window.rows[last];
  const size = 2 ** last;
  const width = window.width - size;
  const total = window.total - oldest.sum;
  const between = width > 0 ? size * (width / window.width) * (oldest.sum / size - total / width) ** 2 : 0;
  const rows = rest.length > 0 ? [...window.rows.slice(0, last), rest] : trimmed(window.rows.slice(0, last));
  return { rows, width, total, m2: Math.max(0, window.m2 - oldest.m2 - between) };
}

/** Without empty rows at the end, so that the last row always holds the oldest bucket. */
function trimmed(rows: AdwinBucket[][]): AdwinBucket[][] {
  let length = rows.length;
  while (length > 0 && rows[length - 1].length === 0) length -= 1;
  return rows.slice(0, length);
}
