import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SealedBatch } from '../../../server/domain/batch.ts';
import type { BatchSink } from '../../../server/ports/batch-sink.ts';
import type { Logger } from '../../../server/ports/logger.ts';
import { collectorLimitsDefault } from '../../../collectors/collector-limits-default.ts';
import type { CollectorLimits, CollectorOptions, IngestRequest } from '../../../collectors/collector-types.ts';
import { fakeSchemaSource } from '../fakes/fake-schema-source.ts';
import { rowsOf, type Row } from './ingest.ts';

export type Delivered = { batch: SealedBatch; rows: Row[]; body: Uint8Array };
export type FakeSink = BatchSink & {
  delivered: Delivered[];
  /** Batch ids in the order in which they were offered, refused ones too. */
  offered: string[];
  /** While set, every batch is refused. */
  failure: Error | null;
};

export function fakeSink(): FakeSink {
  return {
    delivered: [],
    offered: [],
    failure: null,
    async deliver(batch) {
      this.offered.push(batch.id);
      if (this.failure) throw this.failure;
      const body = await batch.readBody();
      this.delivered.push({ batch, body, rows: batch.kind === 'outcomes' ? [] : rowsOf(body) });
    },
  };
}

export type LogLine = { level: 'debug' | 'info' | 'warn' | 'error'; details: object; message: string };

export function recordingLogger(): Logger & { lines: LogLine[] } {
  const lines: LogLine[] = [];
  const write = (level: LogLine['level']) => (details: object, message: string) =>
    void lines.push({ level, details, message });
  return { lines, debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
}

export const temporaryDirectory = (): string => mkdtempSync(join(tmpdir(), 'plumbline-journal-'));

export function collectorOptions(
  overrides: Partial<Omit<CollectorOptions, 'limits'>> & { limits?: Partial<CollectorLimits> } = {},
): CollectorOptions {
  const { limits, ...rest } = overrides;
  return {
    journalDir: temporaryDirectory(),
    collectorId: 'test',
    schema: fakeSchemaSource(),
    sink: fakeSink(),
    clock: { now: Date.now, monotonicMs: () => performance.now() },
    logger: recordingLogger(),
    unknownModels: 'register',
    workers: 1,
    ...rest,
    limits: { ...collectorLimitsDefault, batchAgeMs: 20, ...limits },
  };
}

export function request(body: unknown, overrides: Partial<IngestRequest> = {}): IngestRequest {
  return {
    kind: 'prediction',
    body: body instanceof Uint8Array ? body : Buffer.from(JSON.stringify(body)),
    contentType: 'application/json',
    contentEncoding: null,
    source: 'test',
    idempotencyKey: null,
    defaultModel: 'm',
    defaultVersion: null,
    allowedModels: null,
    ...overrides,
  };
}

export const scored = (...ids: string[]) => ids.map((id) => ({ id, score: 0.5 }));

export const idsOf = (delivered: Delivered[]): string[] =>
  delivered.flatMap(({ rows }) => rows.map(({ prediction_id }) => String(prediction_id)));
