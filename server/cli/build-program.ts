import { Command, InvalidArgumentError } from 'commander';
import { type ConfigSources, loadConfig } from '../config.ts';
import type { CliContext } from './cli-context.ts';
import { addDemoCommand } from './demo-command.ts';
import { addImportCommand } from './import-command.ts';
import { addServeCommand } from './serve-command.ts';
import { addSmallCommands } from './small-commands.ts';
import { terminalOf } from './terminal.ts';

type CommonFlags = { json?: boolean; quiet?: boolean; color: boolean; config?: string; set: Record<string, string> };

type Streams = Parameters<typeof terminalOf>[0];

/** Settings that have a flag of their own; the others are reached by `--set name=value`. */
const settingFlags = ['host', 'port', 'dataDir', 'logLevel', 'clickhouseUrl', 'publicUrl'] as const;

/** All commands. Nothing runs before `parseAsync`. */
export function buildProgram(streams: Streams, environment: ConfigSources['environment']): Command {
  const program = new Command('plumbline');
  const context: CliContext = {
    terminal: terminalOf(streams, { json: false, quiet: false, color: true }),
    environment,
    json: false,
    config() {
      const flags = program.opts<CommonFlags & Record<string, unknown>>();
      const own = Object.fromEntries(settingFlags.map((name) => [name, flags[name]]));
      return loadConfig({ flags: { ...flags.set, ...definedOnly(own) }, environment, file: flags.config });
    },
  };
  program
    .description('Monitoring and governance for machine-learning models in production')
    .option('--config <file>', 'configuration file (YAML)')
    .option('--host <address>', 'address to listen on')
    .option('--port <number>', 'port to listen on; 0 takes a free one')
    .option('--data-dir <directory>', 'where everything is kept')
    .option('--clickhouse-url <url>', 'ClickHouse server instead of the embedded engine')
    .option('--public-url <url>', 'address that users see')
    .option('--log-level <level>', 'debug, info, warn, error or silent')
    .option('--set <name=value>', 'any other setting of `plumbline config print`', collectSetting, {})
    .option('--json', 'one JSON object on stdout')
    .option('-q, --quiet', 'only warnings and errors')
    .option('--no-color', 'no colours')
    .showSuggestionAfterError()
    .configureOutput({ writeOut: (text) => streams.stdout.write(text), writeErr: (text) => streams.stderr.write(text) })
    .exitOverride()
    .hook('preAction', () => {
      const { json = false, quiet = false, color } = program.opts<CommonFlags>();
      const hasColor = color && (environment.NO_COLOR ?? '') === '';
      context.json = json;
      context.terminal = terminalOf(streams, { json, quiet, color: hasColor });
    });
  addServeCommand(program, context);
  addDemoCommand(program, context);
  addImportCommand(program, context);
  addSmallCommands(program, context);
  return program;
}

function definedOnly(flags: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(flags).filter(([, value]) => value !== undefined));
}

function collectSetting(text: string, settings: Record<string, string>): Record<string, string> {
  const at = text.indexOf('=');
  if (at <= 0) throw new InvalidArgumentError('Write it as name=value.');
  return { ...settings, [text.slice(0, at)]: text.slice(at + 1) };
}
