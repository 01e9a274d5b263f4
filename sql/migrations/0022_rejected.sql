-- Dead letters: events that were refused alone, with the reason, as received. Replayable.
CREATE TABLE IF NOT EXISTS rejected {on_cluster}
(
    id          String,
    received_at DateTime64(3, 'UTC'),
    source      LowCardinality(String),
    kind        LowCardinality(String),
    model_id    String,
    event_index UInt32,
    code        LowCardinality(String),
    detail      String,
    body        String,
    replayed_at DateTime64(3, 'UTC') DEFAULT toDateTime64(0, 3, 'UTC')
)
ENGINE = {engine:ReplacingMergeTree:replayed_at}
PARTITION BY toYYYYMM(received_at)
ORDER BY (received_at, id)
TTL toDateTime(received_at) + INTERVAL 30 DAY
SETTINGS {dedup_window}
