import { setTimeout as wait } from 'node:timers/promises';
import type { IngestResult } from '../../collectors/collector-types.ts';
import { discrepancies } from '../helpers/counted-once.ts';
import { type Pipeline, PipelineGone, type Stored } from './pipeline.ts';

const day = Date.UTC(2026, 0, 5);

/** What a client knows: what it sent, and what it got a 202 for. Kept outside the process under test. */
export class ClientLedger {
  readonly sent = new Set<string>();
  readonly acknowledged = new Set<string>();
  readonly sentFeedback = new Set<string>();
  readonly acknowledgedFeedback = new Set<string>();
  private next = 0;

  /**
   * One turn of a client's work: new predictions, feedback for some of them, feedback for predictions that come next
   * turn, and a repeat of what was sent before. Ends quietly when the process dies.
   */
  async work(pipeline: Pipeline, turns = 1): Promise<void> {
    try {
      for (let turn = 0; turn < turns; turn++) {
        if (turn > 0) await wait(10);
        const first = this.next;
        this.next += 8;
        const ids = Array.from({ length: 8 }, (_, i) => first + i);
        const repeats = first >= 8 ? [first - 1, first - 8] : [];
        await Promise.all([
          this.predictions(pipeline, [...ids, ...repeats]),
          this.feedback(pipeline, [first + 1, first + 2, first + 9, ...(first >= 8 ? [first - 5] : [])]),
        ]);
      }
    } catch (error) {
      if (!(error instanceof PipelineGone)) throw error;
    }
  }

  /** What a client does that got no answer: it sends everything again that was not acknowledged. */
  async resend(pipeline: Pipeline): Promise<void> {
    const open = [...this.sent].filter((id) => !this.acknowledged.has(id)).map((id) => Number(id.slice(1)));
    if (open.length > 0) await this.predictions(pipeline, open);
  }

  async predictions(pipeline: Pipeline, numbers: readonly number[], key: string | null = null): Promise<IngestResult> {
    for (const i of numbers) this.sent.add(`p${i}`);
    const result = await pipeline.send('prediction', numbers.map(predictionOf), key);
    if (result.status === 202) for (const i of numbers) this.acknowledged.add(`p${i}`);
    return result;
  }

  async feedback(pipeline: Pipeline, numbers: readonly number[]): Promise<IngestResult> {
    for (const i of numbers) this.sentFeedback.add(`p${i}`);
    const rows = numbers.map((i) => ({
      predictionId: `p${i}`,
      label: (i >> 1) % 2,
      time: new Date(day).toISOString(),
    }));
    const result = await pipeline.send('feedback', rows);
    if (result.status === 202) for (const i of numbers) this.acknowledgedFeedback.add(`p${i}`);
    return result;
  }

  /** Everything that is wrong, in words: acknowledged ⊆ stored ⊆ sent, and every stored row counted exactly once. */
  faults({ counts, predictionIds, feedbackIds }: Stored): string[] {
    const wrong = discrepancies(counts);
    const stored = new Set(predictionIds);
    const storedFeedback = new Set(feedbackIds);
    for (const id of this.acknowledged) if (!stored.has(id)) wrong.push(`${id} was acknowledged and is not stored`);
    for (const id of stored) if (!this.sent.has(id)) wrong.push(`${id} is stored and was never sent`);
    if (stored.size !== predictionIds.length) wrong.push(`${predictionIds.length} rows of ${stored.size} predictions`);
    for (const id of this.acknowledgedFeedback) {
      if (!storedFeedback.has(id)) wrong.push(`feedback for ${id} was acknowledged and is not stored`);
    }
    return wrong;
  }
}

function predictionOf(i: number): object {
  return {
    id: `p${i}`,
    time: new Date(day + i * 1_000).toISOString(),
    score: ((i * 37) % 101) / 100,
    features: { income: (i * 7919) % 1000, region: ['north', 'south'][i % 2] },
    sensitive: { sex: ['F', 'M'][i % 2] },
  };
}
