import type { UnknownModelPolicy } from '../../server/ports/schema-source.ts';
import type { CollectorLimits } from '../collector-types.ts';
import type { RequestHead } from '../worker/worker-messages.ts';
import type { ModelPlan, SchemaBook } from './schema-book.ts';

/** What the rows of one request share. */
export type RowContext = {
  head: RequestHead;
  limits: CollectorLimits;
  unknownModels: UnknownModelPolicy;
  book: SchemaBook;
  /** The registry has answered: what is still unknown goes beside the schema instead of asking again. */
  isSettled: boolean;
  /** The registry could not be written: unknown names go beside the schema, and are proposed again next time. */
  isRegistryAway: boolean;
  /** Inexact integer literals are marked with `inexactInteger`. */
  hasLiterals: boolean;
  /** Arrow timestamps arrive as milliseconds of a known unit. */
  hasMillisTimes: boolean;
  /** The model of the row before, which is nearly always that of the next. */
  lastModel: unknown;
  lastPlan: ModelPlan | null;
};

export function createRowContext(
  head: RequestHead,
  shared: Pick<RowContext, 'limits' | 'unknownModels' | 'book'>,
): RowContext {
  return {
    ...shared,
    head,
    isSettled: false,
    isRegistryAway: false,
    hasLiterals: false,
    hasMillisTimes: false,
    lastModel: undefined,
    lastPlan: null,
  };
}
