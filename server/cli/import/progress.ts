import type { Terminal } from '../terminal.ts';

const lineEveryMs = 5_000;
const barWidth = 24;

export type Progress = { update(rows: number, share: number): void; done(): void };

/** A bar on an interactive terminal, a line every five seconds elsewhere: rows, rows a second, time left. */
export function startProgress(terminal: Terminal, what: string, now: () => number): Progress {
  const startedAt = now();
  let lastLineAt = startedAt;
  let firstRows: number | null = null;
  let firstShare = 0;
  return {
    update(rows, share) {
      if (firstRows === null) {
        firstRows = rows;
        firstShare = share;
      }
      const seconds = (now() - startedAt) / 1_000;
      const rate = seconds > 0 ? (rows - firstRows) / seconds : 0;
      const left = share > firstShare ? (seconds * (1 - share)) / (share - firstShare) : null;
      const figures = `${count(rows)} rows  ${count(Math.round(rate))} rows/s  ${left === null ? '' : `${duration(left)} left`}`;
      if (terminal.isInteractive) terminal.status(`${what} ${bar(share)} ${Math.round(share * 100)} %  ${figures}`);
      else if (now() - lastLineAt >= lineEveryMs) {
        lastLineAt = now();
        terminal.say(`${what}: ${Math.round(share * 100)} %, ${figures}`);
      }
    },
    done: () => terminal.status(null),
  };
}

function bar(share: number): string {
  const full = Math.max(0, Math.min(barWidth, Math.round(share * barWidth)));
  return `[${'#'.repeat(full)}${'.'.repeat(barWidth - full)}]`;
}

export const count = (n: number): string => n.toLocaleString('en-US');

export function duration(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  return seconds < 5_400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3_600).toFixed(1)} h`;
}
