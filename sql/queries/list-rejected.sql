-- Dead letters, newest first; `before` is the cursor (milliseconds, id).
-- Columns: as the table, times in milliseconds.
SELECT
    id, toUnixTimestamp64Milli(received_at) AS received_at_ms, source, kind, model_id, event_index, code, detail, body,
    toUnixTimestamp64Milli(replayed_at) AS replayed_at_ms
FROM rejected FINAL
WHERE (received_at, id) < (fromUnixTimestamp64Milli({before_ms:Int64}, 'UTC'), {before_id:String})
  AND ({model:String} = '' OR model_id = {model:String}) AND ({code:String} = '' OR code = {code:String})
ORDER BY received_at DESC, id DESC
LIMIT {limit:UInt32}
