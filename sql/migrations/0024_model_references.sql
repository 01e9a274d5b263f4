-- Binning sets and counts of the baselines, whole, named by the reference that the governance events carry by digest.
CREATE TABLE IF NOT EXISTS model_references {on_cluster}
(
    reference_id String,
    model_id     LowCardinality(String),
    body         String,
    created_at   DateTime64(3, 'UTC')
)
ENGINE = {engine:ReplacingMergeTree:created_at}
ORDER BY reference_id
SETTINGS {dedup_window}
