import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { loadChdb } from './chdb-adapter.ts';
import type { ChdbEngine } from './chdb-adapter.ts';
import { checkVersionStamp, engineDirectory, writeEngineConfig, writeVersionStamp } from './engine-directory.ts';
import type { EngineDirectory } from './engine-directory.ts';
import type { EngineProcessOptions, FromEngine, ToEngine } from './engine-messages.ts';
import { EngineStartError } from './engine-start-error.ts';
import { createHttpDoor } from './http-door.ts';
import type { EngineService } from './run-request.ts';
import { killStatements } from './run-statement.ts';
import { ResultBudget } from './result-budget.ts';
import { quoteIdentifier } from './session-prologue.ts';
import { prepareSpoolDirectory } from './spool-body.ts';
import { stuckEngineWatch } from './stuck-engine-watch.ts';
import { WorkLane } from './work-lane.ts';

/** Largest result; it is held in memory whole, once for each read connection at worst, and costs thrice while it grows. */
const RESULT_BYTES_MAX = 128 * 1024 * 1024;
const RESULTS_HELD_BYTES_MAX = 4 * RESULT_BYTES_MAX;
const STOP_GRACE_MS = 8_000;
const ORPHAN_GRACE_MS = 700;
const KILL_GRACE_MS = 1_500;
const STUCK_EXIT_CODE = 70;

const { promise: started, resolve: gotOptions } = Promise.withResolvers<EngineProcessOptions>();
let stopEngine: (graceMs: number) => Promise<void> = async () => process.exit(0);

// A terminal or a service manager signals the whole group. The supervisor decides when the engine stops, because
// its last inserts come after the signal; if it dies, the channel closes and the engine follows at once.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => undefined);
process.on('disconnect', () => void stopEngine(ORPHAN_GRACE_MS));
process.on('message', (message: ToEngine) => {
  if (message.kind === 'start') gotOptions(message.options);
  else void stopEngine(STOP_GRACE_MS);
});

await runEngine(await started).catch((error: unknown) => {
  const code = error instanceof EngineStartError ? error.code : 'engine_start_failed';
  const message = error instanceof Error ? error.message : String(error);
  tell({ kind: 'failed', code, message });
  process.disconnect();
});

async function runEngine(options: EngineProcessOptions): Promise<void> {
  const directory = engineDirectory(options.dataDir);
  const engine = loadChdb();
  await checkVersionStamp(directory, engine.libraryVersion);
  await writeEngineConfig(directory, options.memoryBytesMax);
  engine.open(directory.data, [`--config-file=${directory.configFile}`]);
  await writeVersionStamp(directory, engine.libraryVersion);
  await prepareSpoolDirectory(directory.spool);
  const engineVersion = await prepareDatabase(engine, options.database);
  const service = engineService(engine, options, directory);
  const { username, password } = options;
  const onException = stuckEngineWatch(restartEngine);
  const door = createHttpDoor({ service, credentials: { username, password }, engineVersion, onException });
  await listen(door, options.port);
  stopEngine = (graceMs) => stop(door, service, graceMs);
  tell({ kind: 'ready', port: (door.address() as AddressInfo).port, engineVersion });
}

/** The default database's engine cannot hold refreshable views, so Plumbline has one of its own. */
async function prepareDatabase(engine: ChdbEngine, database: string): Promise<string> {
  const connection = engine.connect();
  try {
    await connection.run(`CREATE DATABASE IF NOT EXISTS ${quoteIdentifier(database)} ENGINE = Atomic`, 'Null');
    const version = await connection.run('SELECT version()', 'TabSeparated');
    return Buffer.from(version.bytes).toString('utf8').trim();
  } finally {
    connection.close();
  }
}

function engineService(engine: ChdbEngine, options: EngineProcessOptions, directory: EngineDirectory): EngineService {
  const { queueLengthMax, queryMemoryBytesMax, queryTimeoutSeconds } = options;
  const lane = (name: string, concurrencyMax: number) => new WorkLane({ name, concurrencyMax, queueLengthMax });
  return {
    engine,
    lanes: { read: lane('read', options.readConnections), write: lane('write', 1), health: lane('health', 1) },
    results: new ResultBudget(RESULTS_HELD_BYTES_MAX),
    spoolDirectory: directory.spool,
    limits: { queryMemoryBytesMax, queryTimeoutSeconds, resultBytesMax: RESULT_BYTES_MAX },
    database: options.database,
  };
}

function restartEngine(): void {
  tell({ kind: 'log', level: 'error', message: 'the engine can no longer store anything, so it restarts' });
  process.exitCode = STUCK_EXIT_CODE;
  void stopEngine(KILL_GRACE_MS);
}

function listen(door: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    door.once('error', reject);
    door.listen(port, '127.0.0.1', () => resolve());
  });
}

/** Takes nothing new, lets what runs finish, ends what does not, and only then closes the engine. */
async function stop(door: Server, service: EngineService, graceMs: number): Promise<void> {
  stopEngine = async () => undefined;
  const isClosed = new Promise<void>((resolve) => door.close(() => resolve()));
  door.closeIdleConnections();
  if (!(await isIdleWithin(service, graceMs))) await killStatements(service.engine, '1');
  if (!(await isIdleWithin(service, KILL_GRACE_MS))) {
    // Closing under a running statement corrupts the process; the data survives a kill.
    process.kill(process.pid, 'SIGKILL');
  }
  await Promise.race([isClosed, wait(100)]);
  service.engine.close();
  process.exit();
}

async function isIdleWithin(service: EngineService, limitMs: number): Promise<boolean> {
  const lanes = Object.values(service.lanes);
  for (const deadline = performance.now() + limitMs; performance.now() < deadline; await wait(10)) {
    if (lanes.every((lane) => lane.running === 0)) return true;
  }
  return lanes.every((lane) => lane.running === 0);
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function tell(message: FromEngine): void {
  if (process.connected) process.send?.(message);
}
