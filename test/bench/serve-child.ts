import { loadConfig } from '../../server/config.ts';
import { serve } from '../../server/main.ts';

/** A Plumbline of its own process for benchmarks: starts on the flags it is given and tells its parent where it is. */
const { config } = loadConfig({ flags: JSON.parse(process.argv[2] ?? '{}'), environment: process.env });
const running = await serve(config, { version: { version: 'bench', commit: null }, uiDirectory: null });
process.send?.({
  url: running.url,
  ingestKey: running.firstIngestKey,
  enginePid: running.engine?.pid() ?? null,
});
const stop = (): void => void running.stop().then(() => process.exit(0));
process.on('message', (message: 'stop' | { sql: string }) => {
  if (message === 'stop') return stop();
  void running.clickHouse.command(message.sql).then(
    () => process.send?.({ done: true }),
    (error: unknown) => process.send?.({ done: false, error: String(error) }),
  );
});
process.on('disconnect', stop);
