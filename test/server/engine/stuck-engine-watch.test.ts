import { describe, expect, it } from 'vitest';
import { stuckEngineWatch } from '../../../server/engine/stuck-engine-watch.ts';

describe('stuckEngineWatch', () => {
  it('asks for one restart after three such failures, whatever else fails in between', () => {
    let restarts = 0;
    const see = stuckEngineWatch(() => (restarts += 1));
    see({ message: 'Cannot write to canceled buffer' });
    see({ message: 'Syntax error' });
    see({ message: 'Cannot write to canceled buffer: while flushing' });
    expect(restarts).toBe(0);
    for (let round = 0; round < 3; round += 1) see({ message: 'Cannot write to canceled buffer' });
    expect(restarts).toBe(1);
  });
});
