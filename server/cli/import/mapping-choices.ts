import type { ModelTask } from '../../domain/model.ts';

/**
 * Which column means what: the same words as flags of `plumbline import` and as keys of a mapping file.
 * What is not chosen is proposed from the names of the columns.
 */
export type MappingChoices = {
  id?: string;
  time?: string;
  /** `iso`, `unix_s`, `unix_ms`, `unix_us`, `unix_ns`, or a pattern such as `%d.%m.%Y %H:%M`. */
  timeFormat?: string;
  /** Zone of times that say none: `UTC`, `Europe/Berlin`, `+02:00`. */
  timeZone?: string;
  score?: string;
  /** Probability per class, one column a class. */
  scores?: string[];
  label?: string;
  value?: string;
  actual?: string;
  labelTime?: string;
  /** `730d`, `12h`, `30m`: labels were known so long after their predictions. */
  labelDelay?: string;
  /** A column, else the version itself. */
  version?: string;
  latency?: string;
  features?: string[];
  exclude?: string[];
  /** Feature columns that hold codes, not amounts. */
  categorical?: string[];
  segments?: string[];
  sensitive?: string[];
  task?: ModelTask;
  positiveLabel?: string;
  positiveAt?: number;
};

/** Every question answered. */
export type ColumnMapping = {
  id: string | null;
  time: string | null;
  timeFormat: string;
  timeZone: string;
  score: string | null;
  scores: NamedColumn[];
  label: string | null;
  value: string | null;
  actual: string | null;
  labelTime: string | null;
  labelDelayMs: number | null;
  version: { column: string } | { constant: string } | null;
  latency: string | null;
  features: NamedColumn[];
  segments: NamedColumn[];
  sensitive: NamedColumn[];
};

/** A column and the name that its values get in Plumbline. */
export type NamedColumn = { name: string; column: string };
