import { describe, expect, it } from 'vitest';
import { killAndRestart } from './kill-and-restart.ts';

const failpoints = [
  'after_parse',
  'before_journal_write',
  'after_journal_write',
  'after_fsync',
  'before_deliver',
  'after_deliver',
];

let kills = 0;

describe('a collector that is killed with SIGKILL on its way and started again', () => {
  for (const failpoint of failpoints) {
    it(`${failpoint}: acknowledged is stored, and counted exactly once`, { timeout: 120_000 }, async () => {
      const run = await killAndRestart(failpoint);
      kills += run.kills;
      expect(run.faults).toEqual([]);
      expect(run.stored).toBe(run.sent);
    });
  }

  it('was killed 48 times', () => {
    expect(kills).toBe(48);
  });
});
