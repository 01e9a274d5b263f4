-- Answers already given under an Idempotency-Key, for a day.
CREATE TABLE IF NOT EXISTS idempotency_keys {on_cluster}
(
    key         String,
    body_digest String,
    batch_id    String,
    reply       String,
    received_at DateTime64(3, 'UTC')
)
ENGINE = {engine:ReplacingMergeTree}
ORDER BY key
TTL toDateTime(received_at) + INTERVAL 1 DAY
SETTINGS {dedup_window}
