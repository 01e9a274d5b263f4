-- Dead letters by id. Columns: as list-rejected.
SELECT
    id, toUnixTimestamp64Milli(received_at) AS received_at_ms, source, kind, model_id, event_index, code, detail, body,
    toUnixTimestamp64Milli(replayed_at) AS replayed_at_ms
FROM rejected FINAL
WHERE id IN {ids:Array(String)}
LIMIT 10000
