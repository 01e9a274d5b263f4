import type { Interval } from '../../domain/metric-result.ts';
import { moverMean } from '../support/intervals/mover-interval.ts';
import { newcombeInterval } from '../support/intervals/newcombe-interval.ts';
import type { Sides } from './signed-comparison.ts';
import { successes } from './worst-case-difference.ts';

/** Mean of the differences of two rates, unprivileged − privileged. */
export function meanSignedDifference({ unprivileged, privileged }: Sides): number {
  return (unprivileged[0].value - privileged[0].value + (unprivileged[1].value - privileged[1].value)) / 2;
}

/** MOVER mean of the two Newcombe intervals; the two rates rest on different rows. */
export function meanSignedInterval({ unprivileged, privileged }: Sides, level: number): Interval | null {
  const [first, second] = unprivileged.map((side, i) => {
    const interval = newcombeInterval(successes(side), successes(privileged[i]), level);
    return interval && { ...interval, value: side.value - privileged[i].value };
  });
  return first && second ? moverMean(first, second, level) : null;
}
