-- Which parts of history are counted under a new reference: one row a chunk, written after its tallies.
CREATE TABLE IF NOT EXISTS refold_chunks {on_cluster}
(
    reference_id String,
    chunk_from   DateTime64(3, 'UTC'),
    chunk_to     DateTime64(3, 'UTC'),
    rows         UInt64,
    done_at      DateTime64(3, 'UTC')
)
ENGINE = {engine:ReplacingMergeTree:done_at}
ORDER BY (reference_id, chunk_from)
SETTINGS {dedup_window}
