-- Predictions that the feedback of one batch (or these ids) speaks of, with the label that wins and the outcome that counts now.
-- The highest revision wins, then the latest observation, then the first received.
-- Parameters: batch of feedback, '' when ids are given; ids (model_id, prediction_id).
-- Columns: see JoinedRow in server/stores/outcome-store.ts.
WITH
    ids AS
    (
        SELECT DISTINCT model_id, prediction_id FROM feedback WHERE {batch:String} != '' AND batch_id = {batch:String}
        UNION DISTINCT
        SELECT k.1, k.2 FROM (SELECT arrayJoin({ids:Array(Tuple(String, String))}) AS k)
    )
SELECT
    f.model_id AS model_id, f.prediction_id AS prediction_id, f.label AS label, f.value AS value, f.statements AS statements,
    toUnixTimestamp64Milli(p.occurred_at) AS occurred_at_ms, p.precedence > 0 AS has_prediction,
    p.model_version AS model_version, p.score AS score, p.scores AS scores, p.label AS predicted_label, p.value AS predicted_value,
    p.segments AS segments, p.groups AS groups,
    o.sign AS outcome_sign, o.actual AS outcome_actual, o.actual_value AS outcome_actual_value,
    o.predicted AS outcome_predicted, o.is_revision AS outcome_is_revision
FROM
(
    SELECT
        model_id, prediction_id,
        argMax(tuple(label), (revision, observed_at, precedence)).1 AS label,
        argMax(value, (revision, observed_at, precedence)) AS value,
        count() AS statements
    FROM feedback FINAL
    WHERE (model_id, prediction_id) IN ids
    GROUP BY model_id, prediction_id
) AS f
LEFT JOIN (SELECT * FROM prediction_keys FINAL WHERE (model_id, prediction_id) IN ids) AS p
    ON p.model_id = f.model_id AND p.prediction_id = f.prediction_id
LEFT JOIN (SELECT * FROM outcomes FINAL WHERE (model_id, prediction_id) IN ids) AS o
    ON o.model_id = p.model_id AND o.prediction_id = p.prediction_id AND o.occurred_at = p.occurred_at
LIMIT 1000000
