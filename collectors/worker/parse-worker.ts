import { parentPort, workerData } from 'node:worker_threads';
import { RequestProcessor } from './request-processor.ts';
import type { FromWorker, ToWorker, WorkerSettings } from './worker-messages.ts';

const port = parentPort;
if (!port) throw new Error('parse-worker runs as a worker thread only');

const post = (message: FromWorker, transfer: ArrayBuffer[] = []) => port.postMessage(message, transfer);
let answerExtension: ((isDurable: boolean) => void) | null = null;

const processor = new RequestProcessor(workerData as WorkerSettings, (proposals) => {
  post({ type: 'extend', proposals });
  return new Promise((resolve) => (answerExtension = resolve));
});

port.on('message', (message: ToWorker) => {
  switch (message.type) {
    case 'schema':
      return processor.book.apply(message.models, message.versions);
    case 'stop':
      return port.close();
    case 'extended':
      return answerExtension?.(message.isDurable);
    case 'parse':
      return void processor.process(message).then((frames) => {
        post(
          frames,
          frames.parts.map(({ frame }) => frame.buffer as ArrayBuffer),
        );
      });
  }
});

post({ type: 'ready' });
