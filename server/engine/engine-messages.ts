import type { EngineStartErrorCode } from './engine-start-error.ts';

/** What the supervisor sends to start the engine process; secrets travel here, never in arguments or environment. */
export type EngineProcessOptions = {
  dataDir: string;
  memoryBytesMax: number;
  queryMemoryBytesMax: number;
  queryTimeoutSeconds: number;
  readConnections: number;
  queueLengthMax: number;
  username: string;
  password: string;
  database: string;
  /** 0 takes any free port; a restarted engine gets the port of its predecessor. */
  port: number;
};

export type ToEngine = { kind: 'start'; options: EngineProcessOptions } | { kind: 'stop' };

export type FromEngine =
  | { kind: 'ready'; port: number; engineVersion: string }
  | { kind: 'failed'; code: EngineStartErrorCode; message: string }
  | { kind: 'log'; level: 'info' | 'warn' | 'error'; message: string };
