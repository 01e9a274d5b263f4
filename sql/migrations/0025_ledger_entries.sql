-- A copy of the governance sequence for search; the append-only file in the data directory is what counts.
CREATE TABLE IF NOT EXISTS ledger_entries {on_cluster}
(
    entry_index UInt64,
    time        DateTime64(3, 'UTC'),
    type        LowCardinality(String),
    actor_kind  LowCardinality(String),
    actor_id    String,
    subject     String,
    body        String
)
ENGINE = {engine:ReplacingMergeTree}
ORDER BY entry_index
SETTINGS {dedup_window}
