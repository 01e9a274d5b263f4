import { duplicateRate } from '../../../../../server/metrics/quality/duplicate-rate.ts';
import { arrivalLag, freshness } from '../../../../../server/metrics/quality/freshness.ts';
import { ingestionShare } from '../../../../../server/metrics/quality/ingestion-share.ts';
import { missingRateChange } from '../../../../../server/metrics/quality/missing-rate-change.ts';
import { missingRate } from '../../../../../server/metrics/quality/missing-rate.ts';
import { outOfRangeRate } from '../../../../../server/metrics/quality/out-of-range-rate.ts';
import { schemaChange } from '../../../../../server/metrics/quality/schema-change.ts';
import { typeMismatchRate } from '../../../../../server/metrics/quality/type-mismatch-rate.ts';
import { unseenCategoryRate } from '../../../../../server/metrics/quality/unseen-category-rate.ts';
import { volumeAnomaly } from '../../../../../server/metrics/quality/volume-anomaly.ts';
import { burnRate } from '../../../../../server/metrics/service/burn-rate.ts';
import { errorRate } from '../../../../../server/metrics/service/error-rate.ts';
import { latencyQuantile } from '../../../../../server/metrics/service/latency-quantile.ts';
import { throughput } from '../../../../../server/metrics/service/throughput.ts';

/** Worked examples of quality and service by metric id: the page prints the body and what it returns. */
export const operationExamples: Record<string, () => unknown> = {
  missing_rate() {
    return missingRate({ n: 200, missing: 10, typeMismatch: 0, outOfRange: 0, unseen: 0 });
  },
  missing_rate_change() {
    return missingRateChange({ missing: 84, n: 1200 }, { missing: 210, n: 6000 });
  },
  unseen_category_rate() {
    return unseenCategoryRate({ n: 200, missing: 20, typeMismatch: 0, outOfRange: 0, unseen: 9 });
  },
  type_mismatch_rate() {
    return typeMismatchRate({ n: 1000, missing: 0, typeMismatch: 2, outOfRange: 0, unseen: 0 });
  },
  out_of_range_rate() {
    return outOfRangeRate({ n: 500, missing: 0, typeMismatch: 0, outOfRange: 5, unseen: 0 });
  },
  duplicate_rate() {
    return duplicateRate(3, 1000);
  },
  conflicting_rate() {
    return ingestionShare('conflicting', 4, 1000);
  },
  unpaired_rate() {
    return ingestionShare('unpaired', 4, 1000);
  },
  late_rate() {
    return ingestionShare('late', 4, 1000);
  },
  rejected_rate() {
    return ingestionShare('rejected', 4, 1000);
  },
  dropped_rate() {
    return ingestionShare('dropped', 4, 1000);
  },
  freshness() {
    const evaluatedAtMs = 65_000;
    const newestEventMs = 52_000;
    return freshness(evaluatedAtMs, newestEventMs, 5);
  },
  arrival_lag() {
    const lagsMs = Array.from({ length: 40 }, (_, i) => 80 + 10 * i);
    return arrivalLag(lagsMs, 0.95);
  },
  volume_anomaly() {
    return volumeAnomaly(700, [980, 1010, 1025, 995]);
  },
  schema_change() {
    const reference = new Map([
      ['age', { type: 'int' }],
      ['city', { type: 'text' }],
    ]);
    const current = new Map([
      ['age', { type: 'float' }],
      ['zip', { type: 'text' }],
    ]);
    return schemaChange(reference, current);
  },
  throughput() {
    return throughput(5, 60);
  },
  latency_quantile() {
    const latenciesMs = Array.from({ length: 400 }, (_, i) => 5 + i / 10);
    return latencyQuantile(latenciesMs, 0.95);
  },
  error_rate() {
    return errorRate(37, 5000);
  },
  burn_rate() {
    return burnRate({ failed: 18, all: 1000 }, 0.999);
  },
};
