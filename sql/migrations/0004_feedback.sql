-- One row per statement of truth: revisions stay side by side, the same statement sent twice is one.
CREATE TABLE IF NOT EXISTS feedback {on_cluster}
(
    model_id      LowCardinality(String),
    prediction_id String,
    revision      Int64,
    observed_at   DateTime64(3, 'UTC'),
    label         LowCardinality(Nullable(String)),
    value         Float64,
    received_at   DateTime64(3, 'UTC'),
    precedence    UInt64,
    batch_id      String,
    source        LowCardinality(String),
    INDEX batch_id_index batch_id TYPE bloom_filter(0.001) GRANULARITY 1
)
ENGINE = {engine:ReplacingMergeTree:precedence}
ORDER BY (model_id, prediction_id, revision, observed_at, ifNull(label, ''), value)
SETTINGS index_granularity = 512, {dedup_window}
