-- What became of received events, per source, over a half-open window of receipt.
-- Columns: source, outcome, code, n, last_minute (seconds since the epoch).
SELECT source, outcome, code, sum(n) AS n, toUnixTimestamp(max(minute)) AS last_minute
FROM ingest_accounts
WHERE minute >= {from:DateTime('UTC')} AND minute < {to:DateTime('UTC')}
GROUP BY source, outcome, code
ORDER BY source, outcome, code
LIMIT 10000
