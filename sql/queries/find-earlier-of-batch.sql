-- Which predictions of a batch were stored by an earlier batch? For batches with many candidates (history, imports).
-- Parameters: batch; models of the candidates; window of event time of the batch's rows, closed, in milliseconds.
-- Columns: model_id, occurred_at_ms, prediction_id.
SELECT model_id, toUnixTimestamp64Milli(occurred_at) AS occurred_at_ms, prediction_id
FROM predictions
WHERE model_id IN {models:Array(String)}
  AND occurred_at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND occurred_at <= fromUnixTimestamp64Milli({to:Int64}, 'UTC')
  AND batch_id != {batch:String}
  AND (model_id, occurred_at, prediction_id) IN
    (SELECT model_id, occurred_at, prediction_id FROM predictions WHERE model_id IN {models:Array(String)} AND batch_id = {batch:String}
       AND occurred_at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND occurred_at <= fromUnixTimestamp64Milli({to:Int64}, 'UTC'))
GROUP BY model_id, occurred_at, prediction_id
LIMIT 1000000
