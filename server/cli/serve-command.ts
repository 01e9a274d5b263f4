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
  for (const line of welcome(object)) terminal.say(line);
  if (context.json) terminal.result(object, []);
  await untilSignal();
  terminal.say('Stopping: what was accepted is being stored.');
  await running.stop();
}

type Started = { url: string; loginUrl: string; ingestKey: string | null };

/** Where it is, how to get in, and what to do next. */
function welcome({ url, loginUrl, ingestKey }: Started): string[] {
  const key = ingestKey ?? '<a key with the scope ingest>';
  return [
    '',
    `Plumbline is at ${url}`,
    `  sign in, once   ${loginUrl}`,
    ...(ingestKey === null ? [] : [`  ingest key      ${ingestKey}   (shown only now)`]),
    `  API             ${url}/docs    metrics  ${url}/metrics`,
    '',
    'Next: open the link, then send an event and watch it arrive:',
    `  curl ${url}/api/v1/predictions -H 'Authorization: Bearer ${key}' -H 'Content-Type: application/json' \\`,
    `    -d '{"id":"p-1","model":"my-model","features":{"income":52000,"region":"north"},"prediction":{"score":0.83}}'`,
    'A file: npm run -s plumbline -- import FILE --model my-model    Stories to look at: npm run demo    Stop: Ctrl-C',
    '',
  ];
}
