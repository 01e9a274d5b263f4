import { parentPort, workerData } from 'node:worker_threads';
import { decodePredictions, type DecodedSegment } from '../counting/decode-segment.ts';
import { inspectKeys, predictionIdAt } from '../counting/inspect-keys.ts';
import { foldPredictions } from '../counting/prediction-fold.ts';
import { RecentKeys } from '../counting/recent-keys.ts';
import type { FoldReply, FoldRequest, FoldWorkerData } from './fold-messages.ts';

/** Thread entry: decodes, inspects and counts batches one after another. State: recent keys, inspected batches, awaited ids. */
const { recentKeysMax, recentKeysCoverFrom } = workerData as FoldWorkerData;
const recent = new RecentKeys(recentKeysMax, recentKeysCoverFrom);
const inspected = new Map<string, DecodedSegment>();
const awaited = new Map<string, Set<string>>();

parentPort?.on('message', (request: FoldRequest) => {
  let reply: FoldReply;
  try {
    reply = { id: request.id, ok: true, result: answer(request) };
  } catch (error) {
    reply = { id: request.id, ok: false, message: error instanceof Error ? error.message : String(error) };
  }
  parentPort?.postMessage(reply);
});

function answer(request: FoldRequest): unknown {
  switch (request.type) {
    case 'inspect': {
      const segment = decodePredictions(request.body);
      const isRetry = inspected.has(request.batchId);
      inspected.set(request.batchId, segment);
      const result = inspectKeys(segment, recent);
      // A batch that is offered again meets its own keys in the filter: every row is then a candidate, and the store decides.
      return { ...result, awaited: awaitedIn(segment), isRetry };
    }
    case 'fold': {
      const segment = inspected.get(request.batchId);
      if (segment === undefined) throw new Error(`batch ${request.batchId} was not inspected`);
      inspected.delete(request.batchId);
      return foldPredictions(segment, request.models, new Set(request.skip));
    }
    case 'fold_body':
      return foldPredictions(decodePredictions(request.body), request.models, new Set());
    case 'await':
      for (const [model, id] of request.ids) {
        const ids = awaited.get(model) ?? new Set();
        awaited.set(model, ids.add(id));
      }
      return unpairedCount();
    case 'paired':
      for (const [model, id] of request.ids) awaited.get(model)?.delete(id);
      return unpairedCount();
  }
}

function unpairedCount(): number {
  let n = 0;
  for (const ids of awaited.values()) n += ids.size;
  return n;
}

function awaitedIn(segment: DecodedSegment): [string, string][] {
  const found: [string, string][] = [];
  if (unpairedCount() === 0) return found;
  for (const frame of segment.frames) {
    for (let i = 0; i < frame.rows; i++) {
      const model = segment.dictionary[frame.model[i]];
      const ids = awaited.get(model);
      if (ids === undefined || ids.size === 0) continue;
      const id = predictionIdAt(frame, i);
      if (ids.has(id)) found.push([model, id]);
    }
  }
  return found;
}
