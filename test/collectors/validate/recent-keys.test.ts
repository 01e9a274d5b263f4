import { describe, expect, it } from 'vitest';
import { KeyHash } from '../../../collectors/validate/key-hash.ts';
import { RecentKeys } from '../../../collectors/validate/recent-keys.ts';

const hashOf = (i: number) =>
  new KeyHash()
    .begin()
    .text('m')
    .number(1_795_000_000_000 + i)
    .text(`p-${i}`)
    .end();

describe('recent keys', () => {
  it('the last 200,000 are known, those more than 400,000 back are forgotten', () => {
    const keys = new RecentKeys();
    for (let i = 0; i < 700_000; i++) expect(keys.isRepeated(hashOf(i))).toBe(false);
    for (let i = 500_001; i < 700_000; i += 97) expect(keys.isRepeated(hashOf(i))).toBe(true);
    expect(keys.isRepeated(hashOf(1))).toBe(false);
  });

  it('are forgotten on demand', () => {
    const keys = new RecentKeys();
    keys.isRepeated(hashOf(1));
    keys.clear();
    expect(keys.isRepeated(hashOf(1))).toBe(false);
  });
});

describe('key hashes', () => {
  it('differ for every part of the key, also for likely neighbours', () => {
    const hash = (model: string, time: number, id: string) =>
      new KeyHash().begin().text(model).number(time).text(id).end();
    const seen = new Set<number>();
    for (const model of ['m', 'mm', '']) {
      for (let time = 0; time < 50; time++)
        for (let id = 0; id < 2_000; id++) seen.add(hash(model, 1.8e12 + time, `${id}`));
    }
    expect(seen.size).toBe(3 * 50 * 2_000);
    expect(hash('ab', 0, 'c')).not.toBe(hash('a', 0, 'bc'));
    expect(Math.max(...[...seen].slice(0, 1_000))).toBeLessThan(2 ** 53);
  });
});
