/** What a detector says after a value. */
export type ChangeLevel = 'stable' | 'warning' | 'drift';

/** Outcome of one pure step: the state to store and what it means. */
export type ChangeStep<State> = { state: State; level: ChangeLevel };

/**
 * The value of one closed window. A window without a value (no data, insufficient evidence) is not a value: leave it out.
 *
 * @throws RangeError for NaN and the infinities
 */
export function requireFiniteValue(x: number): number {
  if (!Number.isFinite(x))
    throw new RangeError(`a detector takes finite values; leave windows without a value out, got ${x}`);
  return x;
}

/**
 * Run a detector over a finished series: for backtests and charts.
 *
 * @returns indices of alarms and warnings, from 0, and the state after the last value
 *
 * @example
 * scanStream([0.2, 0.3, 9], cusumStart({ mean0: 0, std0: 1 }), (state, x) => cusumStep(state, x)).alarms; // [2]
 */
export function scanStream<State>(
  values: ArrayLike<number>,
  start: State,
  step: (state: State, x: number) => ChangeStep<State>,
): { alarms: number[]; warnings: number[]; state: State } {
  const alarms: number[] = [];
  const warnings: number[] = [];
  let state = start;
  for (let i = 0; i < values.length; i += 1) {
    const next = step(state, values[i]);
    state = next.state;
    if (next.level === 'drift') alarms.push(i);
    else if (next.level === 'warning') warnings.push(i);
  }
  return { alarms, warnings, state };
}
