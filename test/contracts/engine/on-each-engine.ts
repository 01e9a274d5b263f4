import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@clickhouse/client';
import type { ClickHouseClient, ClickHouseClientConfigOptions } from '@clickhouse/client';
import { afterAll, beforeAll, describe } from 'vitest';
import { startEmbeddedEngine } from '../../../server/engine/start-embedded-engine.ts';
import { engineOptions } from './engine-options.ts';

export type EngineAddress = { url: string; username: string; password: string; database: string };

/** What a suite sees of the engine under test, once its tests run. */
export type EngineUnderTest = {
  address(): EngineAddress;
  client: (options?: ClickHouseClientConfigOptions) => ClickHouseClient;
  /** Sends one request by hand: for what the client hides or refuses. */
  send(search: Record<string, string>, init?: RequestInit): Promise<Response>;
  rows(query: string, parameters?: Record<string, unknown>): Promise<Record<string, unknown>[]>;
};

const serverUrl = process.env.PLUMBLINE_TEST_CLICKHOUSE_URL;

/** The same expectations for the embedded engine and, when PLUMBLINE_TEST_CLICKHOUSE_URL is set, for a real server. */
export function onEachEngine(title: string, suite: (engine: EngineUnderTest) => void): void {
  describe(`${title}, embedded engine`, () => suite(engineUnderTest(openEmbedded)));
  describe.skipIf(serverUrl === undefined)(`${title}, ClickHouse server`, () => suite(engineUnderTest(openServer)));
}

type OpenEngine = () => Promise<{ address: EngineAddress; close(): Promise<void> }>;

function engineUnderTest(open: OpenEngine): EngineUnderTest {
  let opened: Awaited<ReturnType<OpenEngine>> | undefined;
  const clients: ClickHouseClient[] = [];
  beforeAll(async () => {
    opened = await open();
  });
  afterAll(async () => {
    await Promise.all(clients.map((client) => client.close()));
    await opened?.close();
  });
  const address = () => {
    if (opened === undefined) throw new Error('the engine is open only while tests run');
    return opened.address;
  };
  const client = (options: ClickHouseClientConfigOptions = {}) => {
    const created = quietClient(address(), options);
    clients.push(created);
    return created;
  };
  const send = (search: Record<string, string>, init: RequestInit = {}) => {
    const { url, username, password, database } = address();
    const query = new URLSearchParams({ database, ...search });
    const headers = { 'X-ClickHouse-User': username, 'X-ClickHouse-Key': password, ...init.headers };
    return fetch(`${url}/?${query}`, { method: 'POST', ...init, headers });
  };
  const rows = async (query: string, parameters?: Record<string, unknown>) => {
    const result = await client().query({ query, query_params: parameters, format: 'JSONEachRow' });
    return result.json<Record<string, unknown>>();
  };
  return { address, client, send, rows };
}

/** Failures are what many of these tests are about; the client would print each of them. */
export function quietClient(address: EngineAddress, options: ClickHouseClientConfigOptions = {}): ClickHouseClient {
  return createClient({ ...address, max_open_connections: 200, log: { level: 127 }, ...options });
}

async function openEmbedded(): Promise<Awaited<ReturnType<OpenEngine>>> {
  const dataDir = await mkdtemp(join(tmpdir(), 'plumbline-engine-'));
  const engine = await startEmbeddedEngine(engineOptions(dataDir));
  const { url, username, password, database } = engine;
  const close = async () => {
    await engine.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
  return { address: { url, username, password, database }, close };
}

async function openServer(): Promise<Awaited<ReturnType<OpenEngine>>> {
  const url = new URL(serverUrl ?? '');
  const database = `plumbline_contract_${Math.random().toString(36).slice(2)}`;
  const username = decodeURIComponent(url.username) || 'default';
  const login = { url: url.origin, username, password: decodeURIComponent(url.password) };
  const admin = quietClient({ ...login, database: 'default' });
  await admin.command({ query: `CREATE DATABASE ${database} ENGINE = Atomic` });
  const close = async () => {
    await admin.command({ query: `DROP DATABASE ${database} SYNC` });
    await admin.close();
  };
  return { address: { ...login, database }, close };
}
