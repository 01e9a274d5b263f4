-- The door of the feature tallies: what a batch adds, once, under the batch's token; views carry it to minute, hour and day.
CREATE TABLE IF NOT EXISTS feature_tallies_in {on_cluster}
(
    model_id      LowCardinality(String),
    reference_id  LowCardinality(String),
    segment       String,
    minute        DateTime('UTC'),
    model_version LowCardinality(String),
    n             UInt64,
    counts        Array(Float64),
    sums          Array(Float64),
    minima        Array(Float64),
    maxima        Array(Float64)
)
ENGINE = Null
