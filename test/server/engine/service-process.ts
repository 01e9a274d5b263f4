import { startEmbeddedEngine } from '../../../server/engine/start-embedded-engine.ts';
import { engineOptions } from '../../contracts/engine/engine-options.ts';

/** A service to be killed: starts an engine, stores a row, leaves a long query running, and says who the engine is. */
const engine = await startEmbeddedEngine(engineOptions(process.argv[2]));
const headers = { 'X-ClickHouse-User': engine.username, 'X-ClickHouse-Key': engine.password };
const run = (query: string) => fetch(engine.url, { method: 'POST', body: query, headers });
await run('CREATE TABLE by_service (id UInt32) ENGINE = MergeTree ORDER BY id');
await run('INSERT INTO by_service VALUES (1)');
void run('SELECT count() FROM numbers(1000000000000) WHERE sipHash64(number) = 1').catch(() => undefined);
process.send?.({ pid: engine.pid() });
