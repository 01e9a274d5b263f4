-- How many raw predictions a model has per hour, in batches before one and not in the excluded batches. FINAL, because the
-- chunks of a recount are cut by these numbers: a merge of repeats between two tries must not cut them elsewhere.
-- Parameters: model, batches_before, excluded_batches. Columns: hour (milliseconds), n.
SELECT toUnixTimestamp(toStartOfHour(occurred_at)) * 1000 AS hour, count() AS n
FROM predictions FINAL
WHERE model_id = {model:String} AND batch_id < {batches_before:String} AND batch_id NOT IN {excluded_batches:Array(String)}
GROUP BY hour
ORDER BY hour
LIMIT 1000000
