-- Raw predictions of one model over a half-open window of event time, in the columns that counting reads.
-- Rows of batches from `batches_before` on, or of `excluded_batches`, are left out: they are counted elsewhere.
-- Parameters: model, version ('' for all), window in milliseconds, batches_before, excluded_batches, limit.
SELECT
    model_id, model_version, prediction_id, occurred_at, received_at, numeric, categorical, non_finite, mismatched,
    score, scores, label, value, segments, groups
FROM predictions FINAL
WHERE model_id = {model:String} AND ({version:String} = '' OR model_version = {version:String})
  AND occurred_at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND occurred_at < fromUnixTimestamp64Milli({to:Int64}, 'UTC')
  AND batch_id < {batches_before:String} AND batch_id NOT IN {excluded_batches:Array(String)}
ORDER BY occurred_at, prediction_id
LIMIT {limit:UInt64}
