import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import type { CliContext } from './cli-context.ts';
import { demoTrickle } from './demo-trickle.ts';
import { freePort } from './free-port.ts';
import { productVersion, uiDirectory } from './product-version.ts';
import { untilSignal } from './until-signal.ts';

type DemoFlags = { keep?: boolean; seed: number };

const seedDefault = 7;

export function addDemoCommand(program: Command, context: CliContext): void {
  program
    .command('demo')
    .description('start with three models, thirty days of history and live traffic; nothing leaves this machine')
    .option('--keep', 'keep the data directory at the end')
    .option('--seed <number>', 'another seed tells the same stories with other rows', seedOf, seedDefault)
    .action((flags: DemoFlags) => runDemo(context, flags));
}

function seedOf(text: string): number {
  const seed = Number(text);
  if (!Number.isInteger(seed) || seed < 0 || seed > 4_294_967_295) {
    throw new InvalidArgumentError('It must be a whole number from 0 to 4294967295.');
  }
  return seed;
}

async function runDemo(context: CliContext, { keep, seed }: DemoFlags): Promise<void> {
  const { terminal } = context;
  const { config, origins } = context.config();
  const ownDirectory = origins.dataDir === 'default' ? mkdtempSync(join(tmpdir(), 'plumbline-demo-')) : null;
  const port = origins.port === 'default' ? await freePort(config.host, config.port) : config.port;
  const startedAt = Date.now();
  // From here on, so that Ctrl-C while the history is made also ends in order.
  const ended = untilSignal();
  const [{ serve }, { seedDemo }] = await Promise.all([import('../main.ts'), import('../demo/seed-demo.ts')]);
  terminal.say('Making thirty days of three models, here, from nothing ...');
  try {
    const running = await serve(
      {
        ...config,
        port,
        dataDir: ownDirectory ?? config.dataDir,
        logLevel: origins.logLevel === 'default' ? 'warn' : config.logLevel,
      },
      {
        version: productVersion(),
        uiDirectory: uiDirectory(),
        prepare: ({ clickHouse, governance, logger }) =>
          seedDemo({ clickHouse, governance, logger, now: Date.now(), seed }),
        demo: (core) => demoTrickle(core, seed),
      },
    );
    const object = { url: running.url, loginUrl: running.loginUrl(), ingestKey: running.firstIngestKey };
    terminal.say(`Ready after ${((Date.now() - startedAt) / 1_000).toFixed(1)} s: ${object.loginUrl}`);
    terminal.say(`API ${running.url}/docs   metrics ${running.url}/metrics`);
    terminal.say(
      `Data in ${running.config.dataDir}${keep || ownDirectory === null ? '' : ', deleted at the end'}. Ctrl-C stops.`,
    );
    if (context.json) terminal.result(object, []);
    await ended;
    await running.stop();
  } finally {
    if (ownDirectory !== null && keep !== true) rmSync(ownDirectory, { recursive: true, force: true });
  }
}
