import { usageError } from '../cli-error.ts';

export type TimeFields = {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  millisecond: number;
  /** Null when the text says no zone. */
  offsetMinutes: number | null;
};

type Directive = { source: string; read: (text: string, into: TimeFields) => void };

const directives: Record<string, Directive> = {
  Y: { source: '(\\d{4})', read: (text, into) => void (into.year = Number(text)) },
  m: { source: '(\\d{1,2})', read: (text, into) => void (into.month = Number(text)) },
  d: { source: '(\\d{1,2})', read: (text, into) => void (into.day = Number(text)) },
  H: { source: '(\\d{1,2})', read: (text, into) => void (into.hour = Number(text)) },
  M: { source: '(\\d{1,2})', read: (text, into) => void (into.minute = Number(text)) },
  S: { source: '(\\d{1,2})', read: (text, into) => void (into.second = Number(text)) },
  f: {
    source: '(\\d{1,9})',
    read: (text, into) => void (into.millisecond = Math.floor(Number(`0.${text}`) * 1_000 + 1e-9)),
  },
  z: { source: '(Z|[+-]\\d{2}:?\\d{2})', read: (text, into) => void (into.offsetMinutes = offsetMinutes(text)) },
};

/** Minutes east of UTC. */
export function offsetMinutes(text: string): number {
  if (text === 'Z' || text === 'UTC') return 0;
  const digits = text.replace(':', '');
  const size = Number(digits.slice(1, 3)) * 60 + Number(digits.slice(3, 5));
  return digits.startsWith('-') ? -size : size;
}

/**
 * Reads times by a pattern of %Y %m %d %H %M %S %f %z, as strptime does; anything else stands for itself.
 *
 * @throws CliError (usage) for another directive
 */
export function timePattern(pattern: string): (text: string) => TimeFields | null {
  const readers: Directive['read'][] = [];
  const source = pattern.replaceAll(/%(.?)|[.*+?^${}()|[\]\\]/g, (match, letter: string | undefined) => {
    if (letter === undefined) return `\\${match}`;
    if (letter === '%') return '%';
    const directive = directives[letter];
    if (directive === undefined) {
      throw usageError(`--time-format ${pattern}: %${letter} is not known. Use %Y %m %d %H %M %S %f %z.`);
    }
    readers.push(directive.read);
    return directive.source;
  });
  const expression = new RegExp(`^${source}$`);
  return (text) => {
    const match = expression.exec(text);
    if (match === null) return null;
    const fields: TimeFields = {
      year: 1970,
      month: 1,
      day: 1,
      hour: 0,
      minute: 0,
      second: 0,
      millisecond: 0,
      offsetMinutes: null,
    };
    readers.forEach((read, i) => read(match[i + 1], fields));
    return fields;
  };
}
