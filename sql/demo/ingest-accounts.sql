-- What became of the demo's events: all accepted, counted in the first minute of their hour of receipt.
INSERT INTO ingest_accounts (minute, source, model_id, outcome, code, n)
SELECT toStartOfHour(received_at) AS hour, 'demo', model_id, 'accepted', '', count()
FROM
(
    SELECT received_at, model_id FROM predictions WHERE source = 'demo'
    UNION ALL
    SELECT received_at, model_id FROM feedback WHERE source = 'demo'
)
GROUP BY hour, model_id
SETTINGS optimize_on_insert = 0, insert_deduplicate = 0, max_partitions_per_insert_block = 5000,
    max_block_size = 16384, merge_tree_min_rows_for_concurrent_read = 16384, merge_tree_min_bytes_for_concurrent_read = 1,
    max_insert_threads = 2, parallel_view_processing = 1
