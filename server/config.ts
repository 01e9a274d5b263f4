import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';

export type ConfigOrigin = 'flag' | 'environment' | 'file' | 'default';
type Kind = 'text' | 'integer' | 'boolean' | 'list' | 'secret';
type Setting = { kind: Kind; value: unknown; min?: number; max?: number; choices?: readonly string[]; about: string };

const mebibyte = 1024 * 1024;

/** Every setting, once: its kind, default, bounds and meaning. Names carry their unit. */
const settings = {
  host: { kind: 'text', value: '127.0.0.1', about: 'address to listen on; loopback unless told otherwise' },
  port: { kind: 'integer', value: 4600, min: 0, max: 65_535, about: 'port to listen on; 0 takes a free one' },
  dataDir: { kind: 'text', value: join(homedir(), '.plumbline'), about: 'journal, engine, governance log and keys' },
  publicUrl: { kind: 'text', value: '', about: 'address users see; empty: http://host:port' },
  allowedHosts: { kind: 'list', value: [], about: 'further host names the server answers for' },
  logLevel: {
    kind: 'text',
    value: 'info',
    choices: ['debug', 'info', 'warn', 'error', 'silent'],
    about: 'least level that is logged',
  },
  clickhouseUrl: { kind: 'text', value: '', about: 'ClickHouse server; empty: the embedded engine' },
  clickhouseUser: { kind: 'text', value: 'default', about: 'user of the ClickHouse server' },
  clickhousePassword: { kind: 'secret', value: '', about: 'password of the ClickHouse server' },
  clickhouseDatabase: { kind: 'text', value: 'plumbline', about: 'database on the ClickHouse server' },
  clickhouseCluster: { kind: 'text', value: '', about: 'cluster name for ON CLUSTER; empty: one node' },
  engineMemoryBytesMax: {
    kind: 'integer',
    value: 2048 * mebibyte,
    min: 256 * mebibyte,
    about: 'memory cap of the embedded engine',
  },
  queryMemoryBytesMax: {
    kind: 'integer',
    value: 1024 * mebibyte,
    min: 64 * mebibyte,
    about: 'memory cap of one query',
  },
  queryTimeoutSeconds: { kind: 'integer', value: 30, min: 1, max: 600, about: 'time cap of one query' },
  collectorWorkers: {
    kind: 'integer',
    value: 1,
    min: 1,
    max: 64,
    about: 'parser threads; one parses some 250,000 rows a second',
  },
  journalBytesMax: {
    kind: 'integer',
    value: 2048 * mebibyte,
    min: 16 * mebibyte,
    about: 'disk for events that storage has not taken yet',
  },
  batchRowsMax: { kind: 'integer', value: 50_000, min: 100, max: 500_000, about: 'rows that seal a batch' },
  batchAgeMs: { kind: 'integer', value: 400, min: 20, max: 60_000, about: 'age that seals a batch' },
  bodyBytesMax: { kind: 'integer', value: 16 * mebibyte, min: 1024, about: 'largest request body after inflation' },
  unknownModels: {
    kind: 'text',
    value: 'register',
    choices: ['register', 'quarantine', 'refuse'],
    about: 'what happens to events of an unknown model',
  },
  recentKeysMax: {
    kind: 'integer',
    value: 8_000_000,
    min: 10_000,
    about: 'prediction keys remembered per generation, 2 bytes each',
  },
  provisionalRows: {
    kind: 'integer',
    value: 2_000,
    min: 100,
    about: 'first predictions of a new model that become its provisional reference',
  },
  dedupWindowBlocks: {
    kind: 'integer',
    value: 10_000,
    min: 100,
    about: 'inserts per table whose retries are recognised',
  },
  failpoint: { kind: 'text', value: '', about: 'kill the process at a named point, for fault tests: name or name:nth' },
} as const satisfies Record<string, Setting>;

type ValueOf<S extends Setting> = S['kind'] extends 'integer'
  ? number
  : S['kind'] extends 'boolean'
    ? boolean
    : S['kind'] extends 'list'
      ? string[]
      : string;

export type SettingName = keyof typeof settings;
export type Config = { [Name in SettingName]: ValueOf<(typeof settings)[Name]> };
export type ConfigWithOrigins = { config: Config; origins: Record<SettingName, ConfigOrigin> };

/** A setting that cannot be used; the message names it, where it came from and what would be right. */
export class ConfigError extends Error {}

export type ConfigSources = {
  flags: Partial<Record<string, unknown>>;
  environment: Readonly<Record<string, string | undefined>>;
  file?: string;
};

/** Flags over environment (`PLUMBLINE_DATA_DIR`, secrets also as `…_FILE`) over file (YAML) over defaults. @throws ConfigError */
export function loadConfig(sources: ConfigSources): ConfigWithOrigins {
  const file = readFile(sources.file ?? sources.environment.PLUMBLINE_CONFIG);
  const unknown = Object.keys(file).find((name) => !(name in settings));
  if (unknown !== undefined)
    throw new ConfigError(`${unknown} in the configuration file is no setting; did you mean ${closest(unknown)}?`);
  const names = Object.keys(settings) as SettingName[];
  const found = names.map((name) => [name, resolveSetting(name, sources, file)] as const);
  const config = Object.fromEntries(found.map(([name, { value }]) => [name, value])) as Config;
  config.dataDir = resolve(config.dataDir);
  return {
    config,
    origins: Object.fromEntries(found.map(([name, { origin }]) => [name, origin])) as Record<SettingName, ConfigOrigin>,
  };
}

/** What may be shown: secrets are masked. */
export function describeConfig({
  config,
  origins,
}: ConfigWithOrigins): { name: SettingName; value: unknown; origin: ConfigOrigin; about: string }[] {
  return (Object.keys(settings) as SettingName[]).map((name) => {
    const isSecret = settings[name].kind === 'secret' && config[name] !== '';
    return { name, value: isSecret ? '••••' : config[name], origin: origins[name], about: settings[name].about };
  });
}

const environmentName = (name: string): string => `PLUMBLINE_${name.replace(/[A-Z]/g, (c) => `_${c}`).toUpperCase()}`;

function resolveSetting(
  name: SettingName,
  sources: ConfigSources,
  file: Record<string, unknown>,
): { value: unknown; origin: ConfigOrigin } {
  const setting: Setting = settings[name];
  const variable = environmentName(name);
  const secretFile = sources.environment[`${variable}_FILE`];
  const fromEnvironment =
    sources.environment[variable] ??
    (secretFile === undefined ? undefined : readFileSync(secretFile, 'utf8').trimEnd());
  const candidates: [ConfigOrigin, unknown, string][] = [
    ['flag', sources.flags[name], `--${name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)}`],
    ['environment', fromEnvironment, variable],
    ['file', file[name], `${name} in the configuration file`],
  ];
  const given = candidates.find(([, value]) => value !== undefined);
  return given === undefined
    ? { value: setting.value, origin: 'default' }
    : { value: check(setting, given[1], given[2]), origin: given[0] };
}

function check(setting: Setting, value: unknown, where: string): unknown {
  if (setting.kind === 'list')
    return Array.isArray(value)
      ? value.map(String)
      : String(value)
          .split(',')
          .map((part) => part.trim())
          .filter(Boolean);
  if (setting.kind === 'boolean') return value === true || value === 'true' || value === '1';
  if (setting.kind !== 'integer') return checkText(setting, String(value), where);
  const number = Number(value);
  const { min = -Infinity, max = Infinity } = setting;
  if (!Number.isInteger(number) || number < min || number > max) {
    throw new ConfigError(
      `${where} is ${String(value)}; it must be a whole number from ${min} to ${max === Infinity ? 'any size' : max}.`,
    );
  }
  return number;
}

function checkText(setting: Setting, value: string, where: string): string {
  if (setting.choices !== undefined && !setting.choices.includes(value)) {
    throw new ConfigError(`${where} is ${value}; it must be one of ${setting.choices.join(', ')}.`);
  }
  return value;
}

function readFile(path: string | undefined): Record<string, unknown> {
  if (path === undefined) return {};
  if (!existsSync(path)) throw new ConfigError(`There is no configuration file ${path}.`);
  const content: unknown = parse(readFileSync(path, 'utf8'));
  return typeof content === 'object' && content !== null ? (content as Record<string, unknown>) : {};
}

function closest(name: string): string {
  const shared = (candidate: string): number =>
    [...candidate.toLowerCase()].filter((c) => name.toLowerCase().includes(c)).length / candidate.length;
  return Object.keys(settings).sort((a, b) => shared(b) - shared(a))[0];
}
