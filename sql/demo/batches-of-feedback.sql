-- The commit log of the demo's feedback: one batch per model and day, as if it had been received then.
INSERT INTO batches (batch_id, kind, rows, duplicates, bytes, opened_at, sealed_at, folded_at)
SELECT batch_id, 'feedback', count(), 0, count() * 60, min(received_at), max(received_at), max(received_at)
FROM feedback
WHERE source = 'demo'
GROUP BY batch_id
SETTINGS optimize_on_insert = 0, insert_deduplicate = 0, max_partitions_per_insert_block = 5000,
    max_block_size = 16384, merge_tree_min_rows_for_concurrent_read = 16384, merge_tree_min_bytes_for_concurrent_read = 1,
    max_insert_threads = 2, parallel_view_processing = 1
