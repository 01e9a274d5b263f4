import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { type ClickHouseClient, createClient } from '@clickhouse/client';
import { sqlQuery } from './sql-files.ts';

export type ClickHouseOptions = {
  url: string;
  username: string;
  password: string;
  database: string;
  requestTimeoutMs: number;
  /** Limits of every read, so that one question cannot take the service down. */
  queryTimeoutSeconds: number;
  queryMemoryBytesMax: number;
};

export type QueryParams = Record<string, unknown>;

/** The narrow door to ClickHouse: named queries in, rows out; every insert is one body under one token. */
export type ClickHouse = {
  /** Runs `sql/queries/<name>.sql` and returns its rows. Floats that are not finite arrive as null. */
  rows<Row>(name: string, params?: QueryParams): Promise<Row[]>;
  /** Runs `sql/queries/<name>.sql` and returns its rows as an Arrow IPC stream. */
  arrow(name: string, params?: QueryParams): Promise<Uint8Array>;
  /** Runs `sql/queries/<name>.sql` as a statement without a result, under a token when it inserts. */
  run(name: string, params?: QueryParams, token?: string): Promise<void>;
  /** Inserts an Arrow IPC stream; the same token stores once, however often it is sent. */
  insertArrow(table: string, body: Uint8Array, token: string): Promise<void>;
  insertRows(table: string, rows: readonly object[], token: string): Promise<void>;
  command(sql: string): Promise<void>;
  text(sql: string): Promise<string>;
  ping(): Promise<boolean>;
  close(): Promise<void>;
};

/** Deduplication token of one table's part of a batch. */
export function insertToken(batchId: string, part: string): string {
  return createHash('sha256').update(`${batchId}|${part}`).digest('hex');
}

/** Plain columns and buffers: what counting reads without copying. */
const arrowSettings = {
  output_format_arrow_string_as_string: 1,
  output_format_arrow_low_cardinality_as_dictionary: 0,
  output_format_arrow_compression_method: 'none',
} as const;

const tableName = /^[a-z_]+$/;

export function openClickHouse(options: ClickHouseOptions): ClickHouse {
  const client = createClient({
    url: options.url,
    username: options.username,
    password: options.password,
    database: options.database,
    request_timeout: options.requestTimeoutMs,
    max_open_connections: 16,
    keep_alive: { idle_socket_ttl: 1_500 },
    compression: { request: false, response: false },
  });
  const limits = {
    max_execution_time: options.queryTimeoutSeconds,
    max_memory_usage: String(options.queryMemoryBytesMax),
  };
  return {
    async rows<Row>(name: string, params: QueryParams = {}): Promise<Row[]> {
      const result = await client.query({
        query: sqlQuery(name),
        query_params: params,
        format: 'JSONEachRow',
        clickhouse_settings: { ...limits, output_format_json_quote_64bit_integers: 0 },
      });
      return result.json<Row>();
    },
    async arrow(name, params = {}) {
      const { stream } = await client.exec({
        query: `${sqlQuery(name)}\nFORMAT ArrowStream`,
        query_params: params,
        clickhouse_settings: { ...limits, ...arrowSettings },
      });
      const chunks: Buffer[] = [];
      for await (const chunk of stream) chunks.push(chunk as Buffer);
      return Buffer.concat(chunks);
    },
    async run(name, params = {}, token) {
      await client.command({
        query: sqlQuery(name),
        query_params: params,
        clickhouse_settings: token === undefined ? limits : { ...limits, ...insertSettings(token) },
      });
    },
    insertArrow: (table, body, token) => insertArrow(client, table, body, token),
    async insertRows(table, rows, token) {
      if (rows.length === 0) return;
      checkTable(table);
      await client.insert({ table, values: rows, format: 'JSONEachRow', clickhouse_settings: insertSettings(token) });
    },
    async command(sql) {
      await client.command({ query: sql });
    },
    async text(sql) {
      const result = await client.query({ query: sql, format: 'TabSeparated', clickhouse_settings: limits });
      return (await result.text()).trimEnd();
    },
    ping: async () => (await client.ping()).success,
    close: () => client.close(),
  };
}

async function insertArrow(client: ClickHouseClient, table: string, body: Uint8Array, token: string): Promise<void> {
  checkTable(table);
  const { stream } = await client.exec({
    query: `INSERT INTO ${table} FORMAT ArrowStream`,
    values: Readable.from([Buffer.from(body.buffer, body.byteOffset, body.byteLength)], { objectMode: false }),
    clickhouse_settings: insertSettings(token),
  });
  for await (const _ of stream) {
    // The answer is empty; reading it to the end frees the connection and surfaces a late error.
  }
}

/** Every setting that correctness rests on is said, none is left to a default. */
function insertSettings(token: string): Record<string, string | number> {
  if (!/^[0-9a-f]{64}$/.test(token)) throw new Error('an insert token must be 64 hex digits made by insertToken');
  return {
    async_insert: 0,
    insert_deduplicate: 1,
    deduplicate_insert: 'enable',
    insert_deduplication_token: token,
    deduplicate_blocks_in_dependent_materialized_views: 1,
    input_format_parallel_parsing: 0,
    // Replacing and aggregating rows is the merges' work: doing it row by row on insert costs more than the insert itself.
    optimize_on_insert: 0,
    max_partitions_per_insert_block: 5_000,
    date_time_input_format: 'best_effort',
  };
}

function checkTable(table: string): void {
  if (!tableName.test(table)) throw new Error(`not a table of the catalogue: ${table}`);
}
