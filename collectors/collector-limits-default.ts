import type { CollectorLimits } from './collector-types.ts';

const MIB = 1024 * 1024;

/** The published limits of the native interface. */
export const collectorLimitsDefault: CollectorLimits = {
  bodyBytesMax: 16 * MIB,
  recordsMax: 10_000,
  lineBytesMax: 65_536,
  depthMax: 8,
  featuresMax: 2_000,
  idBytesMax: 256,
  stringBytesMax: 8_192,
  journalBytesMax: 4_096 * MIB,
  batchRowsMax: 50_000,
  batchBytesMax: 32 * MIB,
  batchAgeMs: 500,
  futureSkewMs: 300_000,
  modelsMax: 1_000,
  classesMax: 100,
  pendingRequestBytesMax: 128 * MIB,
};
