-- What became of every received event, per minute of receipt.
CREATE TABLE IF NOT EXISTS ingest_accounts {on_cluster}
(
    minute   DateTime('UTC'),
    source   LowCardinality(String),
    model_id LowCardinality(String),
    outcome  LowCardinality(String),
    code     LowCardinality(String),
    n        SimpleAggregateFunction(sum, UInt64)
)
ENGINE = {engine:AggregatingMergeTree}
PARTITION BY toYYYYMM(minute)
ORDER BY (minute, source, model_id, outcome, code)
TTL minute + INTERVAL 400 DAY
SETTINGS {dedup_window}
