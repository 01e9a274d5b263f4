/** What one evaluation of a monitor said. */
export type MonitorStatus = 'ok' | 'breached' | 'insufficient_evidence' | 'no_data' | 'error';

export type PersistenceRule = {
  /** Breaches among the last m evaluated results that fire; 3 unless said. */
  k?: number;
  /** Evaluated results remembered; 5 unless said. */
  m?: number;
  /** Evaluated `ok` in a row that clear; 3 unless said. */
  clearAfter?: number;
};

/** Small and serialisable: stored with every step, so that a restart goes on bit for bit. */
export type PersistenceState = {
  state: 'clear' | 'firing';
  /** The last m evaluated results, oldest first; true = breached. */
  recent: boolean[];
  /** Evaluated `ok` in a row. */
  okInARow: number;
  /** Windows in a row without an evaluated result. */
  unevaluated: number;
  /** No evaluated result for 2m windows: the state is old, and says so. */
  isStale: boolean;
};

export const initialPersistence: PersistenceState = {
  state: 'clear',
  recent: [],
  okInARow: 0,
  unevaluated: 0,
  isStale: false,
};

/**
 * Persistence, k of m: is this a lasting change or one odd window?
 *
 * Reading: with a 5 % false rate per window, 3 of 5 fires falsely once in about 860 windows.
 * Definition: keep the last m = 5 *evaluated* results; fire when k = 3 of them breached; clear after 3 evaluated `ok`
 * in a row, then forget them all. `insufficient_evidence`, `no_data` and `error` neither enter nor clear; after 2m
 * windows without an evaluated result `isStale` is set.
 *
 * @param previous state so far; `initialPersistence` at the start
 * @param status result of the newest window
 * @returns the next state; the argument is not changed
 *
 * Cost: O(m).
 *
 * @example
 * const fired = ['breached', 'breached', 'breached'].reduce(
 *   (state, status) => nextPersistence(state, status), initialPersistence); // fired.state === 'firing'
 */
export function nextPersistence(
  previous: PersistenceState,
  status: MonitorStatus,
  rule: PersistenceRule = {},
): PersistenceState {
  const { k = 3, m = 5, clearAfter = 3 } = rule;
  if (status !== 'ok' && status !== 'breached') {
    const unevaluated = previous.unevaluated + 1;
    return { ...previous, unevaluated, isStale: unevaluated >= 2 * m };
  }
  const isBreached = status === 'breached';
  const recent = [...previous.recent, isBreached].slice(-m);
  const okInARow = isBreached ? 0 : previous.okInARow + 1;
  const evaluated = { unevaluated: 0, isStale: false };
  if (previous.state === 'firing') {
    return okInARow >= clearAfter ? initialPersistence : { state: 'firing', recent, okInARow, ...evaluated };
  }
  const isFiring = recent.filter(Boolean).length >= k;
  return { state: isFiring ? 'firing' : 'clear', recent, okInARow, ...evaluated };
}

/**
 * False alarms of a k of m rule: how often do k of m independent windows breach by chance?
 *
 * Definition: P = Σ_(j≥k) C(m,j) a^j (1−a)^(m−j). Expected false pages a week = features × segments × windows a week × P:
 * show it while a rule is edited.
 *
 * @param k breaches needed, 0 or more
 * @param m windows looked at, 1 to 1000
 * @param rate false rate of one window, in [0, 1]
 * @throws RangeError when an argument is outside its range
 *
 * Cost: O(m).
 *
 * @example
 * persistenceFalseAlarmRate(3, 5, 0.05); // 0.00116
 */
export function persistenceFalseAlarmRate(k: number, m: number, rate: number): number {
  if (!Number.isInteger(k) || !Number.isInteger(m) || k < 0 || m < 1 || m > 1000) {
    throw new RangeError(`k and m must be whole numbers, k ≥ 0 and m in 1 to 1000; got ${k} and ${m}`);
  }
  if (!(rate >= 0 && rate <= 1)) throw new RangeError(`a rate must lie in [0, 1], got ${rate}`);
  let total = 0;
  let choose = 1;
  for (let j = m; j >= k; j -= 1) {
    total += choose * rate ** j * (1 - rate) ** (m - j);
    choose *= j / (m - j + 1);
  }
  return Math.min(1, total);
}
