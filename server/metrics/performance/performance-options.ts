import { LEVEL_DEFAULT } from '../support/intervals/two-sided-z.ts';

/** Below either the result is `insufficient_evidence`: labelled rows, and rows in the denominator of a rate. */
export type MinimumEvidence = { n: number; denominator: number };

/** Seeded redraws for statistics without a formula; seed and draws become part of the definition. */
export type BootstrapPlan = { draws: number; seed: number };

export type PerformanceOptions = {
  /** Two-sided level of every interval; 0.95 unless said. */
  level?: number;
  /** 100 rows and 30 in the denominator unless a metric says otherwise. */
  minimum?: Partial<MinimumEvidence>;
  /** Labelled / all predictions under which no value is given, 0 to 1; 0 (default) leaves that to the monitor. */
  labelCoverageMin?: number;
  /** A score-bin edge to decide at, in place of the decision that was logged. */
  threshold?: number;
  /** null: no bootstrap interval, for callers that need the value alone at once. */
  bootstrap?: BootstrapPlan | null;
};

export const minimumEvidenceDefault: MinimumEvidence = { n: 100, denominator: 30 };

/** The caller's minimum over the metric's own default over the general one. */
export function minimumEvidence(options: PerformanceOptions, own: Partial<MinimumEvidence> = {}): MinimumEvidence {
  return { ...minimumEvidenceDefault, ...own, ...options.minimum };
}

export function levelOf(options: PerformanceOptions): number {
  return options.level ?? LEVEL_DEFAULT;
}

/** 2,000 draws of counts unless said; a fixed seed, so that the same counts give the same interval years later. */
export function bootstrapPlan(options: PerformanceOptions, drawsDefault = 2000): BootstrapPlan | null {
  return options.bootstrap === undefined ? { draws: drawsDefault, seed: 1 } : options.bootstrap;
}
