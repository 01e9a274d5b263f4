import { CommanderError } from 'commander';
import { ConfigError } from '../config.ts';
import { buildProgram } from './build-program.ts';
import { CliError } from './cli-error.ts';

type Streams = Parameters<typeof buildProgram>[0];

/** Runs one command. Exit codes: 0 done, 1 it failed, 2 it was called wrongly. */
export async function runCli(
  argv: readonly string[],
  streams: Streams,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<number> {
  try {
    await buildProgram(streams, environment).parseAsync([...argv], { from: 'user' });
    return 0;
  } catch (error) {
    // Commander has printed its message already.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    streams.stderr.write(`${messageOf(error, environment)}\n`);
    if (error instanceof ConfigError) return 2;
    return error instanceof CliError ? error.exitCode : 1;
  }
}

function messageOf(error: unknown, environment: Readonly<Record<string, string | undefined>>): string {
  if (!(error instanceof Error)) return String(error);
  return environment.PLUMBLINE_DEBUG === undefined ? error.message : (error.stack ?? error.message);
}
