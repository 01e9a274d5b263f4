-- Span of events per model from the tallies (to the minute, or exact where the commit log still knows), and newest receipt.
-- Columns: model_id, oldest_occurred_at_ms, newest_occurred_at_ms, newest_folded_at_ms.
SELECT
    t.model_id AS model_id, t.oldest_ms AS oldest_occurred_at_ms,
    if(b.newest_ms > 0, least(b.newest_ms, t.newest_ms), t.newest_ms) AS newest_occurred_at_ms,
    if(b.folded_ms > 0, b.folded_ms, t.newest_ms) AS newest_folded_at_ms
FROM
(
    SELECT model_id, toUnixTimestamp(min(minute)) * 1000 AS oldest_ms, toUnixTimestamp(max(minute)) * 1000 + 59999 AS newest_ms
    FROM outcome_tallies
    WHERE labelled = 0 AND segment = '' AND group_key = ''
    GROUP BY model_id
) AS t
LEFT JOIN
(
    SELECT model_id, max(toUnixTimestamp64Milli(at)) AS newest_ms, max(toUnixTimestamp64Milli(folded_at)) AS folded_ms
    FROM (SELECT mapKeys(newest_occurred_at) AS models, mapValues(newest_occurred_at) AS times, folded_at FROM batches WHERE kind = 'predictions')
    ARRAY JOIN models AS model_id, times AS at
    GROUP BY model_id
) AS b ON b.model_id = t.model_id
LIMIT 10000
