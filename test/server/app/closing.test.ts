import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { HealthReport } from '../../../server/app-deps.ts';
import { buildApp } from '../../../server/app.ts';
import { ReadinessProbe } from '../../../server/routes/readiness-probe.ts';
import { fakeOptions, fakeServices, keys } from '../../fakes/fake-services.ts';
import { portOf, rawRequest } from './raw-request.ts';
import { startedApp } from './started-app.ts';

const ready: HealthReport = { isReady: true, checks: [] };

describe('readiness', () => {
  it('is 503 while something is missing, with the check that failed', async () => {
    const checks = [{ name: 'store', isOk: false, detail: 'restarts', latencyMs: 2 }];
    const { app, send } = await startedApp({ services: { health: async () => ({ isReady: false, checks }) } });
    const answer = await send('GET', '/readyz');
    expect([answer.statusCode, answer.json()]).toEqual([503, { isReady: false, checks }]);
    expect((await send('GET', '/healthz')).statusCode).toBe(200);
    await app.close();
  });

  it('is looked at once a second, however many ask', async () => {
    let looks = 0;
    const probe = new ReadinessProbe(async () => (looks++, ready));
    await Promise.all([0, 100, 1000].map((now) => probe.report(now)));
    expect(looks).toBe(1);
    await probe.report(1001);
    expect(looks).toBe(2);
  });

  it('is 503 when the look itself fails', async () => {
    const probe = new ReadinessProbe(() => Promise.reject(new Error('secret')));
    const report = await probe.report();
    expect(report.isReady).toBe(false);
    expect(JSON.stringify(report)).not.toContain('secret');
  });
});

/** A request whose last bytes the test sends later: the server knows of it, and cannot answer yet. */
function heldRequest(port: number, path: string): { finish(): Promise<string> } {
  const socket = connect(port, '127.0.0.1', () => socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n`));
  let text = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  return {
    finish: async () => {
      socket.write(`Authorization: Bearer ${keys.admin}\r\n\r\n`);
      await once(socket, 'close');
      return text;
    },
  };
}

describe('closing', () => {
  it('finishes what is under way, refuses what comes after, and ends', async () => {
    const begun = Promise.withResolvers<void>();
    const gate = Promise.withResolvers<void>();
    const { services } = fakeServices({
      readFleet: async () => {
        begun.resolve();
        await gate.promise;
        return { rows: [], seq: 1, epoch: 'e1', asOf: '2026-11-22T10:00:00.000Z' };
      },
    });
    const { hub: _hub, ...options } = fakeOptions(services);
    const app = await buildApp(options);
    const port = portOf(await app.listen({ host: '127.0.0.1', port: 0 }));
    const underWay = rawRequest(
      port,
      `GET /api/v1/models HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${keys.admin}\r\n\r\n`,
      30_000,
    );
    const late = heldRequest(port, '/api/v1/models');
    const readiness = heldRequest(port, '/readyz');
    await Promise.all([begun.promise, setTimeout(200)]);
    const begunAt = performance.now();
    const closed = app.close();
    await setTimeout(100);
    const refused = await late.finish();
    expect(refused).toMatch(/^HTTP\/1\.1 503 /);
    expect(refused).toContain('"code":"SHUTTING_DOWN"');
    expect(refused.toLowerCase()).toContain('retry-after: 5');
    const notReady = await readiness.finish();
    expect(notReady).toMatch(/^HTTP\/1\.1 503 /);
    expect(notReady).toContain('"isReady":false');
    gate.resolve();
    expect(await underWay).toMatch(/^HTTP\/1\.1 200 OK/);
    await closed;
    expect(performance.now() - begunAt).toBeLessThan(5000);
    await expect(rawRequest(port, 'GET /healthz HTTP/1.1\r\n\r\n')).rejects.toThrow('ECONNREFUSED');
  });
});
