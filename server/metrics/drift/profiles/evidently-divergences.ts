import { chiSquareUpperTail } from '../../support/special-functions/chi-square-upper-tail.ts';
import { evidentlyFilledShares } from './evidently-bins.ts';
import type { PairedCounts } from './evidently-bins.ts';
import {
  entropyOfShares,
  hellingerOfShares,
  jensenShannonOfShares,
  sharesOf,
  stabilityIndexOfShares,
} from './share-divergences.ts';

type Counts = Pick<PairedCounts, 'reference' | 'current'>;

/** PSI of Evidently: Σ(r − c)·ln(r/c) on zero-filled shares. Alarm from 0.1. */
export function evidentlyPsi({ reference, current }: Counts): number {
  return stabilityIndexOfShares(evidentlyFilledShares(reference), evidentlyFilledShares(current));
}

/** KL of Evidently: Σ r·ln(r/c) on zero-filled shares, renormalised. Alarm from 0.1. */
export function evidentlyKullbackLeibler({ reference, current }: Counts): number {
  return entropyOfShares(evidentlyFilledShares(reference), evidentlyFilledShares(current));
}

/** Jensen-Shannon distance of Evidently: natural logarithm, raw shares. Alarm from 0.1. */
export function evidentlyJensenShannon({ reference, current }: Counts): number {
  return jensenShannonOfShares(reference, current, 'e');
}

/** Hellinger distance of Evidently on its own bins (`evidentlyHellingerBins` for numbers). Alarm from 0.1. */
export function evidentlyHellinger({ reference, current }: Counts): number {
  return hellingerOfShares(sharesOf(reference), sharesOf(current));
}

/**
 * Chi-square **goodness of fit** of Evidently: expected = r_i·n_c/n_r, K − 1 degrees of freedom, alarm below 0.05.
 * It takes the reference as exact and so over-rejects; Plumbline's own test is `chiSquareContingency`.
 *
 * @returns p; 0 when a category appears that the reference never held
 */
export function chiSquareGoodnessOfFit({ reference, current }: Counts): number {
  const scale = current.reduce((sum, c) => sum + c, 0) / reference.reduce((sum, r) => sum + r, 0);
  const statistic = reference.reduce((sum, r, i) => {
    const distance = current[i] - r * scale;
    return distance === 0 ? sum : sum + distance ** 2 / (r * scale);
  }, 0);
  return chiSquareUpperTail(statistic, reference.length - 1);
}

/**
 * G test of Evidently: 2Σ c·ln(c/r) on raw counts, K − 1 degrees of freedom, alarm below 0.1. It means something for
 * equal sizes only.
 *
 * @returns p; 0 when a category appears that the reference never held
 */
export function gTest({ reference, current }: Counts): number {
  const statistic = current.reduce((sum, c, i) => (c > 0 ? sum + 2 * c * Math.log(c / reference[i]) : sum), 0);
  return chiSquareUpperTail(statistic, reference.length - 1);
}
