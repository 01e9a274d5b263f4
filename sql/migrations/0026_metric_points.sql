-- Every persisted value of a metric, with what it takes to trust it. A later revision of a window is another row.
CREATE TABLE IF NOT EXISTS metric_points {on_cluster}
(
    model_id      LowCardinality(String),
    metric        LowCardinality(String),
    feature       LowCardinality(String),
    segment       String,
    group_key     String,
    model_version LowCardinality(String),
    window_from   DateTime('UTC'),
    window_to     DateTime('UTC'),
    revision      UInt32,
    kind          LowCardinality(String),
    value         Float64,
    n             UInt64,
    lower         Float64,
    upper         Float64,
    label_coverage Float64,
    definition    LowCardinality(String),
    reference_id  LowCardinality(String),
    computed_at   DateTime64(3, 'UTC')
)
ENGINE = {engine:ReplacingMergeTree:revision}
PARTITION BY toYYYYMM(window_from)
ORDER BY (model_id, metric, feature, segment, group_key, model_version, window_from, window_to, revision)
SETTINGS {dedup_window}
