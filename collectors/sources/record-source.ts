import type { RowRefusal } from '../validate/row-refusal.ts';
import type { RowContext } from '../validate/row-context.ts';
import type { RequestTally } from '../validate/request-tally.ts';
import type { SchemaSurvey } from '../validate/schema-survey.ts';

/** Takes records one by one; what it gives back is the reason why a record became no row. */
export type RecordWriter = {
  writeRecord(record: Record<string, unknown>, context: RowContext, tally: RequestTally): RowRefusal | null;
};

/** The events of one request in one wire shape. */
export type RecordSource = {
  /** Writes events from `from` on; returns where it stopped: at the end, or at an event that the schema must know first. */
  write(from: number, context: RowContext, tally: RequestTally): number;
  /** Shows the events from `from` on to the survey. */
  survey(from: number, survey: SchemaSurvey, context: RowContext): void;
  readonly count: number;
};
