-- Answers given under an Idempotency-Key within the last day, newest first.
-- Columns: key, body_digest, batch_id, reply, received_at_ms.
SELECT key, body_digest, batch_id, reply, toUnixTimestamp64Milli(received_at) AS received_at_ms
FROM idempotency_keys FINAL
WHERE received_at > now64(3) - INTERVAL 1 DAY
ORDER BY received_at DESC
LIMIT 100000
