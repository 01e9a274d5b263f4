-- How many raw predictions a model has per hour, among rows received before a moment and not by the excluded batches.
-- Parameters: model, received_before in milliseconds, excluded_batches. Columns: hour (milliseconds), n.
SELECT toUnixTimestamp(toStartOfHour(occurred_at)) * 1000 AS hour, count() AS n
FROM predictions
WHERE model_id = {model:String} AND received_at < fromUnixTimestamp64Milli({received_before:Int64}, 'UTC')
  AND batch_id NOT IN {excluded_batches:Array(String)}
GROUP BY hour
ORDER BY hour
LIMIT 1000000
