-- Predictions of many models per bucket of time.
-- Parameters: table (from our catalogue), pairs (model_id, score_binning), half-open window, step in seconds.
-- Columns: model_id, bucket (seconds since the epoch), n.
SELECT model_id, toUInt32(intDiv(toUnixTimestamp(minute), {step:UInt32}) * {step:UInt32}) AS bucket, sum(n) AS n
FROM {table:Identifier}
WHERE (model_id, score_binning) IN {pairs:Array(Tuple(String, String))} AND segment = '' AND group_key = '' AND labelled = 0
  AND minute >= {from:DateTime('UTC')} AND minute < {to:DateTime('UTC')}
GROUP BY model_id, bucket
LIMIT 1000000
