import { describe, expect, it } from 'vitest';
import { killAndRestart } from './kill-and-restart.ts';

describe('the control run: the same kills without stable insert tokens', () => {
  it('counts rows twice, so the check of the other runs can fail', { timeout: 120_000 }, async () => {
    const { faults } = await killAndRestart('after_tallies', { tokens: false, passes: [1, 2, 1] });
    expect(faults.filter((fault) => /^(features|decisions|labelled)/.test(fault))).not.toEqual([]);
  });
});
