import type { CoreOnDisk } from './core-on-disk.ts';

/** How often each table of a model has its rows: equal numbers mean that nothing was lost or counted twice. */
export type CountsOfModel = {
  /** Raw rows by their key. */
  predictions: number;
  /** Feature tallies by reference and table (minute, hour, day), of references that are counted. */
  features: Record<string, number>;
  /** Predictions in the outcome tallies, by score binning and table. */
  decisions: Record<string, number>;
  /** Predictions with feedback, from the raw rows. */
  answered: number;
  /** Outcomes by their sign. */
  outcomes: number;
  /** Outcomes in the outcome tallies, by score binning and table. */
  labelled: Record<string, number>;
};

const tables = ['', '_hour', '_day'];

export async function countsOfModel({ core, rows }: CoreOnDisk, model: string): Promise<CountsOfModel> {
  const one = async (sql: string): Promise<number> => (await rows<[number]>(sql))[0][0];
  const grouped = async (sqlOf: (suffix: string) => string): Promise<Record<string, number>> => {
    const found = await Promise.all(
      tables.map(async (suffix) =>
        (await rows<[string, number]>(sqlOf(suffix))).map(([id, n]) => [`${id}${suffix}`, n] as const),
      ),
    );
    return Object.fromEntries(found.flat());
  };
  const counted = (core.governance.state().references.get(model) ?? [])
    .filter((r) => r.status === 'ready')
    .map((r) => r.id);
  const where = `model_id = '${model}'`;
  const cells = (suffix: string, labelled: number): string =>
    `SELECT score_binning, sum(n) FROM outcome_tallies${suffix}
     WHERE ${where} AND segment = '' AND group_key = '' AND labelled = ${labelled} GROUP BY score_binning ORDER BY score_binning`;
  const [predictions, features, decisions, answered, outcomes, labelled] = await Promise.all([
    one(`SELECT count() FROM predictions FINAL WHERE ${where}`),
    grouped(
      (suffix) =>
        `SELECT reference_id, sum(n) FROM feature_tallies${suffix} WHERE ${where} AND segment = '' GROUP BY reference_id ORDER BY reference_id`,
    ),
    grouped((suffix) => cells(suffix, 0)),
    one(
      `SELECT count() FROM predictions FINAL WHERE ${where} AND prediction_id IN (SELECT prediction_id FROM feedback WHERE ${where})`,
    ),
    one(`SELECT sum(sign) FROM outcomes WHERE ${where}`),
    grouped((suffix) => cells(suffix, 1)),
  ]);
  const isRead = (key: string): boolean =>
    key.startsWith('probability_200') ||
    counted.some((id) => key.startsWith(id) || key.startsWith(`reference:${id}`)) ||
    (counted.length === 0 && key.startsWith('unscored'));
  const read = (found: Record<string, number>): Record<string, number> =>
    Object.fromEntries(Object.entries(found).filter(([key]) => isRead(key)));
  return {
    predictions,
    features: read(features),
    decisions: read(decisions),
    answered,
    outcomes,
    labelled: read(labelled),
  };
}

/** What is wrong with the counts, in words; empty when every row was counted exactly once everywhere. */
export function discrepancies(counts: CountsOfModel): string[] {
  const { predictions, features, decisions, answered, outcomes, labelled } = counts;
  const wrong: string[] = [];
  const expectAll = (what: string, found: Record<string, number>, expected: number): void => {
    for (const [key, n] of Object.entries(found))
      if (n !== expected) wrong.push(`${what} ${key}: ${n}, not ${expected}`);
  };
  expectAll('features', features, predictions);
  expectAll('decisions', decisions, predictions);
  expectAll('labelled', labelled, answered);
  if (predictions > 0 && Object.keys(decisions).length === 0) wrong.push(`no decision is counted of ${predictions}`);
  if (answered > 0 && Object.keys(labelled).length === 0) wrong.push(`no outcome is counted of ${answered}`);
  if (outcomes !== answered) wrong.push(`outcomes: ${outcomes}, not ${answered}`);
  return wrong;
}
