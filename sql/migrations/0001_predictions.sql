-- One row per prediction. A feature is a position in its model's append-only list, so one table serves every model.
-- The first accepted row of a key wins: `precedence` falls as receipt time rises, and a replacing merge keeps the highest.
CREATE TABLE IF NOT EXISTS predictions {on_cluster}
(
    model_id      LowCardinality(String),
    model_version LowCardinality(String),
    prediction_id String,
    occurred_at   DateTime64(3, 'UTC'),
    received_at   DateTime64(3, 'UTC'),
    precedence    UInt64,
    batch_id      String,
    source        LowCardinality(String),
    numeric       Array(Float64),
    categorical   Array(LowCardinality(Nullable(String))),
    non_finite    Array(UInt16),
    mismatched    Array(UInt16),
    extra         Map(LowCardinality(String), String),
    score         Float64,
    scores        Array(Float64),
    label         LowCardinality(Nullable(String)),
    value         Float64,
    latency_ms    Float64,
    segments      Array(LowCardinality(Nullable(String))),
    groups        Array(LowCardinality(Nullable(String))),
    explanations  Array(Float64),
    trace_id      String,
    INDEX batch_id_index batch_id TYPE bloom_filter(0.001) GRANULARITY 1
)
ENGINE = {engine:ReplacingMergeTree:precedence}
PARTITION BY toYYYYMM(occurred_at)
ORDER BY (model_id, occurred_at, prediction_id)
SETTINGS {dedup_window}
