import { describe, expect, it } from 'vitest';
import { killAndRestart } from './kill-and-restart.ts';

const failpoints = [
  'after_insert',
  'during_fold',
  'after_tallies',
  'after_mark',
  'after_feedback_insert',
  'after_freeze',
  'after_outcomes_insert',
];

let kills = 0;

describe('a deliverer that is killed with SIGKILL on its way and started again', () => {
  for (const failpoint of failpoints) {
    it(`${failpoint}: acknowledged is stored, and counted exactly once`, { timeout: 120_000 }, async () => {
      const run = await killAndRestart(failpoint);
      kills += run.kills;
      expect(run.faults).toEqual([]);
      expect(run.stored).toBe(run.sent);
    });
  }

  it('was killed 56 times', () => {
    expect(kills).toBe(56);
  });
});
