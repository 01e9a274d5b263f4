import { Worker } from 'node:worker_threads';
import type { PredictionFold } from '../counting/prediction-fold.ts';
import { futureSkewMsMax } from '../counting/recent-keys.ts';
import type { Clock } from '../ports/clock.ts';
import type { BatchInspection, FoldEngine } from '../ports/fold-engine.ts';
import type { FoldCall, FoldReply, FoldWorkerData } from './fold-messages.ts';

type Waiting = { resolve: (result: unknown) => void; reject: (error: Error) => void };

/**
 * The fold on a thread of its own, so that counting never delays the acknowledgement of a request.
 *
 * @param newestStored event time of the newest stored prediction, milliseconds: only older events can be repeats of
 *   what an earlier process stored. Unless it is said, everything that may be stored at all is older than that.
 */
export function startFoldThread(
  clock: Clock,
  recentKeysMax: number,
  newestStored: number = clock.now() + futureSkewMsMax,
): FoldEngine {
  const data: FoldWorkerData = { recentKeysMax, recentKeysCoverFrom: newestStored + 1 };
  const worker = new Worker(new URL('./fold-worker.ts', import.meta.url), { workerData: data });
  const waiting = new Map<number, Waiting>();
  let nextId = 0;
  let unpaired = 0;

  worker.on('message', (reply: FoldReply) => {
    const call = waiting.get(reply.id);
    waiting.delete(reply.id);
    if (reply.ok) call?.resolve(reply.result);
    else call?.reject(new Error(reply.message));
  });
  worker.on('error', (error) => {
    for (const call of waiting.values()) call.reject(error as Error);
    waiting.clear();
  });

  function ask<Result>(call: FoldCall): Promise<Result> {
    const id = nextId++;
    return new Promise<Result>((resolve, reject) => {
      waiting.set(id, { resolve: resolve as (result: unknown) => void, reject });
      worker.postMessage({ ...call, id });
    });
  }

  const count = (promise: Promise<number>): void => void promise.then((n) => (unpaired = n)).catch(() => undefined);

  return {
    inspect: (batchId, body) => ask<BatchInspection>({ type: 'inspect', batchId, body }),
    fold: (batchId, models, skip) => ask<PredictionFold>({ type: 'fold', batchId, models, skip }),
    foldBody: (body, models) => ask<PredictionFold>({ type: 'fold_body', body, models }),
    awaitPredictions: (ids) => count(ask<number>({ type: 'await', ids })),
    paired: (ids) => count(ask<number>({ type: 'paired', ids })),
    unpairedCount: () => unpaired,
    async stop() {
      await worker.terminate();
    },
  };
}
