import type { ServerResponse } from 'node:http';
import { ENGINE_CODES, EngineException } from './engine-exception.ts';

/** Results wait in memory for clients that read slowly; together they may take so much and no more. */
export class ResultBudget {
  #bytesMax: number;
  #bytesHeld = 0;

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax;
  }

  /** Counts a result until its response is sent or given up. */
  hold(bytes: number, response: ServerResponse): void {
    if (this.#bytesHeld + bytes > this.#bytesMax) {
      throw new EngineException(
        ENGINE_CODES.TOO_MANY_SIMULTANEOUS_QUERIES,
        `Too many simultaneous queries: ${this.#bytesHeld} bytes of results wait for their readers. Retry later`,
        { status: 503, headers: { 'Retry-After': '1' } },
      );
    }
    this.#bytesHeld += bytes;
    const release = () => {
      this.#bytesHeld -= bytes;
    };
    if (response.destroyed) release();
    else response.once('close', release);
  }
}
