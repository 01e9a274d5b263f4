// An upstream defect: after one failed write of a deduplication log every later insert fails with this message.
const STUCK_MESSAGE = 'Cannot write to canceled buffer';
const FAILURES_MAX = 3;

/** Tells from the failures, one after the other, when only a restart will let the engine store again. */
export function stuckEngineWatch(onStuck: () => void): (failure: { message: string }) => void {
  let failures = 0;
  return ({ message }) => {
    if (!message.includes(STUCK_MESSAGE)) return;
    failures += 1;
    if (failures === FAILURES_MAX) onStuck();
  };
}
