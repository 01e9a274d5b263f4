-- The join key of feedback: what an outcome needs from its prediction, found by id at any age.
CREATE TABLE IF NOT EXISTS prediction_keys {on_cluster}
(
    model_id      LowCardinality(String),
    prediction_id String,
    occurred_at   DateTime64(3, 'UTC'),
    model_version LowCardinality(String),
    precedence    UInt64,
    score         Float64,
    scores        Array(Float64),
    label         LowCardinality(Nullable(String)),
    value         Float64,
    segments      Array(LowCardinality(Nullable(String))),
    groups        Array(LowCardinality(Nullable(String)))
)
ENGINE = {engine:ReplacingMergeTree:precedence}
ORDER BY (model_id, prediction_id, occurred_at)
SETTINGS index_granularity = 512, {dedup_window}
