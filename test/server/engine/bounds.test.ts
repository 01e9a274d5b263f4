import { readdir } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { startForTest, temporaryDataDir } from './engine-in-temporary-directory.ts';

const BUSY = 'SELECT count() FROM numbers(1000000000000) WHERE sipHash64(number) = 1 SETTINGS max_execution_time = 1';

describe('the queue', () => {
  it('answers 503 with Retry-After when it is full, and serves again when it is not', async () => {
    const { engine } = await startForTest(await temporaryDataDir(), { readConnections: 1, queueLengthMax: 2 });
    const headers = { 'X-ClickHouse-User': engine.username, 'X-ClickHouse-Key': engine.password };
    const ask = (query: string) => fetch(engine.url, { method: 'POST', body: query, headers });
    const running = ask(BUSY);
    await wait(100);
    const waiting = [ask('SELECT 2 AS x'), ask('SELECT 3 AS x')];
    await wait(100);
    const refused = await ask('SELECT 4 AS x');
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1']);
    expect(await refused.text()).toMatch(
      /^Code: 202\. DB::Exception: .*Retry later.*\(TOO_MANY_SIMULTANEOUS_QUERIES\)/,
    );
    // Probes and writes have lanes of their own.
    expect((await ask('SELECT 1')).status).toBe(200);
    expect((await ask('CREATE TABLE meanwhile (id UInt8) ENGINE = Memory')).status).toBe(200);
    expect((await running).status).toBe(408);
    expect(await Promise.all(waiting.map(async (response) => (await response).text()))).toEqual(['2\n', '3\n']);
    expect((await ask('SELECT 5 AS x')).status).toBe(200);
  });

  it('ends the query of a client that has gone, so that its slot is free', async () => {
    const { engine, client, rows } = await startForTest(await temporaryDataDir(), { readConnections: 1 });
    const controller = new AbortController();
    const query = 'SELECT count() FROM numbers(1000000000000) WHERE sipHash64(number) = 1';
    const abandoned = client.query({ query, abort_signal: controller.signal });
    await wait(200);
    controller.abort();
    await expect(abandoned).rejects.toThrow();
    const startedAt = performance.now();
    expect(await rows('SELECT 2 AS x')).toEqual([{ x: 2 }]);
    expect(performance.now() - startedAt).toBeLessThan(3_000);
    expect(engine.restarts()).toBe(0);
  });
});

describe('limits of the embedded engine', () => {
  it('hold also for a request that asks for more', async () => {
    const limits = { queryMemoryBytesMax: 64 * 1024 * 1024, queryTimeoutSeconds: 1 };
    const { client } = await startForTest(await temporaryDataDir(), limits);
    const settings = { max_memory_usage: '0', max_execution_time: 600 };
    const hungry = client.query({
      query: 'SELECT length(groupArray(number)) FROM numbers(100000000)',
      clickhouse_settings: settings,
    });
    await expect(hungry).rejects.toMatchObject({ code: '241' });
    const slow = 'SELECT count() FROM numbers(1000000000000) WHERE sipHash64(number) = 1';
    await expect(client.query({ query: slow, clickhouse_settings: settings })).rejects.toMatchObject({ code: '159' });
  });

  it('refuse a result that is larger than the cap', { timeout: 30_000 }, async () => {
    const { client, rows } = await startForTest(await temporaryDataDir());
    const query = "SELECT repeat('x', 1000) FROM numbers(200000)";
    await expect(client.query({ query, format: 'CSV' })).rejects.toMatchObject({
      code: '396',
      type: 'TOO_MANY_ROWS_OR_BYTES',
    });
    expect(await rows('SELECT 2 AS x')).toEqual([{ x: 2 }]);
  });

  it('refuse what the engine cannot keep: sessions and roles', async () => {
    const { engine } = await startForTest(await temporaryDataDir());
    const headers = { 'X-ClickHouse-User': engine.username, 'X-ClickHouse-Key': engine.password };
    const code = async (search: string) =>
      (await fetch(`${engine.url}/?query=SELECT+1&${search}`, { headers })).headers.get('x-clickhouse-exception-code');
    expect(await code('session_id=s')).toBe('48');
    expect(await code('role=admin')).toBe('511');
  });
});

describe('an insert whose client breaks off', () => {
  it('stores nothing and leaves no file', async () => {
    const dataDir = await temporaryDataDir();
    const { engine, client, rows } = await startForTest(dataDir);
    await client.command({ query: 'CREATE TABLE broken_off (id UInt32) ENGINE = MergeTree ORDER BY id' });
    const socket = connect(Number(new URL(engine.url).port), '127.0.0.1');
    const head = [
      'POST /?query=INSERT+INTO+broken_off+FORMAT+JSONEachRow HTTP/1.1',
      'Host: localhost',
      `X-ClickHouse-User: ${engine.username}`,
      `X-ClickHouse-Key: ${engine.password}`,
      'Content-Length: 1000000',
    ];
    socket.write(`${head.join('\r\n')}\r\n\r\n${'{"id":1}\n'.repeat(50_000)}`);
    await wait(300);
    socket.destroy();
    await wait(300);
    expect(await rows('SELECT id FROM broken_off')).toEqual([]);
    expect(await readdir(join(dataDir, 'engine', 'spool'))).toEqual([]);
  });
});

describe('requests that make no sense', () => {
  it('are refused one by one and end nothing', async () => {
    const { engine, rows } = await startForTest(await temporaryDataDir());
    const { hostname, port } = new URL(engine.url);
    const login = `X-ClickHouse-User: ${engine.username}\r\nX-ClickHouse-Key: ${engine.password}\r\n`;
    const gzip = 'Content-Encoding: gzip\r\nContent-Length: 9\r\n\r\nnot gzip!';
    const heads = [
      'GET // HTTP/1.1\r\n\r\n',
      'GET http://[ HTTP/1.1\r\n\r\n',
      'GET /nowhere HTTP/1.1\r\n\r\n',
      'POST /?query=%ff%00%zz HTTP/1.1\r\nContent-Length: 0\r\n\r\n',
      `POST /?query=INSERT+INTO+t+FORMAT+CSV HTTP/1.1\r\n${gzip}`,
      `POST /?query=SELECT+2;SELECT+3 HTTP/1.1\r\n${gzip}`,
      'POST / HTTP/1.1\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 3\r\n\r\nabc',
      'POST / HTTP/1.1\r\nContent-Encoding: rot13\r\nContent-Length: 3\r\n\r\nabc',
      'POST /?session_id=%00 HTTP/1.1\r\nContent-Length: 0\r\n\r\n',
      'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
      '\0\0\0',
    ];
    for (const head of heads) {
      const [first, ...rest] = head.split('\r\n');
      const socket = connect(Number(port), hostname);
      socket.write(
        rest.length === 0 ? head : `${first}\r\nHost: x\r\n${login}Connection: close\r\n${rest.join('\r\n')}`,
        'latin1',
      );
      const answer = Buffer.concat(await socket.toArray()).toString('latin1');
      expect(answer, head).toMatch(/^HTTP\/1\.1 (4\d\d|501)/);
    }
    expect(await rows('SELECT 2 AS x')).toEqual([{ x: 2 }]);
    expect(engine.restarts()).toBe(0);
  });
});
