import { Agent, request } from 'node:http';
import { type EventBody, renew } from './event-bodies.ts';

export type LoadResult = {
  events: number;
  requests: number;
  seconds: number;
  latenciesMs: Float64Array;
  refused: number;
};

export type LoadOptions = {
  url: string;
  key: string;
  contentType: string;
  bodies: EventBody[];
  connections: number;
  seconds: number;
  /** Events a second to hold; as fast as possible when left out. */
  perSecond?: number;
  firstId?: number;
};

/** Sends prepared bodies over a few keep-alive connections and times every 202. */
export async function sendLoad(options: LoadOptions): Promise<LoadResult> {
  const { url, key, bodies, connections, seconds, perSecond } = options;
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const latencies: number[] = [];
  let events = 0;
  let refused = 0;
  let nextId = options.firstId ?? 0;
  let turn = 0;
  const started = performance.now();
  const until = started + seconds * 1000;

  async function worker(own: EventBody): Promise<void> {
    while (performance.now() < until) {
      if (perSecond !== undefined) {
        const due = started + (turn / perSecond) * 1000;
        turn += own.rows;
        const wait = due - performance.now();
        if (wait > 0) await new Promise((done) => setTimeout(done, wait));
      }
      const body = renew(own, nextId, Date.now());
      nextId += own.rows;
      const sent = performance.now();
      const status = await post(agent, url, key, options.contentType, body);
      latencies.push(performance.now() - sent);
      if (status === 202) events += own.rows;
      else refused++;
    }
  }

  await Promise.all(Array.from({ length: connections }, (_, i) => worker(bodies[i % bodies.length])));
  agent.destroy();
  const elapsed = (performance.now() - started) / 1000;
  return {
    events,
    requests: latencies.length,
    seconds: elapsed,
    latenciesMs: Float64Array.from(latencies).sort(),
    refused,
  };
}

function post(agent: Agent, url: string, key: string, contentType: string, body: Buffer): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${key}`, 'content-type': contentType, 'content-length': body.length };
    const sent = request(`${url}/api/v1/predictions`, { agent, method: 'POST', headers }, (answer) => {
      answer.resume();
      answer.once('end', () => resolve(answer.statusCode ?? 0));
    });
    sent.once('error', reject);
    sent.end(body);
  });
}

export function quantile(sorted: Float64Array, q: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? Number.NaN;
}
