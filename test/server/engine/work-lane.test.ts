import { describe, expect, it } from 'vitest';
import { WorkLane } from '../../../server/engine/work-lane.ts';

function controlled() {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  return { work: () => promise, resolve, reject };
}

describe('WorkLane', () => {
  it('runs so many at once, the rest in the order they came', async () => {
    const lane = new WorkLane({ name: 'read', concurrencyMax: 2, queueLengthMax: 10 });
    const order: number[] = [];
    const jobs = [0, 1, 2, 3].map(() => controlled());
    const all = jobs.map((job, index) => lane.run(() => (order.push(index), job.work())));
    expect([order, lane.running]).toEqual([[0, 1], 2]);
    jobs[1].resolve('b');
    expect(await all[1]).toBe('b');
    expect([order, lane.running]).toEqual([[0, 1, 2], 2]);
    for (const job of jobs) job.resolve('done');
    await Promise.all(all);
    expect([order, lane.running]).toEqual([[0, 1, 2, 3], 0]);
  });

  it('refuses the one too many with 503 and Retry-After, and takes the next when there is room', async () => {
    const lane = new WorkLane({ name: 'write', concurrencyMax: 1, queueLengthMax: 1 });
    const [running, waiting] = [controlled(), controlled()];
    const first = lane.run(running.work);
    const second = lane.run(waiting.work);
    await expect(lane.run(async () => 'never')).rejects.toMatchObject({
      code: 202,
      status: 503,
      headers: { 'Retry-After': '1' },
    });
    running.resolve('first');
    expect(await first).toBe('first');
    const third = lane.run(async () => 'third');
    waiting.resolve('second');
    expect([await second, await third]).toEqual(['second', 'third']);
  });

  it('gives the slot of a failed job to the next', async () => {
    const lane = new WorkLane({ name: 'read', concurrencyMax: 1, queueLengthMax: 1 });
    const failing = controlled();
    const first = lane.run(failing.work);
    const second = lane.run(async () => 'second');
    failing.reject(new Error('failed'));
    await expect(first).rejects.toThrow('failed');
    expect([await second, lane.running]).toEqual(['second', 0]);
  });
});
