-- Score bin x predicted x actual counts and loss sums per day. No deletes: a retraction is a negative row.
CREATE TABLE IF NOT EXISTS outcome_tallies_day {on_cluster}
(
    model_id        LowCardinality(String),
    score_binning   LowCardinality(String),
    segment         String,
    group_key       String,
    minute          DateTime('UTC'),
    model_version   LowCardinality(String),
    labelled        UInt8,
    is_revision     UInt8,
    score_bin       UInt16,
    predicted       LowCardinality(String),
    actual          LowCardinality(String),
    n               SimpleAggregateFunction(sum, Int64),
    score_sum       SimpleAggregateFunction(sum, Float64),
    log_loss        SimpleAggregateFunction(sum, Float64),
    log_loss_squares SimpleAggregateFunction(sum, Float64),
    error           SimpleAggregateFunction(sum, Float64),
    error_squares   SimpleAggregateFunction(sum, Float64),
    error_fourths   SimpleAggregateFunction(sum, Float64),
    absolute_error  SimpleAggregateFunction(sum, Float64),
    actual_sum      SimpleAggregateFunction(sum, Float64),
    actual_squares  SimpleAggregateFunction(sum, Float64)
)
ENGINE = {engine:AggregatingMergeTree}
PARTITION BY toYYYYMM(minute)
ORDER BY (model_id, score_binning, segment, group_key, minute, model_version, labelled, is_revision, score_bin, predicted, actual)
SETTINGS index_granularity = 1024, {dedup_window}
