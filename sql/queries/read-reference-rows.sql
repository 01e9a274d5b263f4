-- Rows that a new reference is made of: a window of event time, or the first rows of a model.
-- Parameters: model, version ('' for all), half-open window in milliseconds, limit.
-- Columns: numeric, categorical, non_finite, score, label, value, segments.
SELECT numeric, categorical, score, label, value
FROM predictions FINAL
WHERE model_id = {model:String} AND ({version:String} = '' OR model_version = {version:String})
  AND occurred_at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND occurred_at < fromUnixTimestamp64Milli({to:Int64}, 'UTC')
ORDER BY occurred_at, prediction_id
LIMIT {limit:UInt64}
