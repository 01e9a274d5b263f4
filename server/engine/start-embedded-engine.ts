import { EngineSupervisor } from './engine-supervisor.ts';
import type { EngineState } from './engine-supervisor.ts';
import { engineDirectory, ensurePassword } from './engine-directory.ts';
import type { EngineLogger } from './engine-child.ts';

export type EmbeddedEngineOptions = {
  /** Engine files go to `<dataDir>/engine/`. */
  dataDir: string;
  memoryBytesMax: number;
  /** Limit of each query; a request may ask for less. */
  queryMemoryBytesMax: number;
  queryTimeoutSeconds: number;
  /** Default 3. */
  readConnections?: number;
  /** Statements that may wait, for reads and for writes; the next one is refused with 503. */
  queueLengthMax: number;
  logger: EngineLogger;
};

export type EmbeddedEngine = {
  url: string;
  username: string;
  password: string;
  database: string;
  engineVersion: string;
  state(): EngineState;
  restarts(): number;
  pid(): number | undefined;
  onStateChange(listener: (state: EngineState) => void): () => void;
  stop(): Promise<void>;
};

const USERNAME = 'plumbline';
const DATABASE = 'plumbline';
const READ_CONNECTIONS_DEFAULT = 3;

/**
 * Starts ClickHouse's engine as a supervised child process that answers ClickHouse's HTTP protocol on loopback.
 * Address and password stay the same when it is restarted, so a client only has to retry.
 */
export async function startEmbeddedEngine(options: EmbeddedEngineOptions): Promise<EmbeddedEngine> {
  const password = await ensurePassword(engineDirectory(options.dataDir));
  const { logger, ...limits } = options;
  // A share of the machine's memory is seldom a whole number, and the engine takes no other.
  limits.memoryBytesMax = Math.floor(limits.memoryBytesMax);
  limits.queryMemoryBytesMax = Math.floor(limits.queryMemoryBytesMax);
  const readConnections = options.readConnections ?? READ_CONNECTIONS_DEFAULT;
  const processOptions = { ...limits, readConnections, username: USERNAME, password, database: DATABASE, port: 0 };
  const supervisor = new EngineSupervisor(processOptions, logger);
  const { port, engineVersion } = await supervisor.start();
  return {
    url: `http://127.0.0.1:${port}`,
    username: USERNAME,
    password,
    database: DATABASE,
    engineVersion,
    state: () => supervisor.state,
    restarts: () => supervisor.restarts,
    pid: () => supervisor.pid,
    onStateChange: (listener) => supervisor.onStateChange(listener),
    stop: () => supervisor.stop(),
  };
}
