-- Which of these keys were stored by an earlier batch?
-- Parameters: keys (model_id, occurred_at in milliseconds, prediction_id); batch: the batch that asks.
-- Columns: model_id, occurred_at_ms, prediction_id.
SELECT model_id, toUnixTimestamp64Milli(occurred_at) AS occurred_at_ms, prediction_id
FROM predictions
WHERE (model_id, occurred_at, prediction_id) IN
    (SELECT k.1, fromUnixTimestamp64Milli(k.2, 'UTC'), k.3 FROM (SELECT arrayJoin({keys:Array(Tuple(String, Int64, String))}) AS k))
  AND batch_id != {batch:String}
GROUP BY model_id, occurred_at, prediction_id
LIMIT 100000
