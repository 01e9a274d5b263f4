-- Extent of a model's raw predictions over a half-open window. Columns: n, first_ms, last_ms.
SELECT count() AS n, toUnixTimestamp64Milli(min(occurred_at)) AS first_ms, toUnixTimestamp64Milli(max(occurred_at)) AS last_ms
FROM predictions FINAL
WHERE model_id = {model:String} AND ({version:String} = '' OR model_version = {version:String})
  AND occurred_at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND occurred_at < fromUnixTimestamp64Milli({to:Int64}, 'UTC')
