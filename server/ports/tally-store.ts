import type { FeatureCounts, OutcomeCell } from '../domain/tally-counts.ts';
import type { Window } from '../domain/window.ts';

export type TallyScope = { segment: string; version: string };

/** (model, reference) or (model, score binning): which counts are meant. */
export type TallyPair = readonly [model: string, id: string];

export type Buckets = { window: Window; stepMs: number };

export type TallyStore = {
  /** By model id; models without rows are absent. `segment` '' is everybody, `version` '' all versions. */
  featureCounts(pairs: readonly TallyPair[], window: Window, scope: TallyScope): Promise<Map<string, FeatureCounts>>;
  /** By start of bucket, milliseconds; buckets without rows are absent. */
  featureBuckets(pair: TallyPair, buckets: Buckets, scope: TallyScope): Promise<Map<number, FeatureCounts>>;
  /** By segment key. */
  featureCountsBySegment(pair: TallyPair, window: Window, version: string): Promise<Map<string, FeatureCounts>>;
  /** Cells of everybody (`group` ''), or of all groups. By model id. */
  outcomeCells(
    pairs: readonly TallyPair[],
    window: Window,
    scope: TallyScope & { groups: 'everybody' | 'all' },
  ): Promise<Map<string, OutcomeCell[]>>;
  outcomeBuckets(pair: TallyPair, buckets: Buckets, scope: TallyScope): Promise<Map<number, OutcomeCell[]>>;
  /** Predictions per bucket: model id → start of bucket → n. */
  traffic(pairs: readonly TallyPair[], buckets: Buckets): Promise<Map<string, Map<number, number>>>;
};
