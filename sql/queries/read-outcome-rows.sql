-- Outcomes of one model over a half-open window of event time, retractions included, in the columns of a frozen batch.
-- Outcomes of later batches, and of batches on their way, are left out: they are counted elsewhere.
SELECT
    model_id, prediction_id, occurred_at, model_version, score, score_of_actual, predicted, predicted_value, actual, actual_value,
    is_revision, segments, groups, batch_id, sign
FROM outcomes
WHERE model_id = {model:String} AND batch_id < {batches_before:String} AND batch_id NOT IN {excluded_batches:Array(String)}
  AND occurred_at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND occurred_at < fromUnixTimestamp64Milli({to:Int64}, 'UTC')
ORDER BY occurred_at, prediction_id
LIMIT {limit:UInt64}
