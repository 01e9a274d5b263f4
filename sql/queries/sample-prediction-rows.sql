-- An even sample of raw predictions, in the columns that counting reads: every row whose id hashes below the share.
-- Parameters: model, version ('' for all), half-open window in milliseconds, share of 1,000,000, limit.
SELECT
    model_id, model_version, prediction_id, occurred_at, received_at, numeric, categorical, non_finite, mismatched,
    score, scores, label, value, segments, groups
FROM predictions FINAL
WHERE model_id = {model:String} AND ({version:String} = '' OR model_version = {version:String})
  AND occurred_at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND occurred_at < fromUnixTimestamp64Milli({to:Int64}, 'UTC')
  AND cityHash64(prediction_id) % 1000000 < {share:UInt32}
ORDER BY occurred_at, prediction_id
LIMIT {limit:UInt64}
