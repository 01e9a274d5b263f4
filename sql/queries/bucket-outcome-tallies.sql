-- Predictions and outcomes of one model and segment per bucket of time.
-- Parameters: table (from our catalogue), pairs (model_id, score_binning), segment, version, half-open window, step in seconds.
-- Columns: bucket (seconds since the epoch), the key of a cell and its sums.
SELECT
    model_id, toUInt32(intDiv(toUnixTimestamp(minute), {step:UInt32}) * {step:UInt32}) AS bucket,
    labelled, is_revision, score_bin, predicted, actual,
    sum(n) AS n,
    sum(score_sum) AS score_sum, sum(log_loss) AS log_loss, sum(log_loss_squares) AS log_loss_squares,
    sum(error) AS error, sum(error_squares) AS error_squares, sum(error_fourths) AS error_fourths,
    sum(absolute_error) AS absolute_error, sum(actual_sum) AS actual_sum, sum(actual_squares) AS actual_squares
FROM {table:Identifier}
WHERE (model_id, score_binning) IN {pairs:Array(Tuple(String, String))} AND segment = {segment:String} AND group_key = ''
  AND ({version:String} = '' OR model_version = {version:String})
  AND minute >= {from:DateTime('UTC')} AND minute < {to:DateTime('UTC')}
GROUP BY model_id, bucket, labelled, is_revision, score_bin, predicted, actual
ORDER BY bucket
LIMIT 1000000
