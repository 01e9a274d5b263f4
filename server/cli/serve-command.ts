import type { Command } from 'commander';
import type { CliContext } from './cli-context.ts';
import { productVersion, uiDirectory } from './product-version.ts';
import { untilSignal } from './until-signal.ts';

export function addServeCommand(program: Command, context: CliContext): void {
  program
    .command('serve', { isDefault: true })
    .description('start the service (default)')
    .action(() => runServe(context));
}

async function runServe(context: CliContext): Promise<void> {
  const { terminal } = context;
  // Loaded here, so that the other commands do not wait for it.
  const { serve } = await import('../main.ts');
  const running = await serve(context.config().config, { version: productVersion(), uiDirectory: uiDirectory() });
  const object = { url: running.url, loginUrl: running.loginUrl(), ingestKey: running.firstIngestKey };
  terminal.say(`Plumbline is at ${running.url}`);
  terminal.say(`Sign in once with ${object.loginUrl}`);
  if (object.ingestKey !== null) terminal.say(`Key for sending events, shown only now: ${object.ingestKey}`);
  if (context.json) terminal.result(object, []);
  await untilSignal();
  terminal.say('Stopping: what was accepted is being stored.');
  await running.stop();
}
