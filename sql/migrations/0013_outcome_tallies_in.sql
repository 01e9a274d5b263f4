-- The door of the outcome tallies. labelled = 0: predictions as they arrive; labelled = 1: outcomes, negative when retracted.
CREATE TABLE IF NOT EXISTS outcome_tallies_in {on_cluster}
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
    n               Int64,
    score_sum       Float64,
    log_loss        Float64,
    log_loss_squares Float64,
    error           Float64,
    error_squares   Float64,
    error_fourths   Float64,
    absolute_error  Float64,
    actual_sum      Float64,
    actual_squares  Float64
)
ENGINE = Null
