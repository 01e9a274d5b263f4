-- Counts of all features per day: one flat vector a row, laid out by the binning set of its reference.
CREATE TABLE IF NOT EXISTS feature_tallies_day {on_cluster}
(
    model_id      LowCardinality(String),
    reference_id  LowCardinality(String),
    segment       String,
    minute        DateTime('UTC'),
    model_version LowCardinality(String),
    n             SimpleAggregateFunction(sum, UInt64),
    counts        AggregateFunction(sumForEach, Array(Float64)),
    sums          AggregateFunction(sumForEach, Array(Float64)),
    minima        AggregateFunction(minForEach, Array(Float64)),
    maxima        AggregateFunction(maxForEach, Array(Float64))
)
ENGINE = {engine:AggregatingMergeTree}
PARTITION BY toYYYYMM(minute)
ORDER BY (model_id, reference_id, segment, minute, model_version)
SETTINGS index_granularity = 256, {dedup_window}
