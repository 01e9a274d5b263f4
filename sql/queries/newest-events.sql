-- Newest event and receipt per model, from the commit log of the last days.
-- Columns: model_id, newest_occurred_at_ms, newest_folded_at_ms.
SELECT model_id, max(toUnixTimestamp64Milli(at)) AS newest_occurred_at_ms, max(toUnixTimestamp64Milli(folded_at)) AS newest_folded_at_ms
FROM (SELECT mapKeys(newest_occurred_at) AS models, mapValues(newest_occurred_at) AS times, folded_at FROM batches WHERE kind = 'predictions')
ARRAY JOIN models AS model_id, times AS at
GROUP BY model_id
LIMIT 10000
