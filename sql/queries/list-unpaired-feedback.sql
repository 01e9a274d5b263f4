-- Ids whose feedback has made no outcome: their prediction never came, came later than the feedback and is not counted yet,
-- or a crash fell between the prediction's row and its outcome. A missing outcome says so; a stored prediction does not.
-- Parameters: limit.
-- Columns: model_id, prediction_id.
SELECT model_id, prediction_id
FROM (SELECT DISTINCT model_id, prediction_id FROM feedback)
WHERE (model_id, prediction_id) NOT IN (SELECT model_id, prediction_id FROM outcomes)
LIMIT {limit:UInt64}
