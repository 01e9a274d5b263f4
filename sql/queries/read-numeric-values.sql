-- Sorted finite values of one numeric feature: for exact tests. `column` is -1 for the score, -2 for the value.
-- Parameters: model, version, half-open window in milliseconds, received_before, position, limit.
SELECT arraySort(groupArray({limit:UInt64})(x)) AS `values`
FROM
(
    SELECT multiIf({position:Int32} = -1, score, {position:Int32} = -2, value, numeric[{position:Int32} + 1]) AS x
    FROM predictions FINAL
    WHERE model_id = {model:String} AND ({version:String} = '' OR model_version = {version:String})
      AND occurred_at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND occurred_at < fromUnixTimestamp64Milli({to:Int64}, 'UTC')
      AND length(numeric) >= {position:Int32} + 1
)
WHERE isFinite(x)
