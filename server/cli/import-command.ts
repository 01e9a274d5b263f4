import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from 'commander';
import { FileUnreadable } from '../../collectors/sources/files/table-file.ts';
import { CliError } from './cli-error.ts';
import type { CliContext } from './cli-context.ts';
import { connectApi } from './connect-api.ts';
import { importFile, type ImportResult } from './import/import-file.ts';
import { addImportFlags, chosenIn, type ImportFlags, labelsIn } from './import/import-flags.ts';
import { importReport } from './import/import-report.ts';

export function addImportCommand(program: Command, context: CliContext): void {
  const command = program
    .command('import <file>')
    .description('send a CSV, NDJSON or Parquet file to a running server; run it again after an interruption to go on');
  addImportFlags(command).action((path: string, flags: ImportFlags) => runImport(context, path, flags));
}

async function runImport(context: CliContext, path: string, flags: ImportFlags): Promise<void> {
  const { terminal, environment } = context;
  const { config } = context.config();
  const client = connectApi(config, environment, { options: flags, terminal });
  const deps = { client, terminal, now: Date.now, sleep: (ms: number) => sleep(ms).then(() => undefined) };
  const request = {
    path,
    model: flags.model,
    as: flags.as,
    format: flags.format ?? null,
    delimiter: flags.delimiter ?? null,
    chosen: chosenIn(flags),
    saveMapping: flags.saveMapping ?? null,
    labels: labelsIn(flags),
    dataDir: config.dataDir,
    statePath: flags.state ?? null,
    rejectedOut: flags.rejectedOut ?? null,
    restart: flags.restart === true,
  };
  const result = await importFile(deps, request).catch((error: unknown) => {
    throw error instanceof FileUnreadable ? new CliError(error.message) : error;
  });
  for (const line of importReport(result)) terminal.say(line);
  terminal.result(result, []);
  if (isAllRefused(result)) throw new CliError('No row was accepted.');
}

function isAllRefused({ predictions, rows }: ImportResult): boolean {
  return rows > 0 && predictions.accepted + predictions.duplicates === 0;
}
