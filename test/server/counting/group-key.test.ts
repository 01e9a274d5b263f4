import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupKey, groupingsOf, parseGroupKey } from '../../../server/counting/group-key.ts';

const hostile = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    '',
    '=',
    '|',
    '%',
    '%25',
    '%3D',
    '%7C',
    '%2525',
    'a=b|c=d',
    '%zz',
    '\u0000',
    '__proto__',
    'ü%3d',
    '100%',
  ),
);
const name = hostile.filter((text) => text !== '');
const part = fc.tuple(name, fc.option(hostile, { nil: null }));

describe('group keys', () => {
  it('come back as they went in, for hostile names and values too', () => {
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), (parts) => {
        expect(parseGroupKey(groupKey(parts))).toEqual(parts);
      }),
      { numRuns: 2_000 },
    );
  });

  it('differ when the groups differ', () => {
    fc.assert(
      fc.property(
        fc.array(part, { minLength: 1, maxLength: 3 }),
        fc.array(part, { minLength: 1, maxLength: 3 }),
        (a, b) => {
          expect(groupKey(a) === groupKey(b)).toBe(JSON.stringify(a) === JSON.stringify(b));
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('say unknown and empty apart, and the empty key is everybody', () => {
    expect(groupKey([['sex', null]])).toBe('sex');
    expect(groupKey([['sex', '']])).toBe('sex=');
    expect(parseGroupKey('')).toEqual([]);
  });

  it('groupings are every sensitive feature and the intersections whose features all exist', () => {
    const groupings = groupingsOf({
      sensitiveFeatures: ['sex', 'race'],
      intersections: [
        ['race', 'sex'],
        ['sex', 'age'],
      ],
    });
    expect(groupings.map(({ attribute, positions }) => [attribute, positions])).toEqual([
      ['sex', [0]],
      ['race', [1]],
      ['race × sex', [1, 0]],
    ]);
  });
});
