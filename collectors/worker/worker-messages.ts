import type { BatchKind } from '../../server/domain/batch.ts';
import type { ModelDefinition } from '../../server/domain/model.ts';
import type { SchemaProposal, UnknownModelPolicy } from '../../server/ports/schema-source.ts';
import type { CollectorLimits, EventKind, IngestResult } from '../collector-types.ts';
import type { BatchPosition } from '../columns/prediction-frame.ts';
import type { VersionsOfModel } from '../validate/schema-book.ts';

export type BodyFormat = 'json' | 'ndjson' | 'arrow';

/** A request without its bytes, which lie at `[offset, offset + byteLength)` of the message's storage. */
export type RequestHead = {
  kind: EventKind;
  offset: number;
  byteLength: number;
  format: BodyFormat;
  source: string;
  receivedAt: number;
  idempotency: { key: string; bodyDigest: string } | null;
  defaultModel: string | null;
  defaultVersion: string | null;
  allowedModels: readonly string[] | null;
};

export type WorkerSettings = { limits: CollectorLimits; unknownModels: UnknownModelPolicy };

export type ToWorker =
  | { type: 'schema'; models: readonly ModelDefinition[]; versions: readonly VersionsOfModel[] }
  | {
      type: 'parse';
      storage: ArrayBuffer;
      requests: RequestHead[];
      /** Where the rows will lie, told beforehand so that the frame's bytes are final. */
      positions: { predictions?: BatchPosition; feedback?: BatchPosition };
      /** An earlier frame did not reach the disk: its keys are not duplicates. */
      mustForgetRecent: boolean;
    }
  | { type: 'extended'; isDurable: boolean }
  | { type: 'stop' };

export type EventBatchKind = Exclude<BatchKind, 'outcomes'>;

export type FramePart = { kind: EventBatchKind; frame: Uint8Array; rows: number };

export type FromWorker =
  | { type: 'ready' }
  | { type: 'extend'; proposals: SchemaProposal[] }
  | { type: 'frames'; parts: FramePart[]; results: IngestResult[] };
