-- The commit log: a batch that stands here is stored and folded. Nothing else says so.
CREATE TABLE IF NOT EXISTS batches {on_cluster}
(
    batch_id   String,
    kind       LowCardinality(String),
    rows       UInt64,
    duplicates UInt64,
    bytes      UInt64,
    opened_at  DateTime64(3, 'UTC'),
    sealed_at  DateTime64(3, 'UTC'),
    folded_at  DateTime64(3, 'UTC'),
    references Map(String, String),
    newest_occurred_at Map(String, DateTime64(3, 'UTC'))
)
ENGINE = {engine:ReplacingMergeTree:folded_at}
ORDER BY batch_id
TTL toDateTime(folded_at) + INTERVAL 90 DAY
SETTINGS index_granularity = 512, {dedup_window}
