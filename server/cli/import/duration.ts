import { usageError } from '../cli-error.ts';

const units: Record<string, number> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** `730d`, `12h`, `90s` in milliseconds. @throws CliError (usage) */
export function durationMs(flag: string, text: string): number {
  const match = /^(\d{1,9})([smhdw])$/.exec(text.trim());
  if (match === null) throw usageError(`${flag} ${text} is no duration: write for example 30m, 12h or 730d.`);
  return Number(match[1]) * units[match[2]];
}
