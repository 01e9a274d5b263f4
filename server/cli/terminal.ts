export type TerminalOptions = { json: boolean; quiet: boolean; color: boolean };

/** Where a command writes: words for people on stderr, data on stdout. */
export type Terminal = {
  isInteractive: boolean;
  /** A line for people; quiet hides it. */
  say(line: string): void;
  /** A line that quiet does not hide. */
  warn(line: string): void;
  /** Rewrites the last line of an interactive terminal; null clears it. */
  status(line: string | null): void;
  /** One object on stdout with --json, else the text lines on stdout. */
  result(object: unknown, text: readonly string[]): void;
};

type Stream = { isTTY?: boolean; columns?: number; write(text: string): unknown };

const yellow = (text: string): string => `\u001b[33m${text}\u001b[39m`;

export function terminalOf(streams: { stdout: Stream; stderr: Stream }, options: TerminalOptions): Terminal {
  const { stdout, stderr } = streams;
  const isInteractive = stderr.isTTY === true;
  let hasStatus = false;
  const clear = (): void => {
    if (hasStatus) stderr.write('\r\u001b[2K');
    hasStatus = false;
  };
  const line = (text: string): void => {
    clear();
    stderr.write(`${text}\n`);
  };
  return {
    isInteractive,
    say: (text) => void (options.quiet || line(text)),
    warn: (text) => line(options.color && isInteractive ? yellow(text) : text),
    status(text) {
      if (options.quiet || !isInteractive) return;
      clear();
      if (text === null) return;
      stderr.write(text.slice(0, (stderr.columns ?? 80) - 1));
      hasStatus = true;
    },
    result(object, text) {
      clear();
      if (options.json) stdout.write(`${JSON.stringify(object)}\n`);
      else if (text.length > 0) stdout.write(`${text.join('\n')}\n`);
    },
  };
}
