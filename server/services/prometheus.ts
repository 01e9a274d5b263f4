import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { CollectorStats } from '../../collectors/collector-types.ts';

export type MetricSources = {
  collector: () => CollectorStats;
  engineRestarts: () => number;
  engineUp: () => boolean;
  unpairedFeedback: () => number;
};

export type ServiceMetrics = {
  registry: Registry;
  noteFolded(rows: number, duplicates: number, lagSeconds: number): void;
  noteEvaluation(seconds: number): void;
};

/** Plumbline's own metrics, in Prometheus form. Labels are bounded: no ids, no feature names. */
export function serviceMetrics(sources: MetricSources): ServiceMetrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'plumbline_process_' });
  const counter = (name: string, help: string): Counter =>
    new Counter({ name: `plumbline_${name}`, help, registers: [registry] });
  const gauge = (name: string, help: string, read: () => number): void => {
    new Gauge({
      name: `plumbline_${name}`,
      help,
      registers: [registry],
      collect() {
        this.set(read());
      },
    });
  };
  new Counter({
    name: 'plumbline_ingested_predictions_total',
    help: 'Events accepted into the journal.',
    registers: [registry],
    collect() {
      this.reset();
      this.inc(sources.collector().acceptedRows);
    },
  });
  const stored = counter('stored_rows_total', 'Rows stored and counted.');
  const duplicates = counter('duplicate_rows_total', 'Rows that repeated an earlier prediction and were not counted.');
  const lag = new Histogram({
    name: 'plumbline_ingest_lag_seconds',
    help: 'From the first event of a batch to its tallies.',
    buckets: [0.1, 0.25, 0.5, 1, 2, 5, 10, 60, 600],
    registers: [registry],
  });
  const evaluation = new Histogram({
    name: 'plumbline_evaluation_duration_seconds',
    help: 'One evaluation of the models that changed.',
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
    registers: [registry],
  });
  gauge('spool_bytes', 'Journal bytes that storage has not taken yet.', () => sources.collector().journalBytes);
  gauge('spool_bytes_max', 'Journal bytes at which ingestion answers 503.', () => sources.collector().journalBytesMax);
  gauge('pending_batches', 'Sealed batches waiting for storage.', () => sources.collector().pendingBatches);
  gauge(
    'delivery_failures',
    'Deliveries that storage refused since the start.',
    () => sources.collector().deliveryFailures,
  );
  gauge('engine_up', '1 while the storage engine answers.', () => (sources.engineUp() ? 1 : 0));
  gauge('engine_restarts', 'Restarts of the embedded engine since the start.', sources.engineRestarts);
  gauge('unpaired_feedback', 'Labels whose prediction has not arrived.', sources.unpairedFeedback);
  return {
    registry,
    noteFolded(rows, repeated, lagSeconds) {
      stored.inc(rows);
      duplicates.inc(repeated);
      lag.observe(lagSeconds);
    },
    noteEvaluation: (seconds) => evaluation.observe(seconds),
  };
}
