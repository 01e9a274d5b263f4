import type { ConfigWithOrigins } from '../config.ts';
import type { Terminal } from './terminal.ts';

/** What every command gets: a terminal, the environment, and the configuration with the flags of this call on top. */
export type CliContext = {
  /** Set before a command runs, from the flags that all commands share. */
  terminal: Terminal;
  environment: Readonly<Record<string, string | undefined>>;
  json: boolean;
  /** @throws ConfigError */
  config(): ConfigWithOrigins;
};
