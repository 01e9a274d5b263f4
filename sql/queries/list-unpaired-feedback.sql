-- Ids whose feedback arrived before their prediction, or whose prediction never came.
-- Parameters: limit.
-- Columns: model_id, prediction_id.
SELECT model_id, prediction_id
FROM (SELECT DISTINCT model_id, prediction_id FROM feedback)
WHERE (model_id, prediction_id) NOT IN (SELECT model_id, prediction_id FROM prediction_keys)
LIMIT {limit:UInt64}
