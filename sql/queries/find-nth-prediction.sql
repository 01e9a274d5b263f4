-- Event time of a model's n-th prediction. Parameters: model, offset. Columns: occurred_at_ms.
SELECT toUnixTimestamp64Milli(occurred_at) AS occurred_at_ms
FROM predictions FINAL
WHERE model_id = {model:String}
ORDER BY occurred_at, prediction_id
LIMIT 1 OFFSET {offset:UInt64}
