-- A prediction joined with its feedback. A revised label retracts the old outcome (sign -1) and adds the new one (sign 1).
CREATE TABLE IF NOT EXISTS outcomes {on_cluster}
(
    model_id        LowCardinality(String),
    prediction_id   String,
    occurred_at     DateTime64(3, 'UTC'),
    model_version   LowCardinality(String),
    score           Float64,
    predicted       LowCardinality(String),
    predicted_value Float64,
    actual          LowCardinality(String),
    actual_value    Float64,
    score_of_actual Float64,
    is_revision     UInt8,
    segments        Array(LowCardinality(Nullable(String))),
    groups          Array(LowCardinality(Nullable(String))),
    batch_id        String,
    sign            Int8
)
ENGINE = {engine:CollapsingMergeTree:sign}
PARTITION BY toYYYYMM(occurred_at)
ORDER BY (model_id, prediction_id, occurred_at)
SETTINGS index_granularity = 512, {dedup_window}
